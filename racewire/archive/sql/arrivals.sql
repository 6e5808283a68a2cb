-- How many new articles did each source bring, by day?
-- By the day on which they were stored, in UTC; a source that brought none on a day has no row for it.
-- :since = 7d
select substr(first_seen_at, 1, 10) as day, source_id as source_id, count(*) as articles, count(copy_of) as copies
from articles
where id > coalesce((select id from articles where first_seen_at < :since order by id desc limit 1), 0) and source_id is not null
group by day, source_id
order by day desc, articles desc, source_id
