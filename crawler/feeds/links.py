"""A link to an article, and the document that held it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urljoin, urlsplit, urlunsplit

Kind = Literal["feed", "sitemap", "index", "page"]

LONGEST_URL = 2_000
LONGEST_TITLE = 500
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_SPACE = re.compile(r"\s+")
_NO_ENTITY = re.compile(r"&(\w{1,8});")
_TAG = re.compile(r"<[^<>]{0,500}>")


class UnsafeXml(ValueError):
    """XML that is built to hurt whoever parses it."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a source names as new. Times are aware and in UTC.

    `sure` is False where we only suppose an article behind it: a link found on a page, or an address of a sitemap that says
    nothing of news. `published` is when the source says the article appeared, `updated` when the source last touched it.
    """

    url: str
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    guid: str | None = None
    sure: bool = True

    @property
    def newest(self) -> datetime | None:
        return self.published or self.updated


@dataclass(frozen=True, slots=True)
class Document:
    """What one feed, sitemap or page holds.

    `children` are further documents: the nested sitemaps of an index, newest first, or the feeds that a page names.
    `problem` is None or a short code; a document with one may still hold links (`truncated`).
    """

    kind: Kind
    links: tuple[Link, ...] = ()
    children: tuple[str, ...] = ()
    problem: str | None = None
    title: str = ""


def resolve(href: str | None, base: str) -> str | None:
    """`href` as an absolute http or https address without a fragment, or None where it is nothing that can be fetched."""
    if not href:
        return None
    href = "".join(char for char in href.strip() if unicodedata.category(char) not in ("Cc", "Cf"))
    if not href or len(href) > LONGEST_URL or href.startswith("#"):
        return None
    try:
        given = urlsplit(href)
        if given.scheme and not given.netloc:
            return None
        parts = urlsplit(urljoin(base, href.replace(" ", "%20")))
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return None
    if not usable:
        return None
    url = urlunsplit(parts._replace(fragment=""))
    return url if len(url) <= LONGEST_URL else None


def newest_first(links: Iterable[Link]) -> list[Link]:
    """Dated ones by date, then those without a date in the order they came in: feeds and pages have the newest on top."""
    return sorted(links, key=lambda link: link.newest or _LONG_AGO, reverse=True)


def clean_title(text: str | None) -> str:
    """One line of plain text, without markup and control characters."""
    if not text:
        return ""
    text = html.unescape(_TAG.sub(" ", text[: 4 * LONGEST_TITLE]))
    text = _NO_ENTITY.sub(r"&\1", text)  # feedparser makes AT&T; of AT&T
    text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    return _SPACE.sub(" ", text).strip()[:LONGEST_TITLE]


def plausible(when: datetime | None) -> datetime | None:
    """`when` in UTC, or None where no news can be that old or that young."""
    if when is None:
        return None
    try:
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return when if 1995 <= when.year <= 2100 else None


def iso_time(text: str | None) -> datetime | None:
    """A W3C or RFC 3339 date as sitemaps, Atom and JSON Feed write it; a day alone is its midnight in UTC."""
    text = (text or "").strip()
    if not 4 <= len(text) <= 40:
        return None
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        text += "-01" if len(text) == 7 else "-01-01"
    try:
        return plausible(datetime.fromisoformat(text))
    except ValueError:
        return None
