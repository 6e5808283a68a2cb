"""What a paper answers to one path: pages, feeds, redirects, validators. Pure: no clock, no network."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode

from racewire.demo import feeds
from racewire.demo.pages import page
from racewire.demo.papers import Article, Paper

RELATED = 3  # links to other articles below a text
ZIP_FROM = 500  # bytes: smaller answers go out as they are

SHOWN: dict[str, tuple[str, Callable[[Paper, Sequence[Article]], str]]] = {
    "/rss.xml": ("application/rss+xml", feeds.rss),
    "/atom.xml": ("application/atom+xml", feeds.atom),
    "/feed.json": ("application/feed+json", feeds.json_feed),
    "/news-sitemap.xml": ("application/xml", feeds.sitemap),
    "/robots.txt": ("text/plain", lambda paper, _: feeds.robots(paper)),
    "/": ("text/html", feeds.front_page),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, type, bytes and the validators that go with them."""

    status: int
    kind: str
    body: bytes
    etag: str = ""
    modified: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def all_headers(self) -> Iterator[tuple[str, str]]:
        yield from self.headers
        if self.etag:
            yield "ETag", self.etag
        if self.modified:
            yield "Last-Modified", format_datetime(self.modified.astimezone(UTC), usegmt=True)
        if self.status != 304:
            yield "Content-Type", self.kind
            yield "Content-Length", str(len(self.body))

    def not_modified(self) -> Answer:
        return replace(self, status=304, body=b"")


def answer(paper: Paper, path: str, out: Sequence[Article]) -> Answer:
    """`out` are the paper's articles that are out, newest first. An unknown path is answered 404."""
    path = _without_trackers(path)
    if path in SHOWN:
        kind, show = SHOWN[path]
        charset = "utf-8" if path == "/feed.json" else paper.charset
        newest = max((article.changed for article in out), default=None)
        return _found(f"{kind}; charset={charset}", show(paper, out).encode(charset), newest)
    for article in out:
        if path == article.moved_from:
            return Answer(301, "text/plain", b"moved\n", headers=(("Location", article.url),))
        if path == article.path:
            others = [other for other in out if other is not article][:RELATED]
            body = page(article, others).encode(paper.charset)
            # the GBK paper tells its charset in the page only, as many old sites do
            kind = "text/html" if paper.charset != "utf-8" else "text/html; charset=utf-8"
            return _found(kind, body, None if article.printed_date_only else article.changed)
    return Answer(404, "text/html; charset=utf-8", b"<!doctype html><title>404</title><p>not found</p>")


def unchanged(found: Answer, headers: Mapping[str, str]) -> bool:
    """Whether the asker has it already; an ETag outweighs a date (RFC 9110, 13.2.2)."""
    if found.status != 200:
        return False
    if "if-none-match" in headers:
        return found.etag in [tag.strip().removeprefix("W/") for tag in headers["if-none-match"].split(",")]
    if found.modified is None or "if-modified-since" not in headers:
        return False
    try:
        return found.modified <= parsedate_to_datetime(headers["if-modified-since"])
    except (ValueError, TypeError):
        return False


def zipped(found: Answer) -> Answer:
    if found.status != 200 or len(found.body) < ZIP_FROM:
        return found
    extra = (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(found, body=gzip.compress(found.body, 6, mtime=0), headers=found.headers + extra)


def _found(kind: str, body: bytes, modified: datetime | None) -> Answer:
    return Answer(200, kind, body, f'"{hashlib.sha256(body).hexdigest()[:20]}"', modified)


def _without_trackers(path: str) -> str:
    path, _, query = path.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not name.startswith("utm_")]
    return f"{path}?{urlencode(kept)}" if kept else path
