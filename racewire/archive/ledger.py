"""What the crawler remembers: sources, passes, validators, links without an article, events.

Functions over the writer's connection, to be called inside one of its transactions; the reading ones work on any connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from racewire.archive.times import stamp


class SourceLike(Protocol):
    """The part of a configured source that is stored. `every` is in seconds."""

    @property
    def id(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def every(self) -> float: ...
    @property
    def lang(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def timezone(self) -> str | None: ...
    @property
    def enabled(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Validator:
    """What a server gave with an answer, to ask next time whether anything changed."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was followed and gave no article: `state` is refused, gone, unreadable or failed (for now)."""

    key: str
    url: str
    state: str
    attempts: int = 1
    problem: str | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class CrawlCounts:
    """What one pass did; bytes are unpacked, ms is wall time."""

    new: int = 0
    copies: int = 0
    revisions: int = 0
    unchanged: int = 0
    failed: int = 0
    requests: int = 0
    bytes: int = 0
    ms: int = 0


@dataclass(frozen=True, slots=True)
class CrawlEnd:
    """How a pass ended. `outcome` is ok, not_modified, failed or interrupted; `problem` a short code where it failed.

    `validators` are None where something of the pass is still open, so that the next answer comes whole again.
    """

    outcome: str
    problem: str | None = None
    counts: CrawlCounts = field(default_factory=CrawlCounts)
    validators: tuple[Validator, ...] | None = None
    next_due_at: datetime | None = None


def sync_sources(connection: sqlite3.Connection, sources: Iterable[SourceLike], *, now: datetime) -> None:
    """Makes the table say what the config says. A source that left the config keeps its row, not enabled."""
    rows = [
        (s.id, s.url, s.kind, s.lang, s.country, s.timezone, int(s.enabled), max(1, round(s.every)), stamp(now)) for s in sources
    ]
    kept = {row[0] for row in rows}
    for (known,) in connection.execute("select id from sources where enabled").fetchall():
        if known not in kept:
            connection.execute("update sources set enabled = 0, next_due_at = null where id = ?", (known,))
    connection.executemany(
        "insert into sources(id, url, kind, lang, country, timezone, enabled, every_s, first_seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "on conflict(id) do update set url = excluded.url, kind = excluded.kind, lang = excluded.lang, country = excluded.country, "
        "timezone = excluded.timezone, enabled = excluded.enabled, every_s = excluded.every_s",
        rows,
    )


def met_before(connection: sqlite3.Connection, source_id: str) -> bool:
    """Whether the source has ever been read to the end, so that what it shows now is news and not its past."""
    row = connection.execute("select last_ok_at from sources where id = ?", (source_id,)).fetchone()
    return row is not None and row[0] is not None


def set_next_due(connection: sqlite3.Connection, source_id: str, at: datetime | None) -> None:
    connection.execute("update sources set next_due_at = ? where id = ?", (stamp(at) if at else None, source_id))


