-- Version 5: articles that people were told of are read once more, to see what was changed without a word.

create table rw_looks (
  source_id text not null, due_at text not null, article_id integer not null, primary key (source_id, due_at, article_id)
) strict, without rowid;
