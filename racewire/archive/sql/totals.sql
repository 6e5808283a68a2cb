-- How much was raised in all, by company?
-- US dollars; one sum a story and company, the least that its first own report allows; plans and denials are left out.
-- Countries belong to the entities: `racewire entity list` has them.
-- :since = 365d
with wanted as (
  select distinct story_id from rounds where reported_at >= :since
), ranked as (  -- SQLite takes the other columns from the row that has the least `place`
  select coalesce(r.company, r.company_name) as company, r.reported_at, coalesce(r.usd_low, r.usd_high) as usd,
    min((r.attribution is not null) || r.reported_at || printf('%019d', r.id)) as place
  from wanted w join rounds r on r.story_id = w.story_id
  where r.certainty in ('stated', 'reported')
  group by r.story_id, coalesce(r.company, r.company_name)
)
select company as company, count(*) as raises, sum(usd) as usd, max(reported_at) as last_at
from ranked
where company is not null and usd is not null and reported_at >= :since
group by company
order by usd desc
