-- Where do sources disagree?
-- Every report of a story and company in which two sums cannot both be true, by the digits as written.
-- :since = 90d
select r.story_id as story_id, coalesce(r.company, r.company_name) as company, r.surface as surface, r.least as least, r.most as most,
  r.currency as currency, r.usd_low as usd_low, r.usd_high as usd_high, r.certainty as certainty, a.domain as domain,
  r.attribution as attribution, r.reported_at as reported_at, a.url as url
from rounds r join articles a on a.id = r.article_id
where r.conflicts and r.reported_at >= :since
order by r.story_id desc, company, r.reported_at, r.id
