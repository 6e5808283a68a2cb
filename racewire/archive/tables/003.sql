-- Version 3: the number of a silence that is over is never given again, so that nobody ends another one than was meant; alerts by article.

alter table silences rename to rw_silences;
create table silences (
  id integer primary key autoincrement, kind text not null, target text not null, created_at text not null, until text, reason text
) strict;
insert into silences select id, kind, target, created_at, until, reason from rw_silences;
drop table rw_silences;

create index alerts_by_article on alerts(article_id);
