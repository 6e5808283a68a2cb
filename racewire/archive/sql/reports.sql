-- Who said what in a story, in order?
-- One row an article, with the sum that it gives for what the story is about, else the name that it mentions first, in its sentence.
-- mark_start and mark_end count characters in `sentence`, which is cut at 1000.
-- :story = 0
with topic as (
  select f.role as role, f.recipient as recipient from articles a join figures f on f.article_id = a.id
  where a.story_id = :story and f.equivalent_of is null and not f.cumulative and f.per is null
  group by f.role, f.recipient
  order by f.role = 'raised' desc, f.role = 'other', count(distinct f.article_id) desc, f.recipient is null, f.role, f.recipient limit 1
), found as (
  select a.id as article_id,
    (select f.id from figures f where f.article_id = a.id and f.role = (select role from topic) and f.equivalent_of is null
      and not f.cumulative and f.per is null
      order by f.recipient is (select recipient from topic) desc, f.in_title, f.position limit 1) as figure_id,
    (select m.id from mentions m where m.article_id = a.id and m.certain order by m.in_title, m.start limit 1) as mention_id
  from articles a where a.story_id = :story
), told as (
  select o.article_id, o.figure_id, coalesce(f.in_title, m.in_title, 0) as in_title,
    coalesce(f.start, m.start) as "start", coalesce(f."end", m."end") as "end",
    coalesce(f.sentence_start, m.sentence_start) as sentence_start, coalesce(f.sentence_end, m.sentence_end) as sentence_end
  from found o left join figures f on f.id = o.figure_id left join mentions m on m.id = o.mention_id
)
select a.id as id, a.published_at as published_at, a.published_precision as published_precision, a.first_seen_at as first_seen_at,
  a.domain as domain, a.site_name as site_name, a.lang as lang, a.copy_of as copy_of, a.attribution as attribution, a.title as title, a.url as url,
  f.role as role, f.certainty as certainty, f.surface as surface, f.low as low, f.high as high, f.currency as currency, f.approx as approx,
  f.usd_low as usd_low, f.usd_high as usd_high, f.rate_on as rate_on, f.rate_source as rate_source,
  coalesce(f.id in (select figure_id from rounds where story_id = :story and conflicts), 0) as conflicts,
  substr(case when t.in_title or a.text = '' then a.title else a.text end, t.sentence_start + 1,
    min(t.sentence_end - t.sentence_start, 1000)) as sentence,
  t."start" - t.sentence_start as mark_start, t."end" - t.sentence_start as mark_end
from told t join articles a on a.id = t.article_id left join figures f on f.id = t.figure_id
order by coalesce(a.published_at, a.first_seen_at), a.id
