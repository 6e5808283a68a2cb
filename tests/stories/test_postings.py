"""Lists of articles by number: what waits and what was gathered is found alike, by the same connection and by the next one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.stories import postings
from racewire.stories.postings import Postings

TABLES = """
create table rw_words (id integer primary key, article_id integer not null, part integer not null, numbers blob not null) strict;
create table rw_parts (kind text not null, part integer not null, newest integer not null, primary key (kind, part)) strict, without rowid;
"""


def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(TABLES)
    return connection


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(database()) as opened:
        yield opened


@given(
    st.lists(st.tuples(st.integers(7, 8), st.sets(st.integers(0, 6), max_size=4)), max_size=40),
    st.integers(1, 5),
    st.sets(st.integers(0, 40), max_size=4),
)
def test_the_newest_articles_of_each_number_are_found(
    articles: list[tuple[int, set[int]]], most: int, gathered_after: set[int]
) -> None:
    with closing(database()) as connection:
        lists = Postings(connection, "words", most)
        wanted: dict[int, list[int]] = {}
        for article_id, (part, numbers) in enumerate(sorted(articles, key=lambda one: one[0]), 1):
            lists.add(article_id, part, numbers)
            for number in numbers:
                wanted.setdefault(number, []).append(article_id)
            if article_id in gathered_after:
                lists.gather()
        expected = {number: sorted(ids[-most:]) for number, ids in wanted.items()}
        for asked in (lists, Postings(connection, "words", most)):
            found = asked.find(range(7), (8, 7))
            assert {number: sorted(ids) for number, ids in found.items()} == expected


def test_only_the_parts_that_are_named_are_looked_into(connection: sqlite3.Connection) -> None:
    lists = Postings(connection, "words", 9)
    lists.add(1, 7, [5])
    lists.add(2, 8, [5])
    assert lists.parts() == {7, 8}
    assert lists.find([5, 6], [8]) == {5: [2]}
    lists.gather()
    assert lists.parts() == {7, 8}
    assert lists.find([5, 6], [7]) == {5: [1]}


def test_so_many_that_wait_are_gathered(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "GATHERED", 3)
    lists = Postings(connection, "words", 9)
    for article_id in range(1, 6):
        lists.add(article_id, 7, [1, article_id * 10])
    assert connection.execute("select count(*) from rw_words").fetchone() == (2,)
    assert connection.execute("select kind, part, newest from rw_parts").fetchall() == [("words", 7, 3)]
    assert sorted(lists.find([1], [7])[1]) == [1, 2, 3, 4, 5]


def test_few_that_wait_go_on_waiting_when_the_archive_is_closed(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "SAVED", 2)
    lists = Postings(connection, "words", 9)
    lists.add(1, 7, [1])
    lists.save()
    assert connection.execute("select count(*) from rw_words").fetchone() == (1,)
    lists.add(2, 7, [1])
    Postings(connection, "words", 9).save()  # of a connection that added nothing
    assert connection.execute("select count(*) from rw_words").fetchone() == (2,)
    lists.save()
    assert connection.execute("select count(*) from rw_words").fetchone() == (0,)
    assert lists.find([1], [7]) == {1: [1, 2]}


def test_two_connections_may_gather_one_after_the_other(connection: sqlite3.Connection) -> None:
    one, other = Postings(connection, "words", 9), Postings(connection, "words", 9)
    one.add(1, 7, [1])
    assert other.find([1], [7]) == {1: [1]}
    other.add(2, 7, [1])
    other.gather()
    one.add(3, 7, [1])
    one.gather()
    assert one.find([1], [7]) == {1: [1, 2, 3]}


def test_what_was_rolled_back_is_not_found(connection: sqlite3.Connection) -> None:
    lists = Postings(connection, "words", 9)
    lists.add(1, 7, [1])
    connection.execute("begin")
    lists.add(2, 7, [1])
    lists.gather()
    connection.execute("rollback")
    lists.forget()
    assert lists.find([1], [7]) == {1: [1]}
    lists.gather()
    assert lists.find([1], [7]) == {1: [1]}


def test_tables_that_hold_old_articles_only_are_dropped(connection: sqlite3.Connection) -> None:
    lists = Postings(connection, "words", 9)
    lists.add(1, 7, [1])
    lists.add(2, 8, [1])
    lists.gather()
    lists.add(3, 7, [2])
    assert lists.drop_older(2) == ["rw_words_7"]
    assert lists.find([1, 2], [8, 7]) == {1: [2], 2: [3]}
    lists.gather()
    assert lists.drop_older(3) == ["rw_words_8"]
    assert lists.find([1, 2], [8, 7]) == {2: [3]}


def test_an_article_without_numbers_is_in_no_list(connection: sqlite3.Connection) -> None:
    lists = Postings(connection, "words", 9)
    lists.add(1, 7, [])
    lists.gather()
    assert lists.parts() == set()


numbers_by_part = st.dictionaries(st.integers(7, 9), st.sets(st.integers(0, 9)), max_size=3)


@given(
    st.lists(st.tuples(st.integers(7, 8), st.sets(st.integers(0, 6), max_size=4)), max_size=30),
    st.integers(0, 30),
    st.integers(1, 5),
    numbers_by_part,
    st.sets(st.integers(0, 9), max_size=6),
)
def test_what_was_read_ahead_changes_no_answer(
    articles: list[tuple[int, set[int]]], gathered_after: int, most: int, ahead: dict[int, set[int]], asked: set[int]
) -> None:
    with closing(database()) as connection:
        lists = Postings(connection, "words", most)
        for article_id, (part, numbers) in enumerate(articles, 1):
            lists.add(article_id, part, numbers)
            if article_id == gathered_after:
                lists.gather()
        expected = lists.find(asked, (8, 7))
        lists.look_ahead(ahead)
        assert lists.find(asked, (8, 7)) == expected
        lists.look_ahead({7: asked, 8: asked})
        assert lists.known_ahead(asked) == len(expected)
        lists.add(99, 8, asked)
        lists.gather()
        assert {number: 99 in ids for number, ids in lists.find(asked, (8, 7)).items()} == dict.fromkeys(asked, True)


def test_a_table_that_is_dropped_is_forgotten_though_it_was_read_ahead(connection: sqlite3.Connection) -> None:
    lists = Postings(connection, "words", 9)
    lists.add(1, 7, [1])
    lists.gather()
    lists.look_ahead({7: {1}})
    assert lists.drop_older(2) == ["rw_words_7"]
    assert lists.find([1], [7]) == {}
    assert lists.known_ahead([1]) == 0
