-- Version 1: everything that 0.1 reads and writes. Never edited once released; later versions add files.

create table sources (
  id text primary key, url text not null, kind text not null, lang text, country text, timezone text,
  enabled integer not null default 1, every_s integer not null, problem text, failures integer not null default 0,
  first_seen_at text not null, last_crawl_at text, last_ok_at text, last_new_at text, next_due_at text
) strict;

create table crawls (
  id integer primary key, source_id text not null references sources(id), started_at text not null, finished_at text,
  outcome text not null, problem text, new integer not null default 0, copies integer not null default 0,
  revisions integer not null default 0, unchanged integer not null default 0, failed integer not null default 0,
  requests integer not null default 0, bytes integer not null default 0, ms integer not null default 0
) strict;
create index crawls_by_source on crawls(source_id, id);

create table stories (
  id integer primary key, headline text not null, lang text, first_article_id integer, first_published_at text,
  first_seen_at text not null, last_seen_at text not null, articles integer not null default 0, sources integer not null default 0,
  merged_into integer references stories(id)
) strict;
create index stories_by_last_seen on stories(last_seen_at);
create index stories_by_merge on stories(merged_into) where merged_into is not null;

-- the text stands last: all other columns are read without walking through it
create table articles (
  id integer primary key, source_id text, url text not null, canonical_url text, title text not null, lang text,
  published_at text, published_precision text not null default 'none', authors text not null default '[]', site_name text, image_url text,
  first_seen_at text not null, seen_before_start integer not null default 0, story_id integer references stories(id),
  copy_of integer references articles(id), content_hash text not null, analyser_version text not null default '', problem text,
  domain text not null default '', attribution text, words integer not null default 0, text text not null
) strict;
create index articles_by_story on articles(story_id, domain);
create index articles_by_source on articles(source_id, id);
create index articles_by_published on articles(published_at);
create index articles_by_hash on articles(content_hash);
create index articles_by_copy on articles(copy_of) where copy_of is not null;

-- one address of an article a row: its own, the one it redirected from, its canonical one
create table rw_keys (
  key text primary key, article_id integer not null references articles(id)
) strict, without rowid;
create index rw_keys_by_article on rw_keys(article_id);

create table revisions (
  id integer primary key, article_id integer not null references articles(id), seen_at text not null, kind text not null,
  title text not null, text text not null, content_hash text not null, diff text
) strict;
create index revisions_by_article on revisions(article_id);

create table mentions (
  id integer primary key, article_id integer not null references articles(id), entity_id text not null, start integer not null,
  "end" integer not null, surface text not null, certain integer not null default 1, score real not null default 1,
  sentence_start integer not null, sentence_end integer not null
) strict;
create index mentions_by_article on mentions(article_id);
create index mentions_by_entity on mentions(entity_id, article_id);

create table figures (
  id integer primary key, article_id integer not null references articles(id), position integer not null, start integer not null,
  "end" integer not null, surface text not null, low real, high real, currency text, approx integer not null default 0,
  bound text not null default 'none', per text, role text not null, certainty text not null, round text, recipient text, payer text,
  recipient_name text, payer_name text, cumulative integer not null default 0, usd_low real, usd_high real, rate_on text, rate_source text,
  rate_stale integer not null default 0, equivalent_of integer references figures(id), cue text,
  sentence_start integer not null, sentence_end integer not null
) strict;
create index figures_by_article on figures(article_id);
create index figures_by_recipient on figures(recipient, article_id);
create index figures_by_role on figures(role, article_id);

create table rounds (
  id integer primary key, story_id integer not null references stories(id), article_id integer not null references articles(id),
  figure_id integer not null references figures(id), source_id text, company text, company_name text, round text, certainty text not null,
  low real, high real, currency text, surface text not null, least real, most real, usd_low real, usd_high real,
  reported_at text not null, attribution text,
  conflicts integer not null default 0
) strict;
create index rounds_by_story on rounds(story_id);
create index rounds_by_company on rounds(company, reported_at);

