-- What did a site say about an entity, sentence by sentence?
-- :entity =
-- :domain =
-- :since = 30d
select coalesce(a.published_at, a.first_seen_at) as at, a.domain as domain, m.entity_id as entity_id, m.surface as surface,
  substr(case when a.text = '' or m.in_title then a.title else a.text end, m.sentence_start + 1, m.sentence_end - m.sentence_start) as sentence, a.url as url
from mentions m join articles a on a.id = m.article_id
where m.certain and (:entity is null or m.entity_id = :entity) and (:domain is null or a.domain = :domain)
  and coalesce(a.published_at, a.first_seen_at) >= :since
order by at desc, m.id desc
