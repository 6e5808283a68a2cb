"""`racewire story`: look at a story, put two together or take one apart by hand, and take that back."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import click

from racewire.cli.output import Form, print_rows, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.text.terminal import one_line

ARTICLES = ("id", "published_at", "domain", "lang", "copy_of", "title")
WHOLE = ("id", "story_id", "copy_of", "source_id", "url", "title", "lang", "published_at", "first_seen_at", "domain")
MOVES = ("id", "at", "kind", "from_story", "to_story", "articles", "reason", "by_hand", "undone_at")
NUMBER = click.IntRange(1, 2**63 - 1)  # what SQLite can hold as an id
reason_option = click.option("--reason", default="", metavar="WORDS", help="Why, for whoever finds it later.")


@click.group()
def story() -> None:
    """Look at a story, put two together or take one apart; each move can be taken back.

    Grouping leaves a story alone that was changed by hand: nothing leaves it any more, but new reports may join it. What was sent of a
    story is not sent again when it is merged.
    """


@story.command()
@click.argument("id", type=NUMBER)
@row_options
@config_option
@pass_session
def show(session: Session, id: int, form: Form | None) -> int:
    """List the articles of a story, the first report first. Copies of one text name the first of them in `copy_of`."""
    from racewire.stories.moves import existing

    query = (
        f"select {', '.join(WHOLE)} from articles where story_id = ? "  # noqa: S608
        "order by coalesce(published_at, first_seen_at), id"
    )
    with session.reading() as connection:
        now = existing(connection, id)
        headline, sources = connection.execute("select headline, sources from stories where id = ?", (now,)).fetchone()
        rows = connection.execute(query, (now,)).fetchall()
    merged = f" (story {id} was merged into it)" if now != id else ""
    say(f"story {now}{merged}: {one_line(headline)}; {_count(len(rows), 'article')} from {_count(sources, 'site')}")
    print_rows(map(dict, rows), form, WHOLE if form else ARTICLES)
    return 0


@story.command()
@click.argument("story", type=NUMBER, required=False)
@click.option("--limit", type=int, default=-1, help="At most so many, newest first; default: all.")
@row_options
@config_option
@pass_session
def moves(session: Session, story: int | None, limit: int, form: Form | None) -> int:
    """List what was put together or taken apart, by grouping or by hand, newest first; of one STORY or of all."""
    query = (
        f"select {', '.join(MOVES)} from rw_story_moves where :story is null or :story in (from_story, to_story) "  # noqa: S608
        "order by id desc limit :limit"
    )
    with session.reading() as connection:
        rows = [dict(row) for row in connection.execute(query, {"story": story, "limit": limit})]
    if form is None:
        for row in rows:
            row["by_hand"] = bool(row["by_hand"])
    if not print_rows(rows, form, MOVES):
        say("nothing was moved")
    return 0


@story.command()
@click.argument("id", type=NUMBER)
@click.argument("other", type=NUMBER)
@reason_option
@config_option
@pass_session
def merge(session: Session, id: int, other: int, reason: str) -> int:
    """Put everything of the story OTHER into the story ID: both tell one event."""
    from racewire.archive.moving import merge_stories
    from racewire.stories.moves import current

    def put_together(connection: sqlite3.Connection) -> tuple[int, int]:
        number = merge_stories(connection, id, other, now=datetime.now(UTC), reason=reason)
        return current(connection, id), number

    with session.writing() as archive:
        now, number = archive.write(put_together)
    say(f"story {other} stands in story {now} now; `racewire story undo {number}` takes it back")
    return 0


@story.command()
@click.argument("articles", metavar="ARTICLE...", type=NUMBER, nargs=-1, required=True)
@reason_option
@config_option
@pass_session
def split(session: Session, articles: tuple[int, ...], reason: str) -> int:
    """Take articles out of their story: they tell another event, and become a story of their own.

    Their copies go with them. `racewire story show` and `racewire search` give the numbers of articles.
    """
    from racewire.archive.moving import split_story, story_of

    def take_apart(connection: sqlite3.Connection) -> tuple[int, int, int]:
        before = story_of(connection, articles)
        return before, *split_story(connection, before, articles, now=datetime.now(UTC), reason=reason)

    with session.writing() as archive:
        before, now, number = archive.write(take_apart)
    say(f"out of story {before} came story {now}; `racewire story undo {number}` takes it back")
    return 0


@story.command()
@click.argument("move", type=NUMBER)
@config_option
@pass_session
def undo(session: Session, move: int) -> int:
    """Take a merge or a split back, by the number of the MOVE that `racewire story moves` lists.

    The articles that are still where the move put them return; the two stories stay as they are then.
    """
    from racewire.archive.moving import undo_move

    with session.writing() as archive:
        back = archive.write(lambda connection: undo_move(connection, move, now=datetime.now(UTC)))
    say(
        f"move {move} is undone: {_count(len(back.articles), 'article')} of story {back.from_story} back in story {back.to_story}"
    )
    return 0


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
