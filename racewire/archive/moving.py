"""Moving articles between stories with everything that counts them, by grouping or by hand, and taking it back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from racewire.archive import days
from racewire.archive.ledger import note_event
from racewire.archive.times import stamp
from racewire.errors import UsageError
from racewire.stories.moves import Move, existing, found_story, log_move, recount, with_copies
from racewire.stories.rounds import mark_conflicts


def move_articles(connection: sqlite3.Connection, move: Move, *, now: datetime, reason: str = "", by_hand: bool = False) -> int:
    """Carries out a move, the copies of the articles with them, and writes it down; returns its number.

    A story that loses its last article counts as merged into the other one and keeps its row, so that what was said of it
    (alerts, links) still leads to the event.
    """
    articles = [
        article_id
        for article_id in with_copies(connection, move.articles)
        if connection.execute("select story_id = ? from articles where id = ?", (move.from_story, article_id)).fetchone()[0]
    ]
    for article_id in articles:
        days.uncount_article(connection, article_id, move.from_story)
        connection.execute("update articles set story_id = ? where id = ?", (move.to_story, article_id))
        connection.execute("update rounds set story_id = ? where article_id = ?", (move.to_story, article_id))
        days.count_article(connection, article_id, move.to_story)
    recount(connection, move.from_story)
    recount(connection, move.to_story)
    connection.execute(
        "update stories set last_seen_at = max(last_seen_at, (select last_seen_at from stories where id = ?)) where id = ?",
        (move.from_story, move.to_story),
    )
    emptied = not connection.execute("select 1 from articles where story_id = ? limit 1", (move.from_story,)).fetchone()
    if emptied:
        connection.execute("update stories set merged_into = ? where id = ?", (move.to_story, move.from_story))
    else:
        mark_conflicts(connection, move.from_story)
    done = replace(move, kind="merge" if emptied else move.kind, articles=tuple(articles))
    number = log_move(connection, done, stamp(now), reason=reason, by_hand=by_hand)
    note_event(
        connection,
        f"story-{done.kind}",
        f"{len(articles)} articles of story {move.from_story} stand in story {move.to_story} now",
        now=now,
        story_id=move.to_story,
        data={"from": move.from_story, "to": move.to_story, "articles": articles, "move": number},
    )
    return number


def merge_stories(connection: sqlite3.Connection, story_id: int, other_id: int, *, now: datetime, reason: str = "") -> int:
    """By hand: everything of `other_id` goes into `story_id`. Returns the number of the move. Raises UsageError."""
    story_id, other_id = existing(connection, story_id), existing(connection, other_id)
    if story_id == other_id:
        raise UsageError(f"story {story_id} holds both already")
    articles = connection.execute("select id from articles where story_id = ? order by id", (other_id,)).fetchall()
    _pin(connection, (story_id,))
    move = Move("merge", other_id, story_id, tuple(article_id for (article_id,) in articles))
    return move_articles(connection, move, now=now, reason=reason, by_hand=True)


def split_story(
    connection: sqlite3.Connection, story_id: int, article_ids: Sequence[int], *, now: datetime, reason: str = ""
) -> tuple[int, int]:
    """By hand: these articles of a story become a story of their own ("not the same"), each with all copies of its text.

    Returns the new story and the number of the move. Raises UsageError when an article is not in the story, or nothing would stay in it.
    """
    story_id = existing(connection, story_id)
    held = {
        article_id for (article_id,) in connection.execute("select id from articles where story_id = ?", (story_id,)).fetchall()
    }
    foreign = sorted(set(article_ids) - held)
    if foreign or not article_ids:
        raise UsageError(f"story {story_id} does not hold article {', '.join(map(str, foreign)) or '(none given)'}")
    leaving = {article_id for article_id in _whole_texts(connection, article_ids) if article_id in held}
    if leaving == held:
        raise UsageError(_nothing_left(story_id, held, article_ids))
    first = min(leaving)
    title, lang = connection.execute("select title, lang from articles where id = ?", (first,)).fetchone()
    new_id = found_story(connection, title, lang, stamp(now))
    _pin(connection, (story_id, new_id))
    move = Move("split", story_id, new_id, tuple(sorted(leaving)))
    return new_id, move_articles(connection, move, now=now, reason=reason, by_hand=True)


def story_of(connection: sqlite3.Connection, article_ids: Sequence[int]) -> int:
    """The one story that holds all of these articles. Raises UsageError for an unknown article, and for two stories."""
    of: dict[int, int] = {}
    for article_id in article_ids:
        row = connection.execute("select story_id from articles where id = ?", (article_id,)).fetchone()
        if row is None:
            raise UsageError(f"no article has the id {article_id}: `racewire search` and `racewire story show` give them")
        of[article_id] = row[0]
    if len(set(of.values())) != 1:
        places = ", ".join(f"article {article_id} in story {story_id}" for article_id, story_id in of.items())
        raise UsageError(f"one split takes articles of one story ({places})")
    return of[article_ids[0]]


def _whole_texts(connection: sqlite3.Connection, article_ids: Iterable[int]) -> list[int]:
    """All articles with the same text as one of these: a text stands in one story, whichever of its copies was named."""
    firsts = [
        connection.execute("select coalesce(copy_of, id) from articles where id = ?", (article_id,)).fetchone()[0]
        for article_id in article_ids
    ]
    return with_copies(connection, firsts)


def _nothing_left(story_id: int, held: set[int], named: Sequence[int]) -> str:
    if len(held) == 1:
        return f"article {named[0]} is the only one of story {story_id}"
    if held <= set(named):
        return f"these are all articles of story {story_id}: leave one behind"
    return (
        f"all articles of story {story_id} are copies of what was named, and a text stands in one story: leave another one behind"
    )


def undo_move(connection: sqlite3.Connection, number: int, *, now: datetime) -> Move:
    """Takes a merge or split back: its articles, as far as they are where it put them, return to the story that they came from.

    Returns what was moved now. Raises UsageError.
    """
    row = connection.execute(
        "select from_story, to_story, articles, undone_at from rw_story_moves where id = ?", (number,)
    ).fetchone()
    if row is None:
        raise UsageError(f"there is no move {number}: `racewire story moves` lists them")
    from_story, to_story, articles, undone_at = row
    if undone_at is not None:
        raise UsageError(f"move {number} was undone at {undone_at} already")
    still = [
        article_id
        for article_id in json.loads(articles)
        if connection.execute("select story_id = ? from articles where id = ?", (to_story, article_id)).fetchone()[0]
    ]
    if not still:
        raise UsageError(f"none of the articles of move {number} is in story {to_story} any more: undo what came after it first")
    connection.execute("update stories set merged_into = null where id = ?", (from_story,))
    _pin(connection, (from_story, to_story))
    back = Move("undo", to_story, from_story, tuple(still))
    move_articles(connection, back, now=now, reason=f"undoes move {number}", by_hand=True)
    connection.execute("update rw_story_moves set undone_at = ? where id = ?", (stamp(now), number))
    return back


def _pin(connection: sqlite3.Connection, stories: Iterable[int]) -> None:
    """Nothing leaves these stories by itself from now on, and they are not merged; new articles may still join."""
    connection.executemany("insert or ignore into rw_story_pins(story_id) values (?)", [(story_id,) for story_id in stories])
