"""From the answer for a link to the record that is kept, or to the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.jobs import read_article
from crawler.problems import State, Trouble, from_status

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.context import Context
    from crawler.feeds import Link
    from racewire.model import Record

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|article|div|p|title|meta)[\s>]", re.I)
# A feed, sitemap or picture in XML: its root, or a document type that is not HTML, after declaration and comments.
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+"
    rb"(?:<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg)[\s>]|<!DOCTYPE\s+(?!html))",
    re.I,
)
_HEAD = 1 << 16  # bytes in which a page shows that it is one
_AHEAD = timedelta(days=1)  # a feed's date further in the future is a mistake


async def read_page(response: Response, link: Link, context: Context) -> Record:
    """The record of the page that came for `link`, read in a worker. Raises Trouble where there is no article in it."""
    if response.status != 200:
        raise from_status(response.status, response.url)
    kind = response.headers.get("Content-Type") or b""
    head = response.body[:_HEAD].replace(b"\x00", b"")  # UTF-16 has one in each letter
    if not head.strip():
        raise Trouble("empty", f"{response.url} answered with nothing")
    if not _MARKUP.search(head) or _FEED.match(head):
        # what calls itself a page and is none is the answer of a site in trouble; a PDF stays one
        state: State = "failed" if not kind or b"html" in kind or b"xml" in kind else "unreadable"
        raise Trouble("not-html", f"{response.url} is no page ({kind[:60].decode('latin-1') or 'of no type'})", state)
    charset = _CHARSET.search(kind)
    source = context.visit.source
    record = await context.work(
        response.url,
        read_article,
        response.body,
        response.url,
        fetched_at=datetime.now(UTC),
        encoding=charset[1].decode("latin-1") if charset else None,
        lang=source.lang,
        country=source.country,
        timezone=source.timezone,
        entities=context.entities,
    )
    return judge(record, link, datetime.now(UTC))


def judge(record: Record, link: Link, now: datetime) -> Record:
    """The record as it is kept. What a feed says is an article is kept with its title alone; what we only suppose to be one
    must have text and not look like an index. Raises Trouble. A date that the page does not give is taken from the feed."""
    if not record.text and not (link.sure and record.title):
        raise Trouble(record.problem or "empty", f"{record.url} holds no article ({record.problem or 'no text'})", "unreadable")
    if not link.sure and record.problem == "index-page":
        raise Trouble("index-page", f"{record.url} lists articles and is none", "unreadable")
    told = link.published
    if record.published_at is None and told is not None and told <= now + _AHEAD:
        day_only = (told.hour, told.minute, told.second) == (0, 0, 0)
        return replace(record, published_at=told, published_precision="day" if day_only else "second")
    return record
