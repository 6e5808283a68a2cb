"""`racewire entity`: the tracked names."""

from __future__ import annotations

import click

from racewire.cli.inputs import read_text
from racewire.cli.output import Form, print_rows, row_options, say
from racewire.cli.session import Session, config_option, pass_session

COLUMNS = ("id", "name", "native", "type", "country", "tags")
WHOLE = (*COLUMNS, "parent", "ticker", "aliases")
TRIED = ("entity", "surface", "start", "end", "certain", "score", "context")
DISCOVERED = ("name", "articles", "figures", "largest_usd", "latest_at", "url")
UNTRACKED = """
with named as (
  select recipient_name as name, article_id, usd_high from figures where recipient is null and recipient_name is not null
  union all select payer_name, article_id, usd_high from figures where payer is null and payer_name is not null
)
select name, count(distinct article_id) as articles, count(*) as figures, max(usd_high) as largest_usd,
  max(articles.first_seen_at) as latest_at, max(articles.url) as url
from named join articles on articles.id = named.article_id group by name order by articles desc, figures desc, name limit ?
"""


@click.group()
def entity() -> None:
    """List the tracked names and see what they match."""


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
                "tags": " ".join(sorted(one.tags)),
                "parent": one.parent,
                "ticker": one.ticker,
                "aliases": list(names) if form in ("json", "nl") else " | ".join(names),
            }
        )
    if not print_rows(rows, form, WHOLE if form else COLUMNS):
        say("no tracked name fits")
    return 0


@entity.command("try")
@click.argument("text", required=False, metavar="[TEXT|FILE|-]")
@click.option("--lang", metavar="CODE", help="The language of the text (ISO 639-1).")
@row_options
@config_option
@pass_session
def try_(session: Session, text: str | None, lang: str | None, form: Form | None) -> int:
    """Show every name found in a text, those too that are uncertain and fire no rule.

    \b
    racewire entity try "Meta is a prefix; Meta bought a startup."
    """
    whole = read_text(text)
    rows = [
        {
            "entity": m.entity,
            "surface": m.surface,
            "start": m.start,
            "end": m.end,
            "certain": m.certain,
            "score": round(m.score, 2),
            "context": whole[max(0, m.start - 25) : m.end + 25],
        }
        for m in session.gazetteer().find(whole, lang)
    ]
    if not print_rows(rows, form, TRIED):
        say("no tracked name found")
    return 0


@entity.command("import")
@click.argument("file", metavar="FILE|-")
@click.option(
    "--to", "target", metavar="FILE", help="The file to add to; default: that of the config, or entities.toml beside it."
)
@config_option
@pass_session
def import_(session: Session, file: str, target: str | None) -> int:
    """Add names of your own from a CSV file to entities.toml.

    The header names the columns: name, and any of id, native, type, country, parent, successor, ticker, wikidata, tags, aliases,
    ambiguous, drop, context, against; the last six are lists, parted by |.

    \b
    name,type,country,aliases
    Acme AI,company,US,Acme Intelligence|艾克米
    """
    from pathlib import Path

    from racewire.cli.entity_files import imported

    config = session.config if target is None else None
    place = (
        Path(target)
        if target
        else (config and config.entities) or Path(config.file.parent if config and config.file else ".", "entities.toml")
    )
    ids = imported(file, place)
    say(f"added {len(ids)} to {place}: {', '.join(ids[:10])}{' …' if len(ids) > 10 else ''}")
    if config and config.entities is None:
        say(f'next: put entities = "{place.name}" at the top of {config.file}')
    return 0


@entity.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="At most so many.")
@row_options
@config_option
@pass_session
def discover(session: Session, limit: int, form: Form | None) -> int:
    """Show who receives or pays money in the articles without being tracked, most often named first."""
    with session.reading() as connection:
        rows = [dict(row) for row in connection.execute(UNTRACKED, (limit,))]
    if not print_rows(rows, form, DISCOVERED):
        say("nobody: every name beside a sum is tracked")
    return 0
