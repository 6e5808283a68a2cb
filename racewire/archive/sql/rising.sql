-- Which names are rising?
-- Stories of the last `days` days against the mean of as many days over the eight spans before; days without a mention count as zero.
-- :days = 7
with bounds as (
  select date(max(day), '+1 day') as ends, date(max(day), '+1 day', '-' || :days || ' days') as begins,
    date(max(day), '+1 day', '-' || (9 * :days) || ' days') as far
  from mentions_daily
), counted as (
  select m.entity_id as entity_id, sum(case when m.day >= b.begins then m.stories else 0 end) as recent,
    sum(case when m.day < b.begins then m.stories else 0 end) / 8.0 as usual
  from mentions_daily m, bounds b where m.day >= b.far and m.day < b.ends group by m.entity_id
)
select entity_id as entity_id, recent as stories, round(usual, 2) as usual, round((recent + 1) / (usual + 1), 2) as times_usual
from counted
where recent >= 2
order by times_usual desc, recent desc, entity_id
