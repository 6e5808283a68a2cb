"""RSS 0.9 to 2.0, RDF and Atom.

feedparser reads them, because it knows a quarter century of spellings; a plain reader of our own stands in where it finds
nothing or where there is too much for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import TYPE_CHECKING

import feedparser
from lxml import etree

from crawler.feeds.guard import local_name
from crawler.feeds.links import Link, clean_title, iso_time, plausible, resolve

if TYPE_CHECKING:
    from time import struct_time

MOST_PARSED = 2_000  # entries that feedparser is given; it needs about a second for so many
MOST_ITEMS = 20_000  # entries that are read of a longer feed, the first ones, with the plain reader


def read_feed(body: bytes, base: str, items: int, content_type: str = "") -> tuple[Link, ...]:
    """The links of a feed in document order; `items` is how many entries it has. Only bytes in memory are ever read."""
    if items <= MOST_PARSED:
        links = _with_feedparser(body, base, content_type)
        if links:
            return links
    return _plainly(body, base)


def _with_feedparser(body: bytes, base: str, content_type: str) -> tuple[Link, ...]:
    headers = {"content-type": content_type} if content_type else {}
    try:
        # BytesIO, never the bytes themselves: those it would take for a file name if they happen to be one
        parsed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # on damaged input it raises whatever the place it broke at raises
        return ()
    dated_by_updates = not str(parsed.get("version", "")).startswith(
        "atom"
    )  # RDF feeds have one date only, and it comes as this one
    found = (_from_entry(entry, base, dated_by_updates=dated_by_updates) for entry in parsed.entries)
    return tuple(link for link in found if link)


def _from_entry(entry: Mapping[str, object], base: str, *, dated_by_updates: bool) -> Link | None:
    # the address before a counting redirect, where a feed burner kept it
    url = resolve(_text(entry, "feedburner_origlink"), base) or resolve(_text(entry, "link"), base)
    if url is None:  # feedparser has already taken a guid that is a permalink for the link
        return None
    guid = _text(entry, "id")
    published = _from_struct(entry.get("published_parsed"))
    updated = _from_struct(entry.get("updated_parsed")) if "updated_parsed" in entry else None
    return Link(
        url,
        clean_title(_text(entry, "title")),
        published or (updated if dated_by_updates else None),
        updated,
        guid[:500] if guid else None,
    )


def _text(entry: Mapping[str, object], key: str) -> str | None:
    value = entry.get(key) if key in entry else None
    return value if isinstance(value, str) else None


def _from_struct(value: object) -> datetime | None:
    """feedparser's times are `struct_time` in UTC."""
    if not isinstance(value, tuple) or len(value) < 6:
        return None
    moment: struct_time = value  # type: ignore[assignment]
    try:
        return plausible(datetime(*moment[:6], tzinfo=UTC))
    except (ValueError, TypeError, OverflowError):
        return None


def _plainly(body: bytes, base: str) -> tuple[Link, ...]:
    parser = etree.XMLPullParser(
        events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    links: list[Link] = []
    try:
        for start in range(0, len(body), 1 << 16):
            parser.feed(body[start : start + (1 << 16)])
            for _, element in parser.read_events():
                if local_name(element) not in ("item", "entry"):
                    continue
                link = _from_element(element, base)
                if link:
                    links.append(link)
                    if len(links) >= MOST_ITEMS:
                        return tuple(links)
                element.clear()
    except etree.XMLSyntaxError:
        pass
    return tuple(links)


def _from_element(item: etree._Element, base: str) -> Link | None:
    fields: dict[str, str] = {}
    for child in item:
        name = local_name(child)
        if name == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            fields.setdefault("link", child.get("href") or "")
        elif child.text:
            fields.setdefault(name, child.text)
    guid = fields.get("guid") or fields.get("id") or ""
    url = resolve(fields.get("link"), base) or (resolve(guid, base) if guid.startswith("http") else None)
    if url is None:
        return None
    published = _first_time((fields.get("pubdate"), fields.get("published"), fields.get("date"), fields.get("issued")))
    return Link(
        url,
        clean_title(fields.get("title")),
        published,
        _first_time((fields.get("updated"), fields.get("modified"))),
        guid[:500] or None,
    )


def _first_time(texts: Iterable[str | None]) -> datetime | None:
    for text in texts:
        if text and (when := iso_time(text) or _mail_time(text)):
            return when
    return None


def _mail_time(text: str) -> datetime | None:
    try:
        return plausible(parsedate_to_datetime(text.strip()[:60]))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