def start_crawl(connection: sqlite3.Connection, source_id: str, *, now: datetime) -> int:
    """Opens the row of a pass and returns its id."""
    connection.execute("update sources set last_crawl_at = ? where id = ?", (stamp(now), source_id))
    cursor = connection.execute(
        "insert into crawls(source_id, started_at, outcome) values (?, ?, 'running')", (source_id, stamp(now))
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def finish_crawl(connection: sqlite3.Connection, crawl_id: int, end: CrawlEnd, *, now: datetime) -> None:
    """Closes the row of a pass, brings its source up to date and saves the validators of its answers.

    Call it in the transaction that stores the last article of the pass, or after it: a validator that is saved earlier would hide
    articles that a crash left out.
    """
    counts, at = end.counts, stamp(now)
    connection.execute(
        "update crawls set finished_at = ?, outcome = ?, problem = ?, new = ?, copies = ?, revisions = ?, unchanged = ?, failed = ?, "
        "requests = ?, bytes = ?, ms = ? where id = ?",
        (
            at, end.outcome, end.problem, counts.new, counts.copies, counts.revisions, counts.unchanged, counts.failed,
            counts.requests, counts.bytes, counts.ms, crawl_id,
        ),
    )  # fmt: skip
    (source_id,) = connection.execute("select source_id from crawls where id = ?", (crawl_id,)).fetchone()
    if end.outcome == "failed":
        connection.execute(
            "update sources set problem = ?, failures = failures + 1 where id = ?", (end.problem or "failed", source_id)
        )
    elif end.outcome != "interrupted":
        connection.execute("update sources set problem = null, failures = 0, last_ok_at = ? where id = ?", (at, source_id))
    if counts.new or counts.copies:
        connection.execute("update sources set last_new_at = ? where id = ?", (at, source_id))
    if end.next_due_at is not None:
        set_next_due(connection, source_id, end.next_due_at)
    if end.validators is not None:
        save_validators(connection, source_id, end.validators, now=now)


def close_interrupted(connection: sqlite3.Connection, *, now: datetime) -> int:
    """Closes the passes that a crash or a stop left open; returns how many."""
    return connection.execute(
        "update crawls set outcome = 'interrupted', finished_at = ? where outcome = 'running'", (stamp(now),)
    ).rowcount


def save_validators(connection: sqlite3.Connection, source_id: str, validators: Sequence[Validator], *, now: datetime) -> None:
    """These take the place of all that were saved for the source."""
    connection.execute("delete from rw_validators where source_id = ?", (source_id,))
    connection.executemany(
        "insert into rw_validators(source_id, url, etag, last_modified, body_hash, seen_at) values (?, ?, ?, ?, ?, ?)",
        [(source_id, v.url, v.etag, v.last_modified, v.body_hash, stamp(now)) for v in validators],
    )


def validators(connection: sqlite3.Connection, source_id: str) -> list[Validator]:
    """What the documents of the source were last answered with."""
    rows = connection.execute(
        "select url, etag, last_modified, body_hash from rw_validators where source_id = ? order by url", (source_id,)
    )
    return [Validator(*row) for row in rows]


def known_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> set[str]:
    """Those of the keys (`url_key`) under which an article is stored."""
    wanted = json.dumps(list(dict.fromkeys(keys)))
    return {
        key for (key,) in connection.execute("select key from rw_keys where key in (select value from json_each(?))", (wanted,))
    }


class Stored(NamedTuple):
    """An article of the archive."""

    id: int
    title: str
    story_id: int | None


def article_under(connection: sqlite3.Connection, key: str) -> Stored | None:
    """The article that is stored under a key (`url_key`)."""
    query = "select a.id, a.title, a.story_id from rw_keys k join articles a on a.id = k.article_id where k.key = ?"
    row = connection.execute(query, (key,)).fetchone()
    return Stored(*row) if row else None


def touched(connection: sqlite3.Connection, keys: Iterable[str], *, most: int) -> dict[str, str]:
    """For the articles of these keys, when a source last said that it touched them, else when they were met first, as stamps.

    Those that were read `most` times already are left out.
    """
    query = """
    select k.key, coalesce(t.at, a.first_seen_at) from rw_keys k join articles a on a.id = k.article_id left join rw_touched t on t.key = k.key
    where k.key in (select value from json_each(?)) and coalesce(t.times, 1) < ?
    """
    return dict(connection.execute(query, (json.dumps(list(dict.fromkeys(keys))), most)).fetchall())


def note_touched(connection: sqlite3.Connection, key: str, at: datetime) -> None:
    """Remembers what a source said of an article that was just read."""
    connection.execute(
        "insert into rw_touched(key, at) values (?, ?) on conflict(key) do update set at = max(at, excluded.at), times = times + 1",
        (key, stamp(at)),
    )


def link_states(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, Link]:
    """Those of the keys that were followed before and gave no article."""
    wanted = json.dumps(list(dict.fromkeys(keys)))
    rows = connection.execute(
        "select key, url, state, attempts, problem, at from rw_links where key in (select value from json_each(?))", (wanted,)
    )
    return {row[0]: Link(*row) for row in rows}


def note_link(
    connection: sqlite3.Connection, key: str, url: str, *, source_id: str, state: str, problem: str | None, now: datetime
) -> None:
    """Remembers that a link gave no article, and how often it was tried."""
    connection.execute(
        "insert into rw_links(key, url, source_id, state, attempts, problem, at) values (?, ?, ?, ?, 1, ?, ?) "
        "on conflict(key) do update set url = excluded.url, source_id = excluded.source_id, state = excluded.state, "
        "attempts = attempts + 1, problem = excluded.problem, at = excluded.at",
        (key, url, source_id, state, problem, stamp(now)),
    )


def forget_links(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Drops what was noted of links that gave an article after all."""
    connection.executemany("delete from rw_links where key = ?", [(key,) for key in keys])


def note_event(
    connection: sqlite3.Connection,
    kind: str,
    message: str = "",
    *,
    now: datetime,
    source_id: str | None = None,
    article_id: int | None = None,
    story_id: int | None = None,
    data: Mapping[str, object] | None = None,
) -> int:
    """Writes one row of `events` and returns its id. `message` is one sentence, `data` must be writable as JSON."""
    cursor = connection.execute(
        "insert into events(at, source_id, kind, message, article_id, story_id, data) values (?, ?, ?, ?, ?, ?, ?)",
        (
            stamp(now),
            source_id,
            kind,
            message,
            article_id,
            story_id,
            None if data is None else json.dumps(data, ensure_ascii=False),
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
