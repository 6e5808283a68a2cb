"""`racewire alerts`: what was told."""

from __future__ import annotations

import json

import click

from racewire.cli import completing
from racewire.cli.output import Form, print_rows, row_options, say
from racewire.cli.session import Session, config_option, pass_session

COLUMNS = ("id", "created_at", "rule_id", "severity", "kind", "story_id", "subject")
WHOLE = ("id", "rule_id", "title", "severity", "story_id", "article_id", "fact", "kind", "created_at", "data")
QUERY = """
select {columns} from alerts where id < :before and (:rule is null or rule_id = :rule) and (:story is null or story_id = :story)
order by id desc limit :limit
"""


NO_ID = 2**63 - 1  # above every id


@click.group()
def alerts() -> None:
    """List the alerts."""


@alerts.command("list")
@click.option("--rule", metavar="ID", shell_complete=completing.rules, help="Only those of this rule.")
@click.option("--story", type=int, metavar="ID", help="Only those on this story.")
@click.option("--limit", type=int, default=-1, help="At most so many, newest first; default: all.")
@click.option(
    "--before",
    type=click.IntRange(1, NO_ID),
    default=NO_ID,
    metavar="ID",
    help="Only those with a smaller id, to go on to older ones.",
)
@row_options
@config_option
@pass_session
def list_(session: Session, rule: str | None, story: int | None, limit: int, before: int, form: Form | None) -> int:
    """List the alerts, newest first."""
    with session.reading() as connection:
        query = QUERY.format(columns=", ".join(WHOLE))
        rows = [dict(row) for row in connection.execute(query, {"rule": rule, "story": story, "limit": limit, "before": before})]
    if form is None:
        for row in rows:
            row["subject"] = _subject(row)
    if not print_rows(rows, form, WHOLE if form else COLUMNS):
        say("no alert yet")
    return 0


def _subject(row: dict[str, object]) -> str:
    """Who and how much, as the subject of its mail says it."""
    from racewire.render.words import subject

    data = json.loads(str(row["data"]))
    return subject(data | {"updated": row["kind"] == "updated"})
