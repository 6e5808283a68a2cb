"""Runs crawls in the daemon's own event loop: a few at a time, one for each host, and an end to all of them when asked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerRunner

from crawler.context import Context, attach
from crawler.net import Net
from crawler.problems import Trouble
from crawler.settings import scrapy_settings
from crawler.spiders import SPIDERS
from crawler.store import CrawlReport, Store
from crawler.visit import Visit
from crawler.workers import Workers

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy.crawler import Crawler

    from crawler.robots import Rules
    from racewire.config import Crawl, Source

BUDGET = 900.0  # seconds for one pass over one source; what is left then is done in the next
_LAST_WORDS = 0.8  # seconds that aborted crawls get to close


def site_of(url: str) -> str:
    """What two sources must share to take turns: `www.example.org` and `example.org` are one site."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return f"{host}:{parts.port}" if parts.port else host


def _is_news(record: logging.LogRecord) -> bool:
    """Scrapy also tells of downloads that fail while a pass ends, though each is a Trouble that we raised."""
    return not (record.exc_info and isinstance(record.exc_info[1], Trouble))


class Runner:
    """Crawls sources. `entities` is the path of the user's own entities file, `budget` the seconds that one pass may take.

    Make it, use it and stop it inside one running loop.
    """

    def __init__(
        self,
        crawl: Crawl,
        store: Store,
        *,
        entities: Path | None = None,
        workers: Workers | None = None,
        budget: float = BUDGET,
        reactor: bool = False,
    ) -> None:
        self._crawl = crawl
        self._store = store
        self.adopt(entities)
        self._budget = budget
        self._net = Net(crawl)
        self._workers = workers or Workers(min(os.cpu_count() or 1, 2))
        self._scrapy = AsyncCrawlerRunner(scrapy_settings(crawl, reactor=reactor))
        self._slots = asyncio.Semaphore(crawl.concurrency)
        self._turns: dict[str, asyncio.Lock] = {}
        self._claimed: set[str] = set()
        self._under_way: dict[Visit, Crawler] = {}
        self._tasks: set[asyncio.Task[CrawlReport]] = set()
        self._endings: set[asyncio.Task[None]] = set()
        self._stopping = False
        # Scrapy tells of each request and each closing; what matters is in the reports
        logging.getLogger("scrapy").setLevel(logging.ERROR)
        logging.getLogger("scrapy.core.scraper").addFilter(_is_news)

    def adopt(self, entities: Path | None) -> None:
        """Pages are read with the entities of this file, as it stands now, from the next pass on."""
        self._entities = (str(entities), entities.stat().st_mtime_ns) if entities else None

    async def crawl(self, source: Source) -> CrawlReport:
        """One pass over `source`. Whatever the site does ends in the report; raises StoreError where the store fails.

        Being cancelled while it waits for its turn is fine; once under way the pass goes on to its end, or to `stop`.
        """
        async with self._turns.setdefault(site_of(source.url), asyncio.Lock()), self._slots:
            if self._stopping:
                return CrawlReport(source.id, "failed", "stopped", "racewire is stopping")
            task = asyncio.create_task(self._pass(source))
            self._tasks.add(task)
            task.add_done_callback(self._ended)
            return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[CrawlReport]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # told to whoever waits; where nobody does any more it is no news

    def rules(self, url: str) -> Rules | None:
        """What the robots.txt for `url` says, if it was asked for."""
        return self._net.robots.known(url)

    async def _pass(self, source: Source) -> CrawlReport:
        began = time.monotonic()
        visit = Visit(source, await self._store.memory(source.id), max_items=self._crawl.max_items)
        await self._run(visit)
        if visit.broken:
            raise visit.broken
        report = visit.report(round((time.monotonic() - began) * 1000))
        await self._store.finish(report, visit.validators if visit.complete else None)
        return report

    async def _run(self, visit: Visit) -> None:
        crawler = self._scrapy.create_crawler(SPIDERS[visit.source.kind])
        attach(crawler, Context(self._net, self._workers, self._store, visit, self._claimed, self._entities))
        self._under_way[visit] = crawler
        budget = asyncio.get_running_loop().call_later(self._budget, self._time_is_up, visit, crawler)
        try:
            await self._scrapy.crawl(crawler)
        finally:
            budget.cancel()
            del self._under_way[visit]
            self._claimed -= visit.claimed
        reason = crawler.stats.get_value("finish_reason")
        if reason != "finished" and not visit.broken:
            code = "stopped" if self._stopping else "budget" if visit.flights.aborted else "internal"
            visit.fail(Trouble(code, f"the pass over {visit.source.id} ended early ({reason})"))

    def _time_is_up(self, visit: Visit, crawler: Crawler) -> None:
        visit.flights.abort()
        self._end(visit, crawler)

    def _end(self, visit: Visit, crawler: Crawler) -> asyncio.Task[None]:
        """Have it drop what is queued and close after what is under way. Its own task is never cancelled: Scrapy's engine
        would go on unseen."""

        async def end() -> None:
            with contextlib.suppress(RuntimeError):  # it has not opened yet, or has closed already
                # While it opens, a stop would only make Scrapy forget that it runs, and it would never close; then the first
                # request, which `closing` forbids, ends it.
                if crawler.engine.running:
                    await crawler.stop_async()

        visit.closing = True
        task = asyncio.create_task(end())
        self._endings.add(task)
        task.add_done_callback(self._endings.discard)
        return task

    async def stop(self, grace: float = 0.0) -> None:
        """No new crawls from now on; those under way may finish the page they are at within `grace` seconds, then they are
        ended."""
        self._stopping = True
        for visit, crawler in tuple(self._under_way.items()):
            self._end(visit, crawler)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for visit in tuple(self._under_way):
            visit.flights.abort()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LAST_WORDS)
        await self._workers.close()
        await self._net.close()
