"""`racewire figures` and `racewire mentions`: what stands in a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from racewire.cli.inputs import Line, answer_lines, optional_text, read_text, wanted_text
from racewire.cli.jsonable import jsonable
from racewire.cli.output import Form, print_rows, put, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import UsageError
from racewire.model import Figure
from racewire.text.terminal import one_line

_WHOLE = (
    "start",
    "end",
    "surface",
    "low",
    "high",
    "currency",
    "approx",
    "bound",
    "per",
    "role",
    "certainty",
    "round",
    "recipient",
    "payer",
)
_MENTION = ("entity", "start", "end", "surface")

text_argument = click.argument("text", required=False, metavar="[TEXT|FILE|-]")
lang_option = click.option(
    "--lang", metavar="CODE", help="The language of the text (ISO 639-1); found out where it is not given."
)
lines_option = click.option("--jsonl", is_flag=True, help='Read {"id","text","lang"?} lines and answer each with one line.')


@click.command()
@text_argument
@lang_option
@click.option(
    "--published-on", metavar="DATE", help="The day whose exchange rate counts, as 2023-06-29; default: the newest known."
)
@lines_option
@row_options
@config_option
@pass_session
def figures(
    session: Session, text: str | None, lang: str | None, published_on: str | None, jsonl: bool, form: Form | None
) -> int:
    """Find sums of money in a text, in any of the languages that racewire reads.

    Each is shown in its sentence, with what it means and the words that decided it.

    \b
    racewire figures "Baichuan đã huy động 50 triệu USD vốn hạt giống."
    """
    from racewire.entities import find_mentions
    from racewire.figures import find_figures

    names = session.gazetteer()

    def found_in(text: str, lang: str | None, on: date | None) -> object:
        return jsonable(find_figures(text, lang, published_on=on, mentions=find_mentions(text, lang, entities=names)))

    def lines(line: Line) -> Line:
        on = _day(optional_text(line, "published_on"))
        return {"figures": found_in(wanted_text(line, "text"), optional_text(line, "lang"), on)}

    if jsonl:
        return answer_lines(lines)
    on = _day(published_on)
    whole = read_text(text)
    if form is None:
        return _tell(whole, find_figures(whole, lang, published_on=on, mentions=find_mentions(whole, lang, entities=names)), lang)
    found = found_in(whole, lang, on)
    assert isinstance(found, list)
    if not print_rows(found, form, _WHOLE if form == "csv" else None):
        say("no sum of money found")
    return 0


def _tell(text: str, found: Sequence[Figure], lang: str | None) -> int:
    """For a person: each sum marked in its sentence, what it means, and which words decided it."""
    from racewire.figures import explain

    for number, told in enumerate(explain(text, found, lang)):
        if number:
            put()
        for line in str(told).splitlines():
            put(line[: len(line) - len(line.lstrip())] + one_line(line.strip()))
    if not found:
        say("no sum of money found")
    return 0


@click.command()
@text_argument
@lang_option
@click.option("--all", "every", is_flag=True, help="Those too that are uncertain and fire no rule, with their score.")
@lines_option
@row_options
@config_option
@pass_session
def mentions(session: Session, text: str | None, lang: str | None, every: bool, jsonl: bool, form: Form | None) -> int:
    """Find tracked names in a text.

    \b
    racewire mentions "腾讯投资百川智能"
    """
    from racewire.entities import find_mentions

    names = session.gazetteer()

    def found_in(text: str, lang: str | None) -> object:
        return jsonable(names.find(text, lang) if every else find_mentions(text, lang, entities=names))

    def lines(line: Line) -> Line:
        return {"mentions": found_in(wanted_text(line, "text"), optional_text(line, "lang"))}

    if jsonl:
        return answer_lines(lines)
    found = found_in(read_text(text), lang)
    assert isinstance(found, list)
    columns = (*_MENTION, "certain", "score") if every else _MENTION
    if not print_rows(found, form, None if form in ("json", "nl") else columns):
        say("no tracked name found")
    return 0


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text[:40]}' is not a day: write it as 2023-06-29") from None
