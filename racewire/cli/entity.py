"""`racewire entity`: the tracked names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from racewire.cli.entity_edit import add, import_, off, on
from racewire.cli.entity_lab import discover, try_
from racewire.cli.output import Form, print_rows, row_options, say
from racewire.cli.session import Session, config_option, pass_session

COLUMNS = ("id", "name", "native", "type", "country", "tags")
WHOLE = (*COLUMNS, "parent", "ticker", "wikidata", "aliases")


@click.group()
def entity() -> None:
    """List, add and change the tracked names, and see what they match."""


@entity.command("list")
@click.argument("words", nargs=-1)
@click.option("--type", "kind", metavar="TYPE", help="Only those of a type: company, lab, fund, person, model, …")
@click.option("--country", metavar="CODE", help="Only those of a country (ISO 3166-1).")
@click.option("--tag", metavar="TAG", help="Only those with a tag.")
@row_options
@config_option
@pass_session
def list_(
    session: Session, words: tuple[str, ...], kind: str | None, country: str | None, tag: str | None, form: Form | None
) -> int:
    """List the tracked names; with WORDS, those that hold one of them in any spelling."""
    from racewire.entities.listing import entity_rows

    gazetteer = session.gazetteer()
    wanted = [word.casefold() for word in words]
    rows = entity_rows(gazetteer, gazetteer.select(country=country, type=kind, tag=tag))
    if wanted:
        rows = [row for row in rows if any(word in name.casefold() for word in wanted for name in _written(row))]
    if form not in ("json", "nl"):
        rows = [row | {key: " | ".join(row[key]) for key in ("tags", "aliases")} for row in rows]
    if not print_rows(rows, form, WHOLE if form else COLUMNS):
        say("no tracked name fits")
    return 0


def _written(row: Mapping[str, Any]) -> Iterator[str]:
    yield row["id"]
    yield from row["aliases"]


for command in (add, import_, off, on, try_, discover):
    entity.add_command(command)
