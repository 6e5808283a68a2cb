"""One page to one record: reading, mentions and figures together."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from racewire.model import Figure, Mention, Record
from racewire.reading import Hints, Page, read

if TYPE_CHECKING:
    from racewire.entities import Gazetteer

VERSION = "3"
# How far the sum of a headline may be from that of the text, as a share of it: "$9 billion" over "$8.8 billion".
ROUNDED = Decimal("0.1")


def analyse(
    html: bytes,
    url: str,
    *,
    fetched_at: datetime | None = None,
    encoding: str | None = None,
    entities: Gazetteer | None = None,
    hints: Hints | None = None,
) -> Record:
    """What racewire sees in one page. Pure: the same bytes give the same record.

    `fetched_at` is the aware moment of the fetch, `encoding` the charset of the HTTP header, `entities` the names to look for (the shipped ones
    when None), `hints` what the source's configuration knows. Offsets of mentions and figures refer to `text`, or to the
    title where there is no text. Never raises on any bytes.
    """
    return record_of(read(html, url, fetched_at=fetched_at, encoding=encoding, hints=hints), entities)


def record_of(page: Page, entities: Gazetteer | None = None) -> Record:
    """A page that was read, with the mentions and figures of its text."""
    from racewire.entities import Gazetteer as Names  # loaded at first use: importing racewire stays cheap
    from racewire.figures import find_figures

    names = Names.shipped() if entities is None else entities
    published_on = page.published_at.date() if page.published_at else None

    def read_text(text: str) -> tuple[list[Mention], list[Mention], list[Figure]]:
        found = names.find(text, page.lang)
        certain = [mention for mention in found if mention.certain]
        uncertain = [mention for mention in found if not mention.certain]
        return certain, uncertain, find_figures(text, page.lang, published_on=published_on, mentions=certain)

    certain, uncertain, figures = read_text(page.text or page.title)
    title_mentions, _, title_figures = read_text(page.title) if page.text else ([], [], [])
    named = {mention.entity for mention in certain}
    return Record(
        url=page.url,
        canonical_url=page.canonical_url,
        title=page.title,
        text=page.text,
        lang=page.lang,
        published_at=page.published_at,
        published_precision=page.published_precision,
        authors=page.authors,
        site_name=page.site_name,
        image_url=page.image_url,
        mentions=tuple(certain),
        figures=tuple(figures),
        content_hash=content_hash(page.title, page.text),
        analyser_version=VERSION,
        problem=page.problem,
        uncertain=tuple(uncertain),
        title_mentions=tuple(mention for mention in title_mentions if mention.entity not in named),
        title_figures=tuple(_untold(title_figures, figures)),
    )


def _untold(of_title: list[Figure], of_text: list[Figure]) -> list[Figure]:
    """The figures of a title that the text does not state, exactly or about; a sum goes together with those that restate it."""
    roots = [place if figure.equivalent_of is None else figure.equivalent_of for place, figure in enumerate(of_title)]
    told = {root for root, figure in zip(roots, of_title, strict=True) if any(_same(figure, other) for other in of_text)}
    kept = [place for place, root in enumerate(roots) if root not in told]
    numbers = {place: number for number, place in enumerate(kept)}
    return [
        figure if figure.equivalent_of is None else replace(figure, equivalent_of=numbers.get(figure.equivalent_of))
        for figure in (of_title[place] for place in kept)
    ]


def _same(one: Figure, other: Figure) -> bool:
    """Whether two sums may be one: the same currency, and ends that differ by no more than a headline rounds."""
    ends = [(one.low, other.low), (one.high, other.high)]
    return one.currency == other.currency and all(a is None or b is None or abs(a - b) <= ROUNDED * max(a, b) for a, b in ends)


def content_hash(title: str, text: str) -> str:
    """SHA-256 of title and text; differences of width, case and blanks do not count."""
    plain = unicodedata.normalize("NFKC", f"{title}\n{text}").casefold()
    folded = plain.replace("\n", " ")
    if "  " in folded or not folded.isprintable() or folded != folded.strip():
        folded = " ".join(plain.split())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()
