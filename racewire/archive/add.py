"""Adding one article with all that follows from it, inside the transaction of its caller."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import compress, islice

from racewire.archive import fulltext
from racewire.archive.corrections import facts_of, note_conflicts, note_corrections
from racewire.archive.moving import move_articles
from racewire.archive.rows import Arrival, Place, Prepared, insert_article, insert_details, prepare, replace_article
from racewire.archive.times import moment, stamp
from racewire.model import Added, Outcome, Record
from racewire.stories import revisions
from racewire.stories.copies import LEAST_TRIPLES, Copy, CopyIndex, Text
from racewire.stories.grouping import DAY
from racewire.stories.index import StoryIndex
from racewire.stories.moves import Move, assign, count_in, found_story, found_with, pinned
from racewire.stories.words import Words, anchors_of, words_of
from racewire.text.tokens import tokens

TOGETHER = 32  # records that are made ready at once
LEAST_WORDS = 4  # shorter texts say too little to be called copies of each other


class Adder:
    """Adds records over one connection. `forget` must be called after a rollback, `save` before closing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._copies = CopyIndex(connection)
        self._stories = StoryIndex(connection)
        self._unindexed: list[tuple[int, str, str]] = []
        self._known: dict[str, int] = {}  # the articles at the addresses of the records at hand ...
        self._unwritten: list[tuple[str, int]] = []  # ... and what of it is not in the file yet
        self._newest = 0

    def forget(self) -> None:
        """Drops what is remembered of a transaction that was rolled back."""
        self._copies.forget()
        self._stories.forget()
        self._unindexed.clear()
        self._unwritten.clear()

    def save(self) -> None:
        """Writes what is kept in memory, so that the next start finds little that waits; call it inside a transaction."""
        self._stories.save()
        self._copies.save()

    def add(self, records: Iterable[Record], arrival: Arrival) -> list[Added]:
        """Stores the records in their order and answers what became of each.

        What follows from a record alone is computed for some records in a row, step by step, while the tables that a step needs are in the
        processor's cache: that saves a tenth of the whole.
        """
        added: list[Added] = []
        (self._newest,) = self._connection.execute("select coalesce(max(id), 0) from articles").fetchone()
        coming = iter(records)
        while some := [prepare(record) for record in islice(coming, TOGETHER)]:
            words = self._make_ready(some)
            added += [self._add(new, its_words, arrival) for new, its_words in zip(some, words, strict=True)]
            self._connection.executemany("insert into rw_keys(key, article_id) values (?, ?)", self._unwritten)
            self._unwritten.clear()
        self._copies.forget_ahead()
        self._finish()
        return added

    def _make_ready(self, some: Sequence[Prepared]) -> list[Words | None]:
        """Looks up what stands at the addresses of some records and reads the words of those that are new and look like no copy."""
        keys = json.dumps([key for new in some for key in new.keys])
        rows = self._connection.execute(
            "select k.key, k.article_id from json_each(?) cross join rw_keys k on k.key = value", (keys,)
        )
        self._known = dict(rows.fetchall())
        fresh = [self._at_keys(new.keys) is None for new in some]
        copies = iter(self._copies.look_ahead([(new.text, _day_of(new.record)) for new in compress(some, fresh)]))
        anchors = [_anchors(new) if is_fresh and not next(copies) else None for new, is_fresh in zip(some, fresh, strict=True)]
        return [None if found is None else words_of(new.record, found) for new, found in zip(some, anchors, strict=True)]

    def _add(self, new: Prepared, words: Words | None, arrival: Arrival) -> Added:
        known = self._at_keys(new.keys)
        if known is None:
            return self._insert(new, words, arrival)
        self._add_keys(new.keys, known)
        (old_hash,) = self._connection.execute("select content_hash from articles where id = ?", (known,)).fetchone()
        if old_hash == new.content_hash:
            return self._answer(known, "unchanged")
        self._revise(known, new, arrival)
        return self._answer(known, "revision")

    def _finish(self) -> None:
        """Indexes the full text of what was added: all at once, for most other writes in between make FTS5 write out its index."""
        fulltext.insert(self._connection, self._unindexed)
        self._unindexed.clear()

    def _at_keys(self, keys: Iterable[str]) -> int | None:
        return next((self._known[key] for key in keys if key in self._known), None)

    def _add_keys(self, keys: Sequence[str], article_id: int) -> None:
        fresh = [(key, article_id) for key in keys if key not in self._known]
        self._unwritten += fresh
        self._known.update(fresh)

    def _answer(self, article_id: int, outcome: Outcome) -> Added:
        story_id, copy_of = self._connection.execute(
            "select story_id, copy_of from articles where id = ?", (article_id,)
        ).fetchone()
        return Added(article_id, outcome, story_id, copy_of)

    def _insert(self, new: Prepared, words: Words | None, arrival: Arrival) -> Added:
        day = _day_of(new.record)
        first = self._join_copies(self._copies.find(new.text, day), arrival) or self._equal(new)
        article_id = self._newest + 1
        groups = self._groups(article_id, new, words or words_of(new.record, _anchors(new)), arrival) if first is None else []
        alone = groups == [[article_id]]
        if first is not None:
            story_id = self._story_of(first)
        elif alone:
            record, published = new.record, new.record.published_at
            published_at = stamp(published) if published else None
            story_id = found_with(self._connection, article_id, record.title, record.lang, published_at, arrival.at)
        else:
            story_id = self._join(article_id, groups, new, arrival)
        insert_article(self._connection, new, arrival, Place(article_id, story_id, first))
        self._newest = article_id
        self._add_keys(new.keys, article_id)
        self._copies.add(article_id, new.text, day)
        raises = insert_details(self._connection, article_id, new, story_id)
        self._unindexed.append((article_id, new.folded_title, new.folded_text))
        if not alone:
            count_in(self._connection, article_id, story_id, arrival.at)
        if raises or not alone:
            note_conflicts(self._connection, story_id, arrival.now)
        return Added(article_id, "new" if first is None else "copy", story_id, first)

    def _equal(self, new: Prepared) -> int | None:
        """The first article with the very same words, for texts that are too short to be compared otherwise."""
        if not LEAST_WORDS <= new.words < 64 or len(new.text.shingles) >= LEAST_TRIPLES:
            return None
        row = self._connection.execute(  # the words are named as the index of short texts names them
            "select coalesce(copy_of, id) from articles where content_hash = ? and words < 64 limit 1", (new.content_hash,)
        ).fetchone()
        return None if row is None else int(row[0])

    def _join_copies(self, copies: Sequence[Copy], arrival: Arrival) -> int | None:
        """The first article of all that these are copies of. Where a new article shows that two texts are one, they become one."""
        if not copies:
            return None
        roots = {copy.first for copy in copies if copy.joins} or {copies[0].first}
        first = min(roots)
        for other in sorted(roots - {first}):
            before, after = self._story_of(other), self._story_of(first)
            if before != after and before in pinned(self._connection):
                continue  # somebody said that they are not the same
            self._stories.remove(other)
            self._connection.execute("update articles set copy_of = ? where id = ? or copy_of = ?", (first, other, other))
            if before != after:  # the copies of the first, `other` among them, as far as they are not there yet
                move_articles(self._connection, Move("move", before, after, (first,)), now=arrival.now, reason="copies")
        return first

    def _groups(self, article_id: int, new: Prepared, words: Words, arrival: Arrival) -> list[list[int]]:
        """Article ids by event, around a new article that is no copy."""
        record, published = new.record, new.record.published_at or arrival.now
        at = published.toordinal() * DAY + published.hour * 60 + published.minute
        member = self._stories.add(article_id, record.lang, at, words, seen=arrival.now.toordinal())
        return self._stories.groups_around(member)

    def _join(self, article_id: int, groups: Sequence[Sequence[int]], new: Prepared, arrival: Arrival) -> int:
        """The story that a new article joins; stories around it may be put together or apart."""

        def new_story(first: int) -> int:
            title, lang = new.record.title, new.record.lang
            if first != article_id:
                title, lang = self._connection.execute("select title, lang from articles where id = ?", (first,)).fetchone()
            return found_story(self._connection, title, lang, arrival.at)

        story_id = None
        for move in assign(self._connection, groups, new_story):
            if move.kind == "join":
                story_id = move.to_story
            else:
                move_articles(self._connection, move, now=arrival.now, reason="regrouped")
        assert story_id is not None
        return story_id

    def _revise(self, article_id: int, new: Prepared, arrival: Arrival) -> None:
        title, text, old_hash, story_id = self._connection.execute(
            "select title, text, content_hash, story_id from articles where id = ?",
            (article_id,),
        ).fetchone()
        found = revisions.compare(f"{title}\n{text}", f"{new.record.title}\n{new.record.text}")
        diff = json.dumps([[change.before, change.after] for change in found.changes], ensure_ascii=False)
        self._connection.execute(
            "insert into revisions(article_id, seen_at, kind, title, text, content_hash, diff) values (?, ?, ?, ?, ?, ?, ?)",
            (article_id, arrival.at, found.kind, title, text, old_hash, diff),
        )
        old_facts = facts_of(self._connection, article_id)
        self._finish()
        replace_article(self._connection, article_id, new)
        (at,) = self._connection.execute("select published_at from articles where id = ?", (article_id,)).fetchone()
        old = Text.of(tokens(text), tokens(title), new.domain)
        self._copies.replace(article_id, old, new.text, _day(at))
        if found.kind != "rewritten":
            pieces = revisions.changed_pieces(text, new.record.text)
            fixed = revisions.corrections(pieces, old_facts, facts_of(self._connection, article_id))
            note_corrections(self._connection, article_id, story_id, fixed, now=arrival.now, source_id=arrival.source_id)
        note_conflicts(self._connection, story_id, arrival.now)

    def _story_of(self, article_id: int) -> int:
        return int(self._connection.execute("select story_id from articles where id = ?", (article_id,)).fetchone()[0])


def _anchors(new: Prepared) -> dict[int, float]:
    return anchors_of(new.record, new.folded_title, new.folded_text)


def _day_of(record: Record) -> int | None:
    """The day of publishing as the page wrote it, counted from year 1."""
    return record.published_at.toordinal() if record.published_at else None


def _day(published_at: str | None) -> int | None:
    """The day of publishing, counted from year 1."""
    return moment(published_at).toordinal() if published_at else None
