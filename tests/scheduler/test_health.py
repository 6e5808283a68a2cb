"""A source that says nothing new for long is named once, and once more when it speaks again."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from racewire.archive.schema import migrate
from scheduler.health import changes

START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    connection.execute(
        "insert into sources (id, url, kind, every_s, first_seen_at) values ('paper', 'http://paper.example/', 'feed', 600, ?)",
        (stamp(START),),
    )
    yield connection
    connection.close()


def stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def crawl(connection: sqlite3.Connection, when: datetime, new: int) -> None:
    connection.execute(
        "insert into crawls (source_id, started_at, finished_at, outcome, new) values ('paper', ?, ?, 'ok', ?)",
        (stamp(when), stamp(when), new),
    )


def note(connection: sqlite3.Connection, kind: str, when: datetime) -> None:
    connection.execute("insert into events (at, source_id, kind) values (?, 'paper', ?)", (stamp(when), kind))


def test_silence_and_recovery_are_said_once_each(connection: sqlite3.Connection) -> None:
    for hour in range(10):
        crawl(connection, START + timedelta(hours=hour), new=2)
    last = START + timedelta(hours=9)
    assert changes(connection, last + timedelta(hours=2)) == []
    (fallen,) = changes(connection, last + timedelta(hours=4))
    assert (fallen.source_id, fallen.over, fallen.since, fallen.usual_gap) == ("paper", False, last, timedelta(hours=1))
    note(connection, "silent", last + timedelta(hours=4))
    assert changes(connection, last + timedelta(hours=5)) == []
    crawl(connection, last + timedelta(hours=6), new=1)
    (back,) = changes(connection, last + timedelta(hours=6, minutes=1))
    assert back.over
    note(connection, "recovered", last + timedelta(hours=6, minutes=1))
    assert changes(connection, last + timedelta(hours=6, minutes=2)) == []


def test_a_new_source_is_not_judged(connection: sqlite3.Connection) -> None:
    crawl(connection, START, new=1)
    assert changes(connection, START + timedelta(days=9)) == []


def test_polls_without_news_do_not_count_as_news(connection: sqlite3.Connection) -> None:
    for hour in range(10):
        crawl(connection, START + timedelta(hours=hour), new=1)
    for hour in range(10, 40):
        crawl(connection, START + timedelta(hours=hour), new=0)
    assert [s.source_id for s in changes(connection, START + timedelta(hours=40))] == ["paper"]
