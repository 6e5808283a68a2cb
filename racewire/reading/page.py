"""The values that the reading of a page gives and takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from racewire.model import Precision


@dataclass(frozen=True, slots=True)
class Hints:
    """What the configuration knows of a source and a page may not say: ISO 639-1 language, ISO 3166 country, IANA zone."""

    lang: str | None = None
    country: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page, read.

    `published_at` and `modified_at` are aware datetimes in UTC or None, cut to the second. `text` has one paragraph
    or subheading a line. `sources` says for each field that was found where it came from, such as
    `json-ld datePublished` or `meta og:title`; for dates the raw text and the origin of the zone follow in `date_raw`
    and `zone_from` (`stated`, `page`, `hint`, `country`, `language`, `assumed`). `notes` are flags that do no harm
    to the record, such as `date-in-future` or `charset-mislabelled`; `problem` is None or the code that a record carries.
    """

    url: str
    canonical_url: str | None = None
    title: str = ""
    text: str = ""
    lang: str | None = None
    published_at: datetime | None = None
    published_precision: Precision = "none"
    modified_at: datetime | None = None
    authors: tuple[str, ...] = ()
    site_name: str | None = None
    image_url: str | None = None
    problem: str | None = None
    encoding: str | None = None
    date_raw: str | None = None
    zone_from: str | None = None
    notes: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
