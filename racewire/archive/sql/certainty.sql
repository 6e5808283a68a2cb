-- Which sums are planned, reported or denied?
-- :since = 90d
select f.certainty as certainty, f.role as role, coalesce(f.recipient, f.recipient_name) as company, f.surface as surface,
  f.usd_low as usd_low, f.usd_high as usd_high, coalesce(a.published_at, a.first_seen_at) as at, a.domain as domain, a.story_id as story_id,
  a.url as url
from figures f join articles a on a.id = f.article_id
where f.certainty <> 'stated' and f.equivalent_of is null and a.copy_of is null and coalesce(a.published_at, a.first_seen_at) >= :since
order by at desc, f.id desc
