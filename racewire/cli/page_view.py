"""One analysed page for a person: fields and where they came from, sums with their sentence, names."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from racewire.cli.output import bold, colours, put
from racewire.model import Figure, Record
from racewire.reading import Page
from racewire.text.sentences import sentence_at
from racewire.text.terminal import one_line, printable, shortened

_LONGEST = 400


def show(page: Page, record: Record) -> None:
    """Prints the page."""
    for name, value, source in _fields(page, record):
        where = f"   [{source}]" if source else ""
        put(f"{bold(f'{name:10}')} {one_line(value)}{where}")
    for note in page.notes:
        put(f"{'':10} {one_line(note)}")
    text = record.text or record.title
    figures = [(text, figure) for figure in record.figures] + [(record.title, figure) for figure in record.title_figures]
    if figures:
        put("\n" + bold("sums of money"))
    for where, figure in figures:
        put(f"  {one_line(figure.surface)}: {_meaning(figure)}")
        put(
            f"      {quoted(where, figure.start, figure.end, record.lang)}"
            + (f"   [cue: {one_line(figure.cue)}]" if figure.cue else "")
        )
    if record.mentions or record.title_mentions:
        put("\n" + bold("names"))
    for entity, spellings in _names(record).items():
        words = ", ".join(
            f"{one_line(word)} ×{count}" if count > 1 else one_line(word) for word, count in spellings.most_common()
        )
        put(f"  {entity}: {words}")
    if record.uncertain:
        doubtful = sorted({f"{mention.entity} ({one_line(mention.surface)})" for mention in record.uncertain})
        put(f"  uncertain, so left out: {', '.join(doubtful)}")


def _fields(page: Page, record: Record) -> Iterator[tuple[str, str, str]]:
    sources = page.sources
    if record.problem:
        yield "problem", record.problem, ""
    yield "title", record.title or "none found", sources.get("title", "")
    moment = record.published_at.strftime("%Y-%m-%d %H:%M:%S UTC") if record.published_at else "none found"
    detail = f" ({record.published_precision})" if record.published_at else ""
    read = f', read "{page.date_raw}"' if page.date_raw else ""
    zone = f", zone from {page.zone_from}" if page.zone_from else ""
    yield "published", f"{moment}{detail}{read}{zone}", sources.get("published_at", "")
    yield "authors", ", ".join(record.authors) or "none found", sources.get("authors", "")
    yield "site", record.site_name or "none found", sources.get("site_name", "")
    yield "language", record.lang or "unknown", ""
    yield "canonical", record.canonical_url or "none found", sources.get("canonical_url", "")
    yield "image", record.image_url or "none found", sources.get("image_url", "")
    yield "text", f"{len(record.text)} characters: {shortened(one_line(record.text[:400]), 160)}", ""


def _meaning(figure: Figure) -> str:
    parts = [figure.role, amount(figure.low, figure.high, figure.currency)]
    if figure.currency != "USD" and (figure.usd_low is not None or figure.usd_high is not None):
        parts.append(f"{amount(figure.usd_low, figure.usd_high, 'USD')} at the rate of {figure.rate_on} ({figure.rate_source})")
    parts += [figure.round or "", figure.certainty if figure.certainty != "stated" else "", "about" if figure.approx else ""]
    parts += [f"per {figure.per}" if figure.per else "", "so far" if figure.cumulative else ""]
    if to := figure.recipient or figure.recipient_name:
        parts.append(f"to {to}")
    if by := figure.payer or figure.payer_name:
        parts.append(f"by {by}")
    return one_line(" · ".join(part for part in parts if part))


def amount(low: Decimal | None, high: Decimal | None, currency: str | None) -> str:
    """A sum or a range, thousands parted by blanks: `USD 50 000 000`."""
    unit = currency or "?"
    if low is None and high is None:
        return unit
    if low == high:
        return f"{unit} {_number(low)}"
    if high is None:
        return f"{unit} {_number(low)} or more"
    if low is None:
        return f"{unit} {_number(high)} or less"
    return f"{unit} {_number(low)} to {_number(high)}"


def _number(value: Decimal | None) -> str:
    return f"{value:,f}".replace(",", " ") if value is not None else ""


def quoted(text: str, start: int, end: int, lang: str | None) -> str:
    """The sentence around text[start:end], with the stretch marked."""
    first, last = sentence_at(text, start, end, lang)
    first, last = max(first, start - _LONGEST // 2), min(last, end + _LONGEST // 2)
    left, right = ("\x1b[1m", "\x1b[0m") if colours(sys.stdout) else (">>", "<<")
    before, marked, after = (
        " ".join(printable(part.replace("\n", " "), " ").split(" "))
        for part in (text[first:start], text[start:end], text[end:last])
    )
    return f"{before.lstrip()}{left}{marked}{right}{after.rstrip()}"


def _names(record: Record) -> dict[str, Counter[str]]:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in (*record.mentions, *record.title_mentions):
        names[mention.entity][mention.surface] += 1
    return names
