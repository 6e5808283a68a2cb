-- Which stories name an entity, newest first?
-- By the newest articles that surely name it, a thousand at most.
-- :entity =
with named as (
  select distinct article_id from mentions where entity_id = :entity and certain order by article_id desc limit 1000
)
select s.id as id, s.first_seen_at as first_seen_at, s.headline as headline, s.lang as lang, s.articles as articles, s.sources as sources,
  max(a.first_seen_at) as named_at
from named n join articles a on a.id = n.article_id join stories s on s.id = a.story_id
group by s.id
order by max(a.id) desc
