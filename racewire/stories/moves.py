"""Stories as rows: founding, joining, merging and splitting, each move written down so that it can be undone."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from racewire.errors import UsageError

LONGEST_CHAIN = 64


@dataclass(frozen=True, slots=True)
class Move:
    """Articles that changed their story."""

    kind: str
    from_story: int
    to_story: int
    articles: tuple[int, ...]


def current(connection: sqlite3.Connection, story_id: int) -> int:
    """The story that holds what `story_id` held, after every merge since."""
    for _ in range(LONGEST_CHAIN):
        row = connection.execute("select merged_into from stories where id = ?", (story_id,)).fetchone()
        if row is None or row[0] is None:
            break
        story_id = row[0]
    return story_id


def found_story(connection: sqlite3.Connection, headline: str, lang: str | None, at: str) -> int:
    """A new, empty story."""
    cursor = connection.execute(
        "insert into stories(headline, lang, first_seen_at, last_seen_at) values (?, ?, ?, ?)", (headline, lang, at, at)
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def found_with(
    connection: sqlite3.Connection, article_id: int, headline: str, lang: str | None, published_at: str | None, at: str
) -> int:
    """A new story that holds one article, which may be stored after it."""
    cursor = connection.execute(
        "insert into stories(headline, lang, first_article_id, first_published_at, first_seen_at, last_seen_at, articles, sources) "
        "values (?, ?, ?, ?, ?, ?, 1, 1)",
        (headline, lang, article_id, published_at, at, at),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def recount(connection: sqlite3.Connection, story_id: int) -> None:
    """Brings a story's row up to date with its articles. Headline and language are those of the article that was published first."""
    connection.execute(
        "update stories set (articles, sources, first_published_at) = "
        "(select count(*), count(distinct domain), min(published_at) from articles where story_id = :story) where id = :story",
        {"story": story_id},
    )
    first = connection.execute(
        "select id, title, lang from articles where story_id = ? order by coalesce(published_at, first_seen_at), id limit 1",
        (story_id,),
    ).fetchone()
    if first is not None:
        connection.execute("update stories set first_article_id = ?, headline = ?, lang = ? where id = ?", (*first, story_id))


def count_in(connection: sqlite3.Connection, article_id: int, story_id: int, at: str) -> None:
    """Brings a story's row up to date with one article more; costs the same however large the story is."""
    values = {"article": article_id, "story": story_id, "at": at}
    connection.execute(
        "update stories set articles = articles + 1, last_seen_at = max(last_seen_at, :at), sources = sources + not exists "
        "(select 1 from articles a join articles n on n.domain = a.domain where n.id = :article and a.story_id = :story and a.id <> :article) "
        "where id = :story",
        values,
    )
    connection.execute(
        "update stories set (first_article_id, headline, lang, first_published_at) = "
        "(select id, title, lang, published_at from articles where id = :article) where id = :story and (first_article_id is null or "
        "(select coalesce(published_at, first_seen_at) from articles where id = :article) < "
        "(select coalesce(published_at, first_seen_at) from articles where id = stories.first_article_id))",
        values,
    )


def assign(connection: sqlite3.Connection, groups: Sequence[Sequence[int]], new_story: Callable[[int], int]) -> list[Move]:
    """Gives each group of articles one story and returns the moves; nothing is moved yet.

    The story that had most of a group keeps it, the older one where two had as many; `new_story(article_id)` founds one where none is left.
    Stories that were taken apart or put together by hand keep what they have; only a new article may join them.
    """
    of: dict[int, int | None] = {article_id: None for one in groups for article_id in one}  # None where it is not stored yet
    ids = json.dumps(list(of))
    of.update(connection.execute("select id, story_id from articles where id in (select value from json_each(?))", (ids,)))
    kept = pinned(connection)
    taken: set[int] = set()
    moves: list[Move] = []
    for one in sorted(groups, key=lambda one: (-len(one), min(one))):
        had = Counter(story for article_id in one if (story := of[article_id]) is not None and story not in taken)
        if not had:  # its stories went to larger groups; what was put together by hand stays there all the same
            one = [article_id for article_id in one if of[article_id] not in kept]
            if not one:
                continue
        story_id = min(had, key=lambda story: (-had[story], story)) if had else new_story(min(one))
        taken.add(story_id)
        leaving: dict[int, list[int]] = {}
        for article_id in one:
            before = of[article_id]
            if before is not None and before != story_id and before not in kept and story_id not in kept:
                leaving.setdefault(before, []).append(article_id)
            elif before is None:
                moves.append(Move("join", 0, story_id, (article_id,)))
        moves.extend(Move("move", before, story_id, tuple(sorted(articles))) for before, articles in leaving.items())
    return moves


def pinned(connection: sqlite3.Connection) -> set[int]:
    """The stories that somebody put together or took apart by hand."""
    return {story_id for (story_id,) in connection.execute("select story_id from rw_story_pins").fetchall()}


def log_move(connection: sqlite3.Connection, move: Move, at: str, *, reason: str = "", by_hand: bool = False) -> int:
    """Writes a move down and returns its number."""
    cursor = connection.execute(
        "insert into rw_story_moves(at, kind, from_story, to_story, articles, reason, by_hand) values (?, ?, ?, ?, ?, ?, ?)",
        (at, move.kind, move.from_story, move.to_story, json.dumps(move.articles), reason, int(by_hand)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def with_copies(connection: sqlite3.Connection, articles: Iterable[int]) -> list[int]:
    """The articles and all copies of them."""
    found: dict[int, None] = {}
    for article_id in articles:
        found[article_id] = None
        for (copy,) in connection.execute("select id from articles where copy_of = ?", (article_id,)).fetchall():
            found[copy] = None
    return list(found)


def existing(connection: sqlite3.Connection, story_id: int) -> int:
    """The story that holds now; raises UsageError when there is no such story."""
    if connection.execute("select 1 from stories where id = ?", (story_id,)).fetchone() is None:
        raise UsageError(f"there is no story {story_id}")
    return current(connection, story_id)
