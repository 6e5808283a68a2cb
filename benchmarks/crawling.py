"""What a poll costs: processor time and memory of crawls against a small web on loopback.

    python -m benchmarks.crawling [POLLS]

Prints the processor time of a poll that is answered 304, of a pass with six new articles (without their reading), and the
memory after the first tenth and after all of them.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

import psutil

from crawler.runner import Runner
from crawler.store import MemoryStore
from crawler.workers import Workers
from racewire.config import Crawl, Source
from tests.crawler.site import Page, article, open_site, rss


class Inline(Workers):
    """Reads in this process, by a reader that does nothing: what is measured is the crawl."""

    async def run(self, function: Callable[..., object], *args: object, **kwargs: object) -> object:  # type: ignore[override]
        from crawler.feeds.reader import read_document
        from racewire.model import Record

        if function.__name__ == "read_document":
            return read_document(*args, **kwargs)  # type: ignore[arg-type]
        return Record(str(args[1]), title="x", text="y")


def serve(told: Connection) -> None:
    """The web, in a process of its own: its time must not count."""

    async def main() -> None:
        turn = 0

        def feed(_: object) -> Page:
            nonlocal turn
            turn += 1
            return Page(
                rss(*(site.url(f"/{turn}/{number}") for number in range(6))), headers={"Content-Type": "application/rss+xml"}
            )

        async with open_site() as site:
            site.pages |= {"/same.xml": Page(rss(site.url("/x")), etag='"1"'), "/x": article("X"), "/new.xml": feed}
            page = article("A", "word " * 1_000)
            site.pages["/story"] = page
            site.fallback = page
            told.send(site.port)
            await asyncio.to_thread(told.recv)

    asyncio.run(main())


async def measure(port: int, polls: int) -> None:
    process = psutil.Process()
    crawl = Crawl.model_validate({"delay": "0ms", "allow_private": [f"127.0.0.1:{port}"], "contact": "bench@example.org"})
    store = MemoryStore()
    runner = Runner(crawl, store, workers=Inline(1))

    def source(path: str) -> Source:
        return Source.model_validate({"id": path.strip("/."), "url": f"http://127.0.0.1:{port}{path}", "kind": "feed"})

    for path, count, what in (("/same.xml", polls, "poll answered 304"), ("/new.xml", polls // 4, "pass with 6 new pages")):
        await runner.crawl(source(path))
        began, spent, early = time.monotonic(), time.process_time(), 0
        for number in range(count):
            report = await runner.crawl(source(path))
            assert report.problem is None, report
            if number == count // 10:
                gc.collect()
                early = process.memory_info().rss
            store.kept.clear()
            store.reports.clear()
        spent, took = time.process_time() - spent, time.monotonic() - began
        gc.collect()
        late = process.memory_info().rss
        print(
            f"{what}: {1000 * spent / count:.1f} ms CPU, {1000 * took / count:.1f} ms each ({count}); memory {early >> 20} -> {late >> 20} MB"
        )
    await runner.stop()


def main() -> None:
    polls = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,))
    server.start()
    try:
        asyncio.run(measure(here.recv(), polls))
    finally:
        here.send("done")
        server.join(5)


if __name__ == "__main__":
    main()
