"""One page to one record: reading, mentions and figures together."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from racewire.model import Record
from racewire.reading import Hints, Page, read

if TYPE_CHECKING:
    from racewire.entities import Gazetteer

VERSION = "1"


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

    text = page.text or page.title
    found = (entities or Names.shipped()).find(text, page.lang)
    certain = tuple(mention for mention in found if mention.certain)
    figures = find_figures(
        text, page.lang, published_on=page.published_at.date() if page.published_at else None, mentions=list(certain)
    )
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
        mentions=certain,
        figures=tuple(figures),
        content_hash=content_hash(page.title, page.text),
        analyser_version=VERSION,
        problem=page.problem,
        uncertain=tuple(mention for mention in found if not mention.certain),
    )


def content_hash(title: str, text: str) -> str:
    """SHA-256 of title and text; differences of width, case and blanks do not count."""
    folded = " ".join(unicodedata.normalize("NFKC", f"{title}\n{text}").casefold().split())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()
