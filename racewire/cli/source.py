"""`racewire source`: list, add, try and check sources."""

from __future__ import annotations

from contextlib import closing

import click

from racewire.cli import completing
from racewire.cli.output import Form, print_rows, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import SourceError, UsageError
from racewire.text.terminal import one_line

COLUMNS = ("id", "kind", "enabled", "problem", "last_ok_at", "last_new_at", "articles", "url")
WHOLE = (
    "id",
    "url",
    "kind",
    "lang",
    "country",
    "timezone",
    "enabled",
    "every_s",
    "problem",
    "failures",
    "last_ok_at",
    "last_new_at",
    "next_due_at",
    "articles",
)
KNOWN = ("id", "lang", "country", "kind", "topic", "off", "name", "url")
CHECKED = ("id", "problem", "links", "requests", "ms", "message")
STATE = """
select problem, failures, last_ok_at, last_new_at, next_due_at,
  (select count(*) from articles where source_id = sources.id) as articles
from sources where id = ?
"""


@click.group()
def source() -> None:
    """List, add, try and check sources."""


@source.command("list")
@click.option("--known", is_flag=True, help="The sources that racewire knows and `source add` can add.")
@row_options
@config_option
@pass_session
def list_(session: Session, known: bool, form: Form | None) -> int:
    """List the sources of the config and how they are doing."""
    if known:
        from racewire.cli.jsonable import jsonable
        from racewire.config.starters import known_sources

        rows = jsonable(known_sources())
        assert isinstance(rows, list)
        print_rows(rows, form, KNOWN)
        return 0
    rows = [
        {
            "id": one.id,
            "url": one.url,
            "kind": one.kind,
            "lang": one.lang,
            "country": one.country,
            "timezone": one.timezone,
            "enabled": one.enabled,
            "every_s": one.every,
        }
        for one in session.config.source
    ]
    if session.config.database.exists():
        with session.reading() as connection, closing(connection.cursor()) as cursor:
            for row in rows:
                state = cursor.execute(STATE, (row["id"],)).fetchone()
                row.update(dict(state) if state else {})
    if not print_rows(rows, form, WHOLE if form else COLUMNS):
        say("no source; `racewire source add URL` adds one")
    return 0


@source.command()
@click.argument("what", metavar="URL|ID")
@click.option("--id", "id", metavar="NAME", help="Its id; default: made of the address.")
@click.option("--kind", type=click.Choice(["feed", "sitemap", "listing", "auto"]), help="What stands there; default: auto.")
@click.option("--every", metavar="TIME", help="How often to look (10m, 1h).")
@click.option("--lang", metavar="CODE", help="The language of its articles (ISO 639-1).")
@click.option("--country", metavar="CODE", help="Its country (ISO 3166-1).")
@click.option("--timezone", metavar="ZONE", help="The zone of dates that name none.")
@click.option("--links", metavar="SELECTOR", help="A CSS selector of the links to articles, for listings.")
@config_option
@pass_session
def add(session: Session, /, what: str, **given: str | None) -> int:
    """Add a source to the end of racewire.toml: an address, or the ID of a known source (`source list --known`)."""
    from racewire.cli.source_add import added

    config = session.config
    if config.file is None:
        raise UsageError("there is no config file to add it to: `racewire init` writes one")
    id = added(config.file, what, {key: value for key, value in given.items() if value is not None})
    say(f"added {id} to {config.file}")
    say(f"next: racewire source try {id}")
    return 0


@source.command("try")
@click.argument("what", metavar="ID|URL", shell_complete=completing.sources)
@click.option("--kind", type=click.Choice(["feed", "sitemap", "listing", "auto"]), default="auto", help="What stands at a URL.")
@click.option("--links", metavar="SELECTOR", help="A CSS selector of the links to articles, for a URL.")
@config_option
@pass_session
def try_(session: Session, what: str, kind: str, links: str | None) -> int:
    """Fetch a source and a few of its articles, and show what racewire sees. Nothing is stored.

    Ends with 1 where it gives no article, with 4 where it fails.
    """
    import asyncio

    from crawler.probe import probe
    from racewire.cli.source_choice import crawl_settings, shown, source_for

    wanted = source_for(session, what, kind, links)
    entities = session.config.entities if session.has_config() else None
    sighting = asyncio.run(probe(crawl_settings(session), wanted, entities=entities))
    report = sighting.report
    say(f"{wanted.url}: {report.links} links, {report.requests} requests, {report.bytes} bytes, {report.ms} ms")
    say(f"robots.txt: {sighting.robots}" + (f", a pause of {sighting.crawl_delay:g} s" if sighting.crawl_delay else ""))
    if report.problem:
        raise SourceError(report.problem, f"{wanted.id} fails ({report.problem}): {report.message or 'no more is known'}")
    for url, code in sighting.lost:
        say(f"no article: {one_line(url)} ({code})")
    if not sighting.records:
        say("no article: the links lead to none, or there are none; for a listing, --links says where they stand")
        return 1
    for name, value in shown(sighting.records[0]).items():
        click.echo(f"{name:12} {value}")
    return 0


@source.command()
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=completing.sources)
@click.option("--all", "off_too", is_flag=True, help="Those that are switched off too.")
@row_options
@config_option
@pass_session
def check(session: Session, ids: tuple[str, ...], off_too: bool, form: Form | None) -> int:
    """Ask each source (or those named) for its list of articles and say whether it answers. Nothing is stored.

    Ends with 4 where one fails.
    """
    import asyncio

    from crawler.probe import look_at_all

    sources = session.config.source
    unknown = sorted(set(ids) - {one.id for one in sources})
    if unknown:
        raise UsageError(f"no source has the id '{unknown[0][:60]}': `racewire source list` lists them")
    chosen = [one for one in sources if (one.id in ids if ids else one.enabled or off_too)]
    reports = asyncio.run(look_at_all(session.config.crawl, chosen))
    rows = [
        {"id": r.source_id, "problem": r.problem, "links": r.links, "requests": r.requests, "ms": r.ms, "message": r.message}
        for r in reports
    ]
    print_rows(rows, form, CHECKED)
    failing = [report.source_id for report in reports if report.problem]
    say(f"{len(reports) - len(failing)} of {len(reports)} sources answer")
    return 4 if failing else 0
