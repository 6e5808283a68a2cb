-- How much was raised in all, by company?
-- US dollars; one sum a story and company, the least that its first own report allows; plans and denials are left out.
-- Countries belong to the entities: `racewire entity list` has them.
-- :since = 365d
with ranked as (
  select r.*, row_number() over (
    partition by r.story_id, coalesce(r.company, r.company_name) order by r.attribution is not null, r.reported_at, r.id) as place
  from rounds r where r.certainty in ('stated', 'reported')
)
select coalesce(company, company_name) as company, count(*) as raises, sum(coalesce(usd_low, usd_high)) as usd, max(reported_at) as last_at
from ranked
where place = 1 and coalesce(company, company_name) is not null and coalesce(usd_low, usd_high) is not null and reported_at >= :since
group by coalesce(company, company_name)
order by usd desc
