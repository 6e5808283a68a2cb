"""Looks at sources without a database."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.runner import Runner
from crawler.store import CrawlReport, MemoryStore
from racewire.cli.session import Session
from racewire.config import Crawl, Source
from racewire.errors import UsageError
from racewire.model import Record
from racewire.text.terminal import one_line, shortened

if TYPE_CHECKING:
    from crawler.feeds.links import Link


class _Front(MemoryStore):
    """Counts the links of a source and follows none."""

    async def unknown(self, source_id: str, links: Sequence[Link]) -> list[Link]:
        return []


class _First(MemoryStore):
    """Follows a few links, until one is an article."""

    async def unknown(self, source_id: str, links: Sequence[Link]) -> list[Link]:
        return [] if self.kept else (await super().unknown(source_id, links))[:3]


def crawl_settings(session: Session) -> Crawl:
    """Those of the config, or the defaults where there is none."""
    return session.config.crawl if session.has_config() else Crawl()


def source_for(session: Session, what: str, kind: str, links: str | None) -> Source:
    """The source of the config with that id, a known one, or one made of an address."""
    from pydantic import ValidationError

    from racewire.config.starters import known_sources

    if session.has_config():
        for one in session.config.source:
            if what == one.id:
                return one
    for known in known_sources():
        if what == known.id:
            return Source.model_validate(
                {"id": known.id, "url": known.url, "kind": known.kind, "lang": known.lang, "country": known.country}
            )
    try:
        return Source.model_validate({"id": id_for(what), "url": what, "kind": kind, "links": links})
    except ValidationError as error:
        message = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageError(f"'{what[:100]}' is neither the id of a source nor an address: {message}") from None


def id_for(url: str) -> str:
    """An id made of an address: its host."""
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", host.casefold()).strip("-")[:100] or "source"


def one_article(crawl: Crawl, source: Source) -> tuple[CrawlReport, list[dict[str, str]]]:
    """How the source answered, and its first article as racewire reads it."""
    store = _First()
    [report] = asyncio.run(_crawl(crawl, store, [source]))
    return report, [_shown(record) for record in store.records]


def look_at_all(crawl: Crawl, sources: Sequence[Source]) -> list[CrawlReport]:
    """How each source answered, in the order given; no article is fetched."""
    return asyncio.run(_crawl(crawl, _Front(), sources))


async def _crawl(crawl: Crawl, store: MemoryStore, sources: Sequence[Source]) -> list[CrawlReport]:
    runner = Runner(crawl, store)
    try:
        return list(await asyncio.gather(*(runner.crawl(source) for source in sources)))
    finally:
        await runner.stop(0)


def _shown(record: Record) -> dict[str, str]:
    published = f"{record.published_at:%Y-%m-%dT%H:%M:%SZ} ({record.published_precision})" if record.published_at else "not found"
    names = dict.fromkeys(mention.entity for mention in record.mentions)
    return {
        "url": one_line(record.url),
        "title": one_line(record.title) or "not found",
        "published": published,
        "language": record.lang or "unknown",
        "text": f"{len(record.text)} characters: {shortened(one_line(record.text[:300]), 120)}",
        "names": ", ".join(names) or "none",
        "figures": ", ".join(f"{one_line(figure.surface)} ({figure.role})" for figure in record.figures) or "none",
    } | ({"problem": record.problem} if record.problem else {})
