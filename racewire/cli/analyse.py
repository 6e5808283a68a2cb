"""`racewire analyse`: what racewire sees in one page."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from racewire.cli.inputs import Line, answer_lines, optional_text, read_bytes, wanted_text
from racewire.cli.jsonable import jsonable
from racewire.cli.output import as_json
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import UsageError

if TYPE_CHECKING:
    from racewire.entities import Gazetteer
    from racewire.reading import Hints


@click.command()
@click.argument("file", required=False, metavar="[FILE|-]")
@click.option("--url", help="The address that the page came from.")
@click.option("--fetched-at", metavar="TIME", help="When it was fetched, as 2023-06-29T09:00:00Z; dates after that are doubted.")
@click.option("--encoding", metavar="NAME", help="The charset that the server named.")
@click.option("--lang", metavar="CODE", help="The language of the source (ISO 639-1).")
@click.option("--country", metavar="CODE", help="The country of the source (ISO 3166-1).")
@click.option("--timezone", metavar="ZONE", help="The zone of dates that name none.")
@click.option("--json", "json", is_flag=True, help="Print the record as JSON.")
@click.option(
    "--jsonl", is_flag=True, help='Read {"id","url","html_file"|"html","fetched_at"?} lines and answer each with one record.'
)
@config_option
@pass_session
def analyse(
    session: Session,
    file: str | None,
    url: str | None,
    fetched_at: str | None,
    encoding: str | None,
    lang: str | None,
    country: str | None,
    timezone: str | None,
    json: bool,
    jsonl: bool,
) -> int:
    """Show what racewire sees in one page, and where each part came from.

    \b
    racewire analyse page.html --url https://news.example/2023/story.html
    curl -s URL | racewire analyse - --url URL --json
    """
    from racewire.analysis import record_of
    from racewire.reading import read

    if jsonl:
        return answer_lines(partial(_answer, session.gazetteer()))
    if not url:
        raise UsageError("--url is missing: the address says what site it is and how dates are meant")
    hints = _hints(lang, country, timezone)
    page = read(read_bytes(file or "-"), url, fetched_at=_moment(fetched_at), encoding=encoding, hints=hints)
    record = record_of(page, session.gazetteer())
    if json:
        click.echo(as_json(jsonable(record), indent=2))
    else:
        from racewire.cli.page_view import show

        show(page, record)
    return 0


def _answer(names: Gazetteer, line: Line) -> Line:
    from racewire.analysis import analyse as read_page

    url, encoding = wanted_text(line, "url"), optional_text(line, "encoding")
    hints = _hints(optional_text(line, "lang"), optional_text(line, "country"), optional_text(line, "timezone"))
    if line.get("html") is not None:
        content, encoding = wanted_text(line, "html").encode("utf-8", "surrogatepass"), "utf-8"
    else:
        content = read_bytes(wanted_text(line, "html_file"))
    record = jsonable(
        read_page(
            content, url, fetched_at=_moment(optional_text(line, "fetched_at")), encoding=encoding, entities=names, hints=hints
        )
    )
    assert isinstance(record, dict)
    return record


def _hints(lang: str | None, country: str | None, timezone: str | None) -> Hints:
    from racewire.reading import Hints

    return Hints(lang=lang, country=country, timezone=timezone)


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text[:40]}' is not a time: write it as 2023-06-29T09:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
