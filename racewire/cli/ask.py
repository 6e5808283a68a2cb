"""`racewire ask`: prepared questions and read-only SQL."""

from __future__ import annotations

import click

from racewire.cli.output import Form, print_rows, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import UsageError


@click.command()
@click.argument("question", required=False, metavar="[NAME|SQL]")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--sql", is_flag=True, help="Print the SQL of a prepared question instead of its answer.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="At most so many rows.")
@row_options
@config_option
@pass_session
def ask(session: Session, question: str | None, values: tuple[str, ...], sql: bool, limit: int, form: Form | None) -> int:
    """Ask the database. Without a question: list those that are prepared, and what they take.

    SQL may only read, and is stopped after five seconds.

    \b
    racewire ask raised since=90d
    racewire ask "select lang, count(*) articles from articles group by lang"
    """
    from racewire.archive.questions import ask as answer_to
    from racewire.archive.questions import questions

    known = questions()
    if question is None:
        rows = [
            {"name": q.name, "question": q.title, "takes": " ".join(f"{k}={v}" for k, v in q.parameters.items())}
            for q in known.values()
        ]
        print_rows(rows, form)
        return 0
    is_sql = question not in known and any(c.isspace() for c in question)
    if sql:
        if question not in known:
            raise UsageError(f"no question is called '{question[:60]}': `racewire ask` lists them")
        click.echo(known[question].sql)
        return 0
    with session.reading() as connection:
        if is_sql:
            if values:
                raise UsageError("KEY=VALUE goes with a prepared question; write the values into the SQL")
            from racewire.archive.ask import run_sql

            answer = run_sql(connection, question, limit=limit)
        else:
            _known(question, list(known))
            answer = answer_to(connection, question, _pairs(values), limit=limit)
    if not print_rows(answer.as_dicts(), form, answer.columns):
        say("no rows")
    if answer.cut:
        say(f"only the first {limit} rows; --limit shows more")
    return 0


def _known(question: str, names: list[str]) -> None:
    if question not in names:
        from difflib import get_close_matches

        near = get_close_matches(question.lower(), names, n=1)
        help = f"did you mean '{near[0]}'?" if near else "`racewire ask` lists them; anything else is read as SQL"
        raise UsageError(f"no question is called '{question[:60]}': {help}")


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for value in values:
        key, equals, text = value.partition("=")
        if not equals:
            raise UsageError(f"'{value[:60]}' is not KEY=VALUE, such as since=90d")
        pairs[key] = text
    return pairs
