"""When a page was published: candidates in order of trust, zones filled in, impossible ones passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain

from lxml import etree

from racewire.model import Precision
from racewire.reading import jsonld, scripts, zones
from racewire.reading.blocks import Blocks
from racewire.reading.body import Body
from racewire.reading.dates import Moment, parse_line, parse_machine
from racewire.reading.head import Head
from racewire.reading.jsonld import Node
from racewire.reading.names import BITS
from racewire.reading.page import Hints

_META = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "rnews:datepublished",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "published_time",
    "published-date",
    "publication_date",
    "published",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "date_published",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "its_publication",
    "created",
    "date_created",
    "date",
    "displaydate",
    "originalpublicationdate",
    "prism.publicationdate",
    "bt:pubdate",
    "citation_publication_date",
]
_MAX_LINES = 200
_BARS = re.compile(r"\s*[|｜]\s*|\s+[–—-]\s+")
_YEAR = re.compile(r"(?:19|20|25)\d\d|\d[./-]\d\d?[./-]\d\d")
_DATELINE = 40  # characters before the date
_AFTER_DATELINE = re.compile(r"\s*(?:[/(（–—―:：】]|--?\s)")
_DATED = BITS["time"] | BITS["person"] | BITS["tags"]
_MODIFIED_META = [
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
]


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


def published(
    root: etree._Element, head: Head, nodes: list[Node], page: Blocks, body: Body, place: Place, fetched_at: datetime | None
) -> Published:
    """The moment of publication, and of the last change where the page tells one."""
    notes: list[str] = []
    limit = fetched_at + timedelta(hours=24) if fetched_at else datetime(2100, 1, 1, tzinfo=UTC)
    found = [(m, s) for m, s in _machine(head, nodes)]
    modified = next(_modified(head, nodes), None)
    stated = [m for m, _ in found if m.stated] + ([modified] if modified and modified.stated else [])
    late: tuple[Moment, str] | None = None
    for moment, source in chain(found, _titled(head, place), _visible(page, body, place), _in_scripts(root)):
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


def _titled(head: Head, place: Place) -> Iterator[tuple[Moment, str]]:
    """Dates that some sites write into the title of the page, behind a bar or dash."""
    for title in [*head.meta.get("og:title", ())[:1], *head.titles[:1]]:
        for part in _BARS.split(title)[1:]:
            if len(part) <= 20:
                for moment in parse_line(part, lang=place.lang, month_first=place.month_first):
                    yield moment, "title"


def _in_scripts(root: etree._Element) -> Iterator[tuple[Moment, str]]:
    for value in scripts.published(root):
        if moment := parse_machine(value):
            yield moment, "script"


def _visible(page: Blocks, body: Body, place: Place) -> Iterator[tuple[Moment, str]]:
    """Date lines, likeliest first: beside the headline, alone in their block, called published, with a time of day."""
    anchor = body.anchor or 0
    last = body.chosen[-1] if body.chosen else len(page.blocks)
    inside = frozenset(body.chosen)
    ranked = []
    lines = 0
    for index, block in enumerate(page.blocks):
        text = block.text
        if len(text) > 200 or not _YEAR.search(text):
            continue
        lines += 1
        if lines > _MAX_LINES:
            break
        for moment in parse_line(text, lang=place.hints.lang or place.lang, month_first=place.month_first):
            if moment.kind == "modified":
                continue
            rest = len(text) - (moment.end - moment.start)
            if index in inside and rest > 30 and moment.kind == "unknown" and not _is_dateline(text, moment):
                continue  # a sentence of the article may tell of any day
            score = min(rest, 100) / 5 if moment.kind == "unknown" else min(rest, 100) / 15
            if index in inside and rest > 30:
                score += 40
            if index < anchor:
                score += 3 * (anchor - index)
            elif index > last:
                score += 8 + (index - last)
            else:
                score += min(index - anchor, 30)
            score -= 4 * (moment.precision != "day") + 3 * bool(page.containers[block.container].own & _DATED)
            ranked.append((score, index, moment))
    for _, _, moment in sorted(ranked, key=lambda entry: entry[:2]):
        yield moment, "visible"


def _is_dateline(text: str, moment: Moment) -> bool:
    """Whether a paragraph opens with place and date, as releases of agencies do: `HANOI, Nov. 25, 2026 /PRNewswire/ -- `."""
    return moment.start < _DATELINE and _AFTER_DATELINE.match(text, moment.end) is not None


def _placed(moment: Moment, stated: list[Moment], place: Place) -> tuple[datetime, str]:
    """The instant of a moment, and whence its zone."""
    if moment.stated:
        return moment.when.astimezone(UTC), "stated"
    if (zone := _zone_beside(moment, stated)) is not None:
        return moment.when.replace(tzinfo=zone).astimezone(UTC), "page"
    zone, origin = _zone(place)
    return moment.when.replace(tzinfo=zone).astimezone(UTC), origin


def _zone_beside(moment: Moment, stated: list[Moment]) -> tzinfo | None:
    """The zone of another date of the page: of one that shows the same time, else of one of about then that is not in UTC."""
    for other in stated:
        if other.precision != "day" and other.when.replace(tzinfo=None) == moment.when:
            return other.when.tzinfo
    for other in stated:
        near = abs(other.when.replace(tzinfo=None) - moment.when) < timedelta(days=20)  # summer time may begin in between
        if near and other.when.utcoffset():
            return other.when.tzinfo
    return None


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
