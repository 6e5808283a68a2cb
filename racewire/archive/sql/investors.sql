-- Who gives money to whom?
-- :since = 365d
select coalesce(f.payer, f.payer_name) as investor, coalesce(f.recipient, f.recipient_name) as company, f.role as role, f.surface as surface,
  f.usd_low as usd_low, f.usd_high as usd_high, f.certainty as certainty, coalesce(a.published_at, a.first_seen_at) as at, a.story_id as story_id,
  a.url as url
from figures f join articles a on a.id = f.article_id
where f.role in ('raised', 'investment', 'acquisition', 'debt', 'grant') and coalesce(f.payer, f.payer_name) is not null
  and coalesce(f.recipient, f.recipient_name) is not null and a.copy_of is null and f.equivalent_of is null
  and coalesce(a.published_at, a.first_seen_at) >= :since
order by at desc, f.id desc
