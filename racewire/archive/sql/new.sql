-- What is new since I last looked?
-- Pass the greatest id that you have seen as `after`; without it, the newest.
-- :after = 0
select id as id, first_seen_at as first_seen_at, headline as headline, lang as lang, articles as articles, sources as sources
from stories
where id > :after and merged_into is null
order by id desc
