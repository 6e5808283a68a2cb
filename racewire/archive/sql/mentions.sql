-- How often is each entity named, by week?
-- week is the Monday it begins on. Stories that last over days count once a day.
-- :since = 84d
-- :entity =
select date(day, 'weekday 0', '-6 days') as week, entity_id as entity_id, sum(articles) as articles, sum(stories) as stories
from mentions_daily
where day >= substr(:since, 1, 10) and (:entity is null or entity_id = :entity)
group by week, entity_id
order by week desc, articles desc, entity_id
