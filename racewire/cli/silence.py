"""`racewire silence`: keep a story, a name, a rule or a source quiet."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import click

from racewire.cli.output import Form, print_rows, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import UsageError

COLUMNS = ("id", "kind", "target", "created_at", "until", "reason")


@click.group()
def silence() -> None:
    """Keep a story, a name, a rule or a source quiet: nothing is sent, everything is still stored."""


@silence.command()
@click.argument("kind", type=click.Choice(["story", "entity", "rule", "source"]))
@click.argument("target")
@click.option("--for", "length", metavar="TIME", help="For how long (30m, 12h, 7d); default: until it is removed.")
@click.option("--reason", metavar="WORDS", help="Why, for whoever finds it later.")
@config_option
@pass_session
def add(session: Session, kind: str, target: str, length: str | None, reason: str | None) -> int:
    """Silence a story, an entity, a rule or a source, by its id.

    \b
    racewire silence add story 17 --for 7d --reason "old news"
    """
    from racewire.archive.times import stamp

    now = datetime.now(UTC)
    until = stamp(now + _length(length)) if length else None

    def insert(connection: sqlite3.Connection) -> int | None:
        _exists(connection, kind, target)
        cursor = connection.execute(
            "insert into silences(kind, target, created_at, until, reason) values (?, ?, ?, ?, ?)",
            (kind, target, stamp(now), until, reason),
        )
        return cursor.lastrowid

    _check_name(session, kind, target)
    with session.writing() as archive:
        id = archive.write(insert)
    say(f"silence {id}: {kind} {target} is quiet {f'until {until}' if until else 'until it is removed'}")
    return 0


@silence.command("list")
@click.option("--all", "past", is_flag=True, help="Those that are over too.")
@row_options
@config_option
@pass_session
def list_(session: Session, past: bool, form: Form | None) -> int:
    """List the silences in force."""
    from racewire.archive.times import stamp

    query = f"select {', '.join(COLUMNS)} from silences where ? or until is null or until > ? order by id"  # noqa: S608
    with session.reading() as connection:
        rows = connection.execute(query, (past, stamp(datetime.now(UTC)))).fetchall()
    if not print_rows(map(dict, rows), form, COLUMNS):
        say("nothing is silenced")
    return 0


@silence.command()
@click.argument("id", type=int)
@config_option
@pass_session
def remove(session: Session, id: int) -> int:
    """End a silence, by its id."""
    with session.writing() as archive:
        gone = archive.write(lambda connection: connection.execute("delete from silences where id = ?", (id,)).rowcount)
    if not gone:
        raise UsageError(f"no silence has the id {id}: `racewire silence list` lists them")
    say(f"silence {id} is over")
    return 0


def _length(text: str) -> timedelta:
    from racewire.config.values import seconds

    try:
        return timedelta(seconds=seconds(text))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--for: {error}; write it as 30m, 12h or 7d") from None


def _exists(connection: sqlite3.Connection, kind: str, target: str) -> None:
    if kind == "story" and not (
        target.isdecimal() and connection.execute("select 1 from stories where id = ?", (int(target),)).fetchone()
    ):
        raise UsageError(f"no story has the id '{target[:60]}'")


def _check_name(session: Session, kind: str, target: str) -> None:
    """A silence for a name that does not exist would keep nothing quiet."""
    if kind == "entity" and session.gazetteer().get(target) is None:
        meant = session.gazetteer().resolve(target)
        raise UsageError(
            f"no entity has the id '{target[:60]}'"
            + (f": did you mean '{meant}'?" if meant else ": `racewire entity list` lists them")
        )
    if kind == "source" and target not in {source.id for source in session.config.source}:
        raise UsageError(f"no source has the id '{target[:60]}': `racewire source list` lists them")
    if kind == "rule" and (rules := session.rules()) is not None and rules.rule(target) is None:
        raise UsageError(f"no rule has the id '{target[:60]}': the rules are in {session.config.rules}")
