-- Who reported first, and how far ahead?
-- By time of publishing; stories told by one site only are left out. lag_s is how long the second site took.
-- :since = 30d
with told as (
  select story_id, domain, min(published_at) as published_at, min(first_seen_at) as first_seen_at
  from articles where published_at is not null and story_id in (select id from stories where sources > 1 and last_seen_at >= :since)
  group by story_id, domain
), placed as (
  select t.*, row_number() over (partition by story_id order by published_at, first_seen_at, domain) as place,
    lead(published_at) over (partition by story_id order by published_at, first_seen_at, domain) as next_at,
    count(*) over (partition by story_id) as sites
  from told t
)
select p.story_id as story_id, p.domain as first_domain, p.published_at as published_at, p.first_seen_at as first_seen_at,
  cast(round((julianday(p.next_at) - julianday(p.published_at)) * 86400) as integer) as lag_s, p.sites as sites, s.headline as headline
from placed p join stories s on s.id = p.story_id
where p.place = 1 and p.sites > 1
order by p.published_at desc
