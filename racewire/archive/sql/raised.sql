-- Who raised what?
-- One row a story and company; the sum is that of the first report that is no echo, plans and denials last. Other sums: `conflicts`.
-- :since = 90d
-- :company =
with wanted as (
  select distinct story_id from rounds
  where reported_at >= :since and (:company is null or company = :company or company_name = :company)
), ranked as (  -- SQLite takes the other columns from the row that has the least `place`
  select r.*, count(*) as reports,
    min((r.certainty in ('planned', 'denied')) || (r.attribution is not null) || r.reported_at || printf('%019d', r.id)) as place
  from wanted w join rounds r on r.story_id = w.story_id
  group by r.story_id, coalesce(r.company, r.company_name)
)
select coalesce(k.company, k.company_name) as company, k.round as round, k.surface as surface, k.low as low, k.high as high,
  k.currency as currency, k.usd_low as usd_low, k.usd_high as usd_high, k.certainty as certainty, k.reported_at as reported_at,
  k.reports as reports, k.conflicts as conflicts, k.story_id as story_id, s.headline as headline
from ranked k join stories s on s.id = k.story_id
where coalesce(k.company, k.company_name) is not null and k.reported_at >= :since
  and (:company is null or k.company = :company or k.company_name = :company)
order by k.reported_at desc, k.id desc
