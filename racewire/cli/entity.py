"""`racewire entity`: the tracked names."""

from __future__ import annotations

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
    gazetteer = session.gazetteer()
    ids = gazetteer.select(country=country, type=kind, tag=tag)
    wanted = [word.casefold() for word in words]
    rows = []
    for one in sorted((e for e in gazetteer if e.id in ids), key=lambda e: e.id):
        names = gazetteer.names(one.id)
        if wanted and not any(word in name.casefold() for word in wanted for name in (one.id, *names)):
            continue
        rows.append(
            {
                "id": one.id,
                "name": one.name,
                "native": one.native,
                "type": one.type,
                "country": one.country,
                "tags": sorted(one.tags) if form in ("json", "nl") else " | ".join(sorted(one.tags)),
                "parent": one.parent,
                "ticker": one.ticker,
                "wikidata": one.wikidata,
                "aliases": list(names) if form in ("json", "nl") else " | ".join(names),
            }
        )
    if not print_rows(rows, form, WHOLE if form else COLUMNS):
        say("no tracked name fits")
    return 0


for command in (add, import_, off, on, try_, discover):
    entity.add_command(command)
