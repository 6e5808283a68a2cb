"""`racewire status`: how the wire is doing."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import click

from racewire.cli.output import Form, bold, columns, print_rows, put, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.text.terminal import one_line, shortened

COLUMNS = ("id", "problem", "failures", "last_ok_at", "last_new_at", "next_due_at", "articles")
SOURCES = """
select sources.id, problem, failures, last_crawl_at, last_ok_at, last_new_at, next_due_at,
  (select count(*) from articles where source_id = sources.id) as articles
from sources where enabled order by problem is null, sources.id
"""
COUNTS = (
    ("articles", "select count(*) from articles"),
    ("stories", "select count(*) from stories where merged_into is null"),
    ("figures", "select count(*) from figures"),
    ("alerts", "select count(*) from alerts"),
)
NAME = 11  # columns of the names in the overview
EVENTS = "select at, source_id, kind, message from events order by id desc limit 5"


@click.command()
@row_options
@config_option
@pass_session
def status(session: Session, form: Form | None) -> int:
    """Show what came in, which sources fail, and what waits to be sent. Ends with 4 where a source fails."""
    with session.reading() as connection:
        sources = [dict(row) for row in connection.execute(SOURCES)]
        if form:
            print_rows(sources, form, (*COLUMNS, "last_crawl_at"))
        else:
            _overview(connection, session)
            print_rows(sources, None, COLUMNS)
            _events(connection)
    failing = [row["id"] for row in sources if row["problem"]]
    if failing:
        say(
            f"{len(failing)} of {len(sources)} sources fail: {', '.join(map(str, failing[:10]))}; `racewire source try {failing[0]}` shows why"
        )
    return 4 if failing else 0


def _overview(connection: sqlite3.Connection, session: Session) -> None:
    from racewire.archive.times import stamp

    now = stamp(datetime.now(UTC))
    _line("database", str(session.config.database))
    _line("stored", *(f"{connection.execute(query).fetchone()[0]} {name}" for name, query in COUNTS))
    states = dict(connection.execute("select state, count(*) from deliveries group by state").fetchall())
    _line("deliveries", *(f"{states.get(state, 0)} {state}" for state in ("delivered", "waiting", "failed")))
    if silent := connection.execute("select count(*) from silences where until is null or until > ?", (now,)).fetchone()[0]:
        _line("silences", str(silent))
    put()


def _line(name: str, *parts: str) -> None:
    """A name and what belongs to it, on more lines where the terminal is narrow."""
    lines = [""]
    for number, part in enumerate(parts):
        piece = part + ("," if number < len(parts) - 1 else "")
        if lines[-1] and NAME + len(lines[-1]) + 1 + len(piece) > columns():
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + piece
    for number, line in enumerate(lines):
        put(bold(name) + " " * (NAME - len(name)) + line if not number else " " * NAME + line)


def _events(connection: sqlite3.Connection) -> None:
    rows = connection.execute(EVENTS).fetchall()
    if rows:
        put("\n" + bold("latest events"))
    for row in rows:
        text = one_line(f"{row['at']} {row['kind']} {row['source_id'] or ''} {row['message']}")
        put("  " + shortened(text, columns() - 2))
