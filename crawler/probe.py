"""A look at one source without keeping anything: what `racewire source try` and `check` show."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crawler.runner import Runner
from crawler.store import CrawlReport, MemoryStore

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.feeds import Link
    from crawler.workers import Workers
    from racewire.config import Crawl, Source
    from racewire.model import Record


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one source shows.

    `robots` says whether its robots.txt lets us in; `crawl_delay` is the pause in seconds that it asks for. `links` are all
    that its documents hold, newest first, `records` the articles behind the first few of them, `lost` the addresses that gave
    none and why. `report.documents` names the documents that were read: address, kind, number of links.
    """

    report: CrawlReport
    robots: Literal["allowed", "forbidden", "unreachable", "unknown"]
    crawl_delay: float
    links: tuple[Link, ...]
    records: tuple[Record, ...]
    lost: tuple[tuple[str, str], ...]


async def probe(
    crawl: Crawl, source: Source, *, articles: int = 3, entities: Path | None = None, workers: Workers | None = None
) -> Sighting:
    """Ask for robots.txt, the source and up to `articles` of its pages, as a first pass would. Whatever goes wrong is in the
    report."""
    store = MemoryStore()
    runner = Runner(crawl.model_copy(update={"max_items": max(1, articles)}), store, entities=entities, workers=workers)
    try:
        report = await runner.crawl(source)
        rules = runner.rules(source.url)
    finally:
        await runner.stop()
    robots: Literal["allowed", "forbidden", "unreachable", "unknown"] = "unknown"
    if rules is not None:
        robots = "unreachable" if rules.unreachable else "allowed" if rules.allow(source.url) else "forbidden"
    lost = tuple((url, code) for url, (state, code, _) in store.problems.items() if state != "skipped")
    return Sighting(report, robots, rules.delay if rules else 0.0, tuple(store.links), tuple(store.records), lost)


class _Front(MemoryStore):
    """Counts the links of a source and follows none."""

    async def unknown(self, source_id: str, links: Sequence[Link]) -> list[Link]:
        return []


async def look_at_all(crawl: Crawl, sources: Sequence[Source], *, workers: Workers | None = None) -> list[CrawlReport]:
    """How each source answers when it is asked for its links, in the order given; no article is asked for."""
    runner = Runner(crawl, _Front(), workers=workers)
    try:
        return list(await asyncio.gather(*(runner.crawl(source) for source in sources)))
    finally:
        await runner.stop()
