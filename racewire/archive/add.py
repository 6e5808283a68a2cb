"""Adding one article with all that follows from it, inside the transaction of its caller."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from racewire.archive import fulltext
from racewire.archive.details import insert_figures, insert_mentions, remove_details
from racewire.archive.times import stamp
from racewire.model import Added, Outcome, Record
from racewire.stories.copies import CopyIndex
from racewire.stories.domains import domain_of, trusted_canonical
from racewire.stories.shingles import triples
from racewire.stories.urls import url_key
from racewire.text.tokens import fold_text, tokens_of_folded


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record with what is computed from it alone."""

    record: Record
    canonical: str | None
    keys: tuple[str, ...]
    folded_title: str
    folded_text: str
    words: list[str]
    content_hash: str
    shingles: frozenset[int]
    domain: str


def prepare(record: Record) -> Prepared:
    canonical = trusted_canonical(record.url, record.canonical_url)
    keys = dict.fromkeys(url_key(address) for address in (record.url, canonical) if address)
    folded_title, folded_text = fold_text(record.title), fold_text(record.text)
    words = tokens_of_folded(folded_text)
    content = " ".join([*tokens_of_folded(folded_title), "\n", *words])
    return Prepared(
        record,
        canonical,
        tuple(keys),
        folded_title,
        folded_text,
        words,
        sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        triples(words),
        domain_of(record.url),
    )


class Adder:
    """Adds records over one connection. `forget` must be called after a rollback."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._copies = CopyIndex(connection)

    def forget(self) -> None:
        self._copies.forget()

    def add(self, record: Record, *, source_id: str | None, seen_before_start: bool, now: datetime) -> Added:
        """Stores one record and answers what became of it."""
        new = prepare(record)
        known = self._at_keys(new.keys)
        if known is None:
            return self._insert(new, source_id, seen_before_start, now)
        self._add_keys(new.keys, known)
        row = self._connection.execute(
            "select title, text, content_hash, published_at, first_seen_at from articles where id = ?", (known,)
        ).fetchone()
        if row[2] == new.content_hash:
            return self._answer(known, "unchanged")
        return self._revise(known, row, new, now)

    def _at_keys(self, keys: Sequence[str]) -> int | None:
        for key in keys:
            row = self._connection.execute("select article_id from rw_keys where key = ?", (key,)).fetchone()
            if row is not None:
                return int(row[0])
        return None

    def _add_keys(self, keys: Sequence[str], article_id: int) -> None:
        self._connection.executemany(
            "insert or ignore into rw_keys(key, article_id) values (?, ?)", [(key, article_id) for key in keys]
        )

    def _answer(self, article_id: int, outcome: Outcome) -> Added:
        story_id, copy_of = self._connection.execute(
            "select story_id, copy_of from articles where id = ?", (article_id,)
        ).fetchone()
        return Added(article_id, outcome, story_id, copy_of)

    def _insert(self, new: Prepared, source_id: str | None, seen_before_start: bool, now: datetime) -> Added:
        record, seen_at = new.record, stamp(now)
        published = record.published_at or now
        copies = self._copies.find(new.shingles, published.toordinal(), new.domain)
        copy_of = self._first(copies[0].article_id) if copies else None
        story_id = self._story_of(copy_of) if copy_of else self._new_story(new, seen_at)
        article_id = self._connection.execute(
            "insert into articles(source_id, url, canonical_url, title, text, lang, published_at, published_precision, authors, site_name, "
            "image_url, first_seen_at, seen_before_start, story_id, copy_of, content_hash, analyser_version, problem, domain) "
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source_id,
                record.url,
                new.canonical,
                record.title,
                record.text,
                record.lang,
                stamp(record.published_at) if record.published_at else None,
                record.published_precision,
                json.dumps(record.authors, ensure_ascii=False),
                record.site_name,
                record.image_url,
                seen_at,
                int(seen_before_start),
                story_id,
                copy_of,
                new.content_hash,
                record.analyser_version,
                record.problem,
                new.domain,
            ),
        ).lastrowid
        assert article_id is not None
        self._add_keys(new.keys, article_id)
        self._copies.add(article_id, new.shingles, published.toordinal())
        insert_mentions(self._connection, article_id, record)
        insert_figures(self._connection, article_id, record)
        fulltext.insert(self._connection, article_id, new.folded_title, new.folded_text)
        self._refresh_story(story_id, seen_at)
        return Added(article_id, "copy" if copy_of else "new", story_id, copy_of)

    def _revise(self, article_id: int, old: tuple[str, str, str, str | None, str], new: Prepared, now: datetime) -> Added:
        title, text, old_hash, published_at, first_seen_at = old
        record, seen_at = new.record, stamp(now)
        day = datetime.fromisoformat(published_at or first_seen_at).toordinal()
        self._connection.execute(
            "insert into revisions(article_id, seen_at, kind, title, text, content_hash) values (?, ?, 'updated', ?, ?, ?)",
            (article_id, seen_at, title, text, old_hash),
        )
        self._copies.remove(article_id, triples(tokens_of_folded(fold_text(text))), day)
        fulltext.delete(self._connection, article_id, title, text)
        remove_details(self._connection, article_id)
        self._connection.execute(
            "update articles set title = ?, text = ?, content_hash = ?, analyser_version = ?, problem = ? where id = ?",
            (record.title, record.text, new.content_hash, record.analyser_version, record.problem, article_id),
        )
        self._copies.add(article_id, new.shingles, day)
        insert_mentions(self._connection, article_id, record)
        insert_figures(self._connection, article_id, record)
        fulltext.insert(self._connection, article_id, new.folded_title, new.folded_text)
        return self._answer(article_id, "revision")

    def _first(self, article_id: int) -> int:
        row = self._connection.execute("select coalesce(copy_of, id) from articles where id = ?", (article_id,)).fetchone()
        return int(row[0])

    def _story_of(self, article_id: int) -> int:
        return int(self._connection.execute("select story_id from articles where id = ?", (article_id,)).fetchone()[0])

    def _new_story(self, new: Prepared, seen_at: str) -> int:
        story_id = self._connection.execute(
            "insert into stories(headline, lang, first_seen_at, last_seen_at) values (?, ?, ?, ?)",
            (new.record.title, new.record.lang, seen_at, seen_at),
        ).lastrowid
        assert story_id is not None
        return story_id

    def _refresh_story(self, story_id: int, seen_at: str) -> None:
        self._connection.execute(
            "update stories set last_seen_at = ?2, (articles, sources, first_published_at) = "
            "(select count(*), count(distinct domain), min(published_at) from articles where story_id = ?1), first_article_id = "
            "(select id from articles where story_id = ?1 order by coalesce(published_at, first_seen_at), id limit 1) where id = ?1",
            (story_id, seen_at),
        )