create table mentions_daily (
  day text not null, entity_id text not null, articles integer not null, stories integer not null, primary key (day, entity_id)
) strict, without rowid;

create table alerts (
  id integer primary key, rule_id text not null, title text not null, severity text not null, story_id integer not null references stories(id),
  article_id integer not null references articles(id), fact text not null default '', kind text not null default 'created',
  created_at text not null, data text not null,
  unique (rule_id, story_id, fact)
) strict;
create index alerts_by_story on alerts(story_id);

create table deliveries (
  id text primary key, alert_id integer references alerts(id), channel text not null, kind text not null default 'alert',
  state text not null default 'waiting', attempts integer not null default 0, created_at text not null, next_at text, delivered_at text,
  last_error text, body text, digest_id text references deliveries(id),
  check (state in ('waiting', 'delivered', 'failed'))
) strict;
create index deliveries_due on deliveries(state, next_at);
create index deliveries_by_digest on deliveries(digest_id) where digest_id is not null;
create unique index deliveries_once on deliveries(alert_id, channel) where alert_id is not null;

create table silences (
  id integer primary key, kind text not null, target text not null, created_at text not null, until text, reason text
) strict;

create table events (
  id integer primary key, at text not null, source_id text, kind text not null, message text not null default '', article_id integer,
  story_id integer, data text
) strict;
create index events_by_kind on events(kind, id);
create index events_by_story on events(story_id, kind) where story_id is not null;

-- what each source's documents were answered with; two sources may look at one address, each with a state of its own
create table rw_validators (
  source_id text not null, url text not null, etag text, last_modified text, body_hash text, seen_at text not null,
  primary key (source_id, url)
) strict, without rowid;

-- links that were followed and gave no article: refused, gone, or failed for now
create table rw_links (
  key text primary key, url text not null, source_id text not null, state text not null, attempts integer not null default 0,
  problem text, at text not null
) strict, without rowid;

-- samples of hashed word triples, by which copies find each other; one such table a month (rw_shingles_YYYYMM) is made when needed

-- hashed word triples that a site prints on many pages
create table rw_boilerplate (
  domain text not null, hash integer not null, times integer not null, primary key (domain, hash)
) strict, without rowid;

-- where an entity stood on a day, by story: what mentions_daily is counted from
create table rw_mention_days (
  day text not null, entity_id text not null, story_id integer not null, articles integer not null,
  primary key (day, entity_id, story_id)
) strict, without rowid;

-- what is compared of a recent article, and the rare words by which it is found; both forget after some weeks
create table rw_signatures (
  article_id integer primary key references articles(id), lang text not null, at integer not null, data blob not null
) strict;
create table rw_terms (
  word integer not null, day integer not null, article_id integer not null, primary key (word, day, article_id)
) strict, without rowid;
create table rw_word_counts (id integer primary key, documents integer not null, counts blob not null) strict;

-- stories that somebody took apart or put together by hand: grouping leaves them alone
create table rw_story_pins (story_id integer primary key references stories(id)) strict;

-- each merge or split of stories; undone_at is set when somebody takes it back
create table rw_story_moves (
  id integer primary key, at text not null, kind text not null, from_story integer not null, to_story integer not null,
  articles text not null, reason text not null default '', by_hand integer not null default 0, undone_at text
) strict;
create index rw_story_moves_by_story on rw_story_moves(from_story);

create table rw_meta (key text primary key, value text not null) strict, without rowid;

create table _docs (
  object text not null, column text not null default '', type text not null default '', unit text not null default '',
  meaning text not null, since text not null, primary key (object, column)
) strict, without rowid;

create virtual table articles_fts using fts5(title, text, content='', tokenize="unicode61 remove_diacritics 0");

-- when a source last said that it touched an article: a later such time means that the page is worth another look
create table rw_touched (
  key text primary key, at text not null, times integer not null default 1
) strict, without rowid;
