"""`racewire search`: full text over the archive."""

from __future__ import annotations

import click

from racewire.cli.output import Form, print_rows, row_options, say
from racewire.cli.session import Session, config_option, pass_session

COLUMNS = ("id", "published_at", "source_id", "lang", "title", "url", "story_id")
WHOLE = ("id", "url", "canonical_url", "title", "lang", "published_at", "first_seen_at", "source_id", "story_id", "copy_of")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many, newest first.")
@click.option(
    "--before", type=click.IntRange(1, 2**63 - 1), metavar="ID", help="Only articles with a smaller id, to go on to older ones."
)
@row_options
@config_option
@pass_session
def search(session: Session, words: tuple[str, ...], limit: int, before: int | None, form: Form | None) -> int:
    """Search the articles: all WORDS, "a phrase" in quotes, a beginning with *. Accents and case do not count.

    \b
    racewire search 百川
    racewire search '"series a"' robot*
    """
    from racewire.archive import search as find

    with session.reading() as connection:
        rows = [dict(row) for row in find(connection, " ".join(words), limit, before=before)]
    if not print_rows(rows, form, WHOLE if form else COLUMNS):
        say("no article has these words")
    elif len(rows) == limit:
        say(f"the newest {limit}; --limit shows more")
    return 0
