-- What did we hear late?
-- Articles seen long after they were published, what sources already showed at first sight left out. late_s counts seconds.
-- :since = 30d
-- :least_s = 3600
select a.source_id as source_id, cast(round((julianday(a.first_seen_at) - julianday(a.published_at)) * 86400) as integer) as late_s,
  a.published_at as published_at, a.first_seen_at as first_seen_at, a.title as title, a.url as url
from articles a
where a.published_at is not null and a.published_precision in ('second', 'minute') and not a.seen_before_start and a.first_seen_at >= :since
  and (julianday(a.first_seen_at) - julianday(a.published_at)) * 86400 >= :least_s
order by late_s desc
