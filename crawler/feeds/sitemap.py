"""Sitemaps and sitemap indexes, with the fields of news sitemaps (sitemaps.org/protocol.html; Google's news schema 0.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from crawler.feeds.guard import local_name, pull_parser
from crawler.feeds.links import Link, clean_title, iso_time, newest_first, resolve

MOST_LINKS = 50_000  # the protocol's own limit
MOST_RECENT = 5_000  # that are handed on
MOST_CHILDREN = 1_000
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def read_sitemap(body: bytes, base: str) -> tuple[Link, ...]:
    """The addresses of a `urlset` in document order."""
    links: list[Link] = []
    for element in _elements(body, "url"):
        link = _from_url(element, base)
        if link:
            links.append(link)
            if len(links) >= MOST_LINKS:
                break
    return tuple(links)


def most_recent(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """At most MOST_RECENT of the links: the newest. Where there are no dates some sites append and some prepend, so both ends
    are taken."""
    if len(links) <= MOST_RECENT:
        return links
    if any(link.newest for link in links):
        return tuple(newest_first(links)[:MOST_RECENT])
    half = MOST_RECENT // 2
    return links[:half] + links[-half:]


def read_sitemap_index(body: bytes, base: str) -> tuple[str, ...]:
    """The sitemaps that a `sitemapindex` names: those for news first, then the ones changed last; without dates as they stand."""
    found: dict[str, datetime | None] = {}
    for element in _elements(body, "sitemap"):
        fields = _fields(element)
        url = resolve(fields.get("loc"), base)
        if url:
            found.setdefault(url, iso_time(fields.get("lastmod")))
            if len(found) >= MOST_CHILDREN:
                break
    return tuple(sorted(found, key=lambda url: ("news" in url.lower(), found[url] or _LONG_AGO), reverse=True))


def read_text_sitemap(body: bytes, base: str) -> tuple[Link, ...]:
    """A sitemap that is one address a line; empty where any line is something else."""
    if not re.match(rb"(?:\xef\xbb\xbf)?\s*https?://", body[:4096]):
        return ()
    lines = body.decode("utf-8-sig", "replace").split()
    if not all(re.match(r"https?://", line) for line in lines[:MOST_LINKS]):
        return ()
    urls = (resolve(line, base) for line in lines[:MOST_LINKS])
    return tuple(Link(url, sure=False) for url in urls if url)


def _elements(body: bytes, name: str) -> Iterator[etree._Element]:
    parser = pull_parser("end")
    try:
        for start in range(0, len(body), 1 << 16):
            parser.feed(body[start : start + (1 << 16)])
            for _, element in parser.read_events():
                if local_name(element) == name:
                    yield element
                    element.clear()
                    parent = element.getparent()
                    while parent is not None and element.getprevious() is not None:
                        del parent[0]  # else the emptied elements of a large sitemap stay in memory
    except etree.XMLSyntaxError:
        return


def _from_url(element: etree._Element, base: str) -> Link | None:
    fields = _fields(element)
    url = resolve(fields.get("loc"), base)
    if url is None:
        return None
    news = next((child for child in element if local_name(child) == "news"), None)
    if news is None:
        return Link(url, updated=iso_time(fields.get("lastmod")), sure=False)
    told = _fields(news)
    return Link(url, clean_title(told.get("title")), iso_time(told.get("publication_date")), iso_time(fields.get("lastmod")))


def _fields(element: etree._Element) -> dict[str, str]:
    """The texts of the direct children, the first of each name; `image:loc` stands deeper and does not come in."""
    fields: dict[str, str] = {}
    for child in element:
        if child.text:
            fields.setdefault(local_name(child), child.text.strip())
    return fields
