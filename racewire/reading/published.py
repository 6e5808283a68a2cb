"""When a page was published: candidates in order of trust, zones filled in, impossible ones passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain

from racewire.model import Precision
from racewire.reading import jsonld, zones
from racewire.reading.blocks import HEADINGS, Blocks
from racewire.reading.dates import Moment, parse_line, parse_machine
from racewire.reading.head import Head
from racewire.reading.jsonld import Node
from racewire.reading.names import BITS
from racewire.reading.page import Hints

_META = """
article:published_time og:article:published_time og:published_time article:published rnews:datepublished datepublished parsely-pub-date
sailthru.date publish-date publish_date publishdate pubdate published_time published-date publication_date published dcterms.created dc.date.issued
dcterms.issued dcterms.date dc.date date_published cxenseparse:recs:publishtime cxenseparse:publishtime its_publication created
date_created date displaydate originalpublicationdate prism.publicationdate bt:pubdate citation_publication_date
""".split()
_YEAR = re.compile(r"(?:19|20|25)\d\d|\d[./-]\d\d?[./-]\d\d")
_DATED = BITS["time"] | BITS["person"] | BITS["tags"]
_MODIFIED_META = (
    "article:modified_time og:article:modified_time og:updated_time datemodified dcterms.modified last-modified".split()
)


@dataclass(frozen=True, slots=True)
class Published:
    """The answer: an instant in UTC, how precise it is, where it stood, how it was written, where its zone is from."""

    at: datetime | None = None
    precision: Precision = "none"
    source: str = ""
    raw: str = ""
    zone_from: str | None = None
    modified_at: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of where a page is read: for the zone and the order of day and month."""

    hints: Hints
    country: str | None
    lang: str | None

    @property
    def month_first(self) -> bool:
        """Whether 6/7/2023 is the seventh of June here."""
        country = self.hints.country or self.country
        if country:
            return country.lower() in ("us", "ph", "pr")
        return (self.hints.lang or self.lang or "en") == "en"


def published(head: Head, nodes: list[Node], page: Blocks, place: Place, fetched_at: datetime | None) -> Published:
    """The moment of publication, and of the last change where the page tells one."""
    notes: list[str] = []
    limit = fetched_at + timedelta(hours=24) if fetched_at else datetime(2100, 1, 1, tzinfo=UTC)
    found = [(m, s) for m, s in _machine(head, nodes)]
    modified = next(_modified(head, nodes), None)
    stated = [m for m, _ in found if m.stated] + ([modified] if modified and modified.stated else [])
    late: tuple[Moment, str] | None = None
    for moment, source in chain(found, _visible(head, page, place)):
        when, origin = _placed(moment, stated, place)
        if when > limit:
            notes.append("date-in-future")
            late = late or (moment, source)
            continue
        finer = _finer(moment, found, when)
        if finer is not None:
            moment, source = finer
            when, origin = _placed(moment, stated, place)
        change = _placed(modified, stated, place)[0] if modified else None
        return Published(when, moment.precision, source, moment.raw, origin, change, tuple(notes))
    if late is not None and fetched_at is not None:
        return Published(fetched_at, "none", late[1], late[0].raw, None, None, tuple(notes))
    return Published(notes=tuple(notes))


def _machine(head: Head, nodes: list[Node]) -> Iterator[tuple[Moment, str]]:
    for node in nodes:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if moment := parse_machine(jsonld.text_of(node, key)):
                yield moment, f"json-ld {key}"
    for key in _META:
        for value in head.meta.get(key, ()):
            if moment := parse_machine(value):
                yield moment, f"meta {key}"
    for value, _ in head.times[:3]:
        if moment := parse_machine(value):
            yield moment, "time"


def _modified(head: Head, nodes: list[Node]) -> Iterator[Moment]:
    for node in nodes:
        if moment := parse_machine(jsonld.text_of(node, "dateModified")):
            yield moment
    for key in _MODIFIED_META:
        for value in head.meta.get(key, ()):
            if moment := parse_machine(value):
                yield moment


def _visible(head: Head, page: Blocks, place: Place) -> Iterator[tuple[Moment, str]]:
    lang = place.hints.lang or place.lang
    titles = [i for i, block in enumerate(page.blocks) if block.tag in HEADINGS and block.tag == "h1"]
    anchor = titles[0] if titles else 0
    ranked = []
    for index, block in enumerate(page.blocks):
        if len(block.text) > 160 or not _YEAR.search(block.text):
            continue
        if block.linked > len(block.text) / 2:
            continue
        for moment in parse_line(block.text, lang=lang, month_first=place.month_first):
            if moment.kind == "modified":
                continue
            distance = index - anchor if index >= anchor else 2 * (anchor - index)
            score = (
                distance
                - 5 * (moment.kind == "published")
                - 3 * (moment.precision != "day")
                - 3 * bool(page.containers[block.container].own & _DATED)
            )
            ranked.append((score, index, moment))
    for _, _, moment in sorted(ranked, key=lambda entry: entry[:2]):
        yield moment, "visible"


def _placed(moment: Moment, stated: list[Moment], place: Place) -> tuple[datetime, str]:
    """The instant of a moment, and whence its zone."""
    if moment.stated:
        return moment.when.astimezone(UTC), "stated"
    zone, origin = _zone(place)
    return moment.when.replace(tzinfo=zone).astimezone(UTC), origin


def _zone(place: Place) -> tuple[tzinfo, str]:
    for zone, origin in (
        (zones.zone(place.hints.timezone) if place.hints.timezone else None, "hint"),
        (zones.zone_of_country(place.hints.country), "hint"),
        (zones.zone_of_country(place.country), "country"),
        (zones.zone_of_language(place.hints.lang or place.lang), "language"),
    ):
        if zone is not None:
            return zone, origin
    return UTC, "assumed"


def _finer(moment: Moment, found: list[tuple[Moment, str]], when: datetime) -> tuple[Moment, str] | None:
    """Another candidate that tells the same day with more precision."""
    if moment.precision != "day":
        return None
    return next(((m, s) for m, s in found if m.precision != "day" and m.when.date() == moment.when.date()), None)
