-- What is new since I last looked?
-- Pass the greatest id that you have seen as `after`; without it, the newest. `before` goes on to older ones.
-- :after = 0
-- :before = 0
-- :lang =
select id as id, first_seen_at as first_seen_at, headline as headline, lang as lang, articles as articles, sources as sources
from stories
where id > :after and id < case when :before > 0 then :before else 9223372036854775807 end and merged_into is null
  and (:lang is null or lang = :lang)
order by id desc
