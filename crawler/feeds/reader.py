"""Looks at what came and reads it as what it is, whatever it was called."""

from __future__ import annotations

import re

from crawler.feeds import guard, json_feed, listing, sitemap, syndication
from crawler.feeds.links import Document, UnsafeXml, resolve
from crawler.unpack import gunzip

_FEED_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_ITEM_ENDS = (b"</item>", b"</entry>", b"</url>", b"</sitemap>")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
_DECLARED = re.compile(r"\s+encoding\s*=\s*[\"'][^\"']{1,40}[\"']")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)


def read_document(
    body: bytes, url: str, *, content_type: str = "", selector: str | None = None, limit: int = 8 << 20
) -> Document:
    """The links of a feed, sitemap or page at `url` (the address after redirects).

    `selector` picks the links of a page; without one those are taken that look like articles. `limit` is the size, in bytes,
    that a gzipped sitemap may unpack to. Raises Trouble for a bad gzip file; all else that is wrong is in `Document.problem`.
    """
    if body.startswith(b"\x1f\x8b"):
        body = gunzip(body, limit, url)
    body = _in_bytes(body)
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not start:
        return Document("page", problem="empty")
    if start.startswith(b"{"):
        links = json_feed.read_json_feed(body, url)
        return Document("page", problem="not-a-feed") if links is None else Document("feed", links)
    if _HTML.search(start[:2048]) and not re.match(rb"<\?xml[^>]*>\s*<(?:rss|feed|rdf:)", start, re.I):
        return _read_page(body, url, content_type, selector)
    try:
        return _read_xml(body, url, content_type) or _read_rest(body, url, content_type, selector)
    except UnsafeXml:
        return Document("feed", problem="unsafe-markup")


def _in_bytes(body: bytes) -> bytes:
    """UTF-16 as UTF-8, so that the rest need not care; anything else as it is."""
    for codec, marks in (("utf-16", (b"\xff\xfe", b"\xfe\xff")), ("utf-16-le", (b"<\x00",)), ("utf-16-be", (b"\x00<",))):
        if body.startswith(marks):
            return _DECLARED.sub("", body.decode(codec, "replace"), count=1).encode("utf-8", "replace")
    return body


def _read_xml(body: bytes, url: str, content_type: str) -> Document | None:
    marked = max(body[:4096].find(b"<?xml"), 0)
    body = body[marked:]  # some servers print a warning or a blank line first, which XML forbids
    seen = guard.outline(body)
    problem = None if seen.whole else "truncated"
    if problem:
        body = _whole_items(body)
    base = resolve(seen.base, url) or url
    if seen.root == "sitemapindex":
        return Document("index", children=sitemap.read_sitemap_index(body, base), problem=problem)
    if seen.root == "urlset":
        return Document("sitemap", sitemap.most_recent(sitemap.read_sitemap(body, base)), problem=problem)
    if seen.root in _FEED_ROOTS or seen.items:
        return Document("feed", syndication.read_feed(body, base, seen.items, content_type), problem=problem)
    return None


def _whole_items(body: bytes) -> bytes:
    """A document that was cut short, up to the end of its last whole item: the one after it would come with half a title."""
    ends = [body.rfind(end) + len(end) for end in _ITEM_ENDS if end in body]
    return body[: max(ends, default=0)]


def _read_rest(body: bytes, url: str, content_type: str, selector: str | None) -> Document:
    links = sitemap.read_text_sitemap(body, url)
    if links:
        return Document("sitemap", sitemap.most_recent(links))
    if b"<" in body[:4096] and re.search(rb"<(?:a|div|p|ul|table)[\s>]", body[:100_000], re.I):
        return _read_page(body, url, content_type, selector)
    return Document("page", problem="not-a-feed")


def _read_page(body: bytes, url: str, content_type: str, selector: str | None) -> Document:
    if guard.is_overgrown(body):
        return Document("page", problem="unsafe-markup")
    charset = _CHARSET.search(content_type)
    tree = listing.parse_page(body, charset[1] if charset else None)
    if tree is None:
        return Document("page", problem="not-a-page")
    try:
        links = listing.selected_links(tree, url, selector) if selector else listing.likely_links(tree, url)
    except listing.BadSelector:
        return Document("page", problem="bad-selector")
    return Document("page", links, listing.feeds_of(tree, url))
