"""Adding one article with all that follows from it, inside the transaction of its caller."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from racewire.archive.ledger import note_event
from racewire.archive.rows import Arrival, Prepared, insert_article, insert_details, prepare, replace_article
from racewire.archive.times import stamp
from racewire.model import Added, Outcome, Record
from racewire.stories import revisions
from racewire.stories.copies import CopyIndex
from racewire.stories.rounds import mark_conflicts
from racewire.stories.shingles import triples
from racewire.text.tokens import tokens


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
        arrival = Arrival(source_id, seen_before_start, now)
        known = self._at_keys(new.keys)
        if known is None:
            return self._insert(new, arrival)
        self._add_keys(new.keys, known)
        (old_hash,) = self._connection.execute("select content_hash from articles where id = ?", (known,)).fetchone()
        if old_hash == new.content_hash:
            return self._answer(known, "unchanged")
        self._revise(known, new, arrival)
        return self._answer(known, "revision")

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

    def _insert(self, new: Prepared, arrival: Arrival) -> Added:
        published = new.record.published_at or arrival.now
        copies = self._copies.find(new.shingles, published.toordinal(), new.domain)
        copy_of = self._first(copies[0].article_id) if copies else None
        story_id = self._story_of(copy_of) if copy_of else self._new_story(new, arrival.now)
        article_id = insert_article(self._connection, new, arrival, story_id, copy_of)
        self._add_keys(new.keys, article_id)
        self._copies.add(article_id, new.shingles, published.toordinal())
        insert_details(self._connection, article_id, new, story_id)
        self._refresh_story(story_id, arrival.now)
        self._note_conflicts(story_id, arrival.now)
        return Added(article_id, "copy" if copy_of else "new", story_id, copy_of)

    def _revise(self, article_id: int, new: Prepared, arrival: Arrival) -> None:
        title, text, old_hash, day, story_id = self._connection.execute(
            "select title, text, content_hash, coalesce(published_at, first_seen_at), story_id from articles where id = ?",
            (article_id,),
        ).fetchone()
        found = revisions.compare(f"{title}\n{text}", f"{new.record.title}\n{new.record.text}")
        self._connection.execute(
            "insert into revisions(article_id, seen_at, kind, title, text, content_hash, diff) values (?, ?, ?, ?, ?, ?, ?)",
            (
                article_id,
                stamp(arrival.now),
                found.kind,
                title,
                text,
                old_hash,
                json.dumps([[change.before, change.after] for change in found.changes], ensure_ascii=False),
            ),
        )
        old_facts = self._facts(article_id)
        self._copies.remove(article_id, triples(tokens(text)), _ordinal(day))
        replace_article(self._connection, article_id, new)
        (day,) = self._connection.execute(
            "select coalesce(published_at, first_seen_at) from articles where id = ?", (article_id,)
        ).fetchone()
        self._copies.add(article_id, new.shingles, _ordinal(day))
        if found.kind != "rewritten":
            pieces = revisions.changed_pieces(text, new.record.text)
            for correction in revisions.corrections(pieces, old_facts, self._facts(article_id)):
                self._note_correction(article_id, story_id, correction, arrival)
        self._note_conflicts(story_id, arrival.now)

    def _facts(self, article_id: int) -> list[revisions.Fact]:
        figures = self._connection.execute(
            'select start, "end", surface, low, high, currency from figures where article_id = ?', (article_id,)
        )
        facts = [revisions.Fact(row[0], row[1], row[2], tuple(row[3:])) for row in figures]
        named = self._connection.execute(
            'select start, "end", surface, entity_id from mentions where article_id = ? and certain', (article_id,)
        )
        facts += [revisions.Fact(row[0], row[1], row[2], tuple(row[3:])) for row in named]
        return sorted(facts, key=lambda fact: (fact.start, fact.end))

    def _note_correction(self, article_id: int, story_id: int, correction: revisions.Correction, arrival: Arrival) -> None:
        note_event(
            self._connection,
            "correction",
            f"“{correction.before}” became “{correction.after}” without a word",
            now=arrival.now,
            source_id=arrival.source_id,
            article_id=article_id,
            story_id=story_id,
            data={"before": correction.before, "after": correction.after},
        )

    def _note_conflicts(self, story_id: int, now: datetime) -> None:
        for conflict in mark_conflicts(self._connection, story_id):
            one, other = conflict.one, conflict.other
            note_event(
                self._connection,
                "conflict",
                f"{conflict.company}: {one.surface} ({one.domain}) and {other.surface} ({other.domain}) cannot both be true",
                now=now,
                article_id=other.article_id,
                story_id=story_id,
                data={
                    "company": conflict.company,
                    "articles": [one.article_id, other.article_id],
                    "sums": [one.surface, other.surface],
                },
            )

    def _first(self, article_id: int) -> int:
        row = self._connection.execute("select coalesce(copy_of, id) from articles where id = ?", (article_id,)).fetchone()
        return int(row[0])

    def _story_of(self, article_id: int) -> int:
        return int(self._connection.execute("select story_id from articles where id = ?", (article_id,)).fetchone()[0])

    def _new_story(self, new: Prepared, now: datetime) -> int:
        cursor = self._connection.execute(
            "insert into stories(headline, lang, first_seen_at, last_seen_at) values (?, ?, ?, ?)",
            (new.record.title, new.record.lang, stamp(now), stamp(now)),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _refresh_story(self, story_id: int, now: datetime) -> None:
        self._connection.execute(
            "update stories set last_seen_at = ?2, (articles, sources, first_published_at) = "
            "(select count(*), count(distinct domain), min(published_at) from articles where story_id = ?1), first_article_id = "
            "(select id from articles where story_id = ?1 order by coalesce(published_at, first_seen_at), id limit 1) where id = ?1",
            (story_id, stamp(now)),
        )


def _ordinal(day: str) -> int:
    return datetime.fromisoformat(day).toordinal()
