-- Version 4: the indexes of copies and stories are written in bulk, and forgotten table by table.

-- numbers of new articles that wait to be put into the lists (rw_samples_YYYYMM, rw_terms_WEEK), in the order of arrival
create table rw_samples (id integer primary key, article_id integer not null, part integer not null, numbers blob not null) strict;
drop table rw_terms;
create table rw_terms (id integer primary key, article_id integer not null, part integer not null, numbers blob not null) strict;

-- the tables of lists that there are, and the newest article in each
create table rw_parts (
  kind text not null, part integer not null, newest integer not null, primary key (kind, part)
) strict, without rowid;

-- what is compared of a recent article; `at` is when it was published in minutes, `seen` the day on which it came, counted from year 1
drop table rw_signatures;
create table rw_signatures (
  article_id integer primary key, lang text not null, at integer not null, seen integer not null, data blob not null
) strict;

-- only texts too short to be compared otherwise are looked up by their hash
drop index articles_by_hash;
create index articles_by_hash on articles(content_hash) where words < 64;

-- words have other numbers than before
delete from rw_word_counts;
delete from rw_boilerplate;

-- fewer rewrites of the full text: a search looks into up to eight pieces of a level instead of four
insert into articles_fts(articles_fts, rank) values ('automerge', 8);
