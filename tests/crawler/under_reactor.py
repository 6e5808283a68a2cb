"""Two passes over one feed under Twisted's asyncio reactor; prints how they went."""

from __future__ import annotations

import asyncio


async def main() -> None:
    from unittest.mock import patch

    from tests.crawler.conftest import Desk, Inline, plain_reader
    from tests.crawler.site import Page, article, open_site, rss

    async with open_site() as site:
        patch("crawler.articles.read_article", plain_reader).start()
        desk = Desk(site)
        from crawler.runner import Runner

        runner = Runner(desk.config, desk.store, workers=Inline(1), reactor=True)
        site.pages |= {"/feed.xml": Page(rss(site.url("/a")), etag='"1"'), "/a": article("A")}
        first = await runner.crawl(desk.source("/feed.xml"))
        second = await runner.crawl(desk.source("/feed.xml"))
        print(first.outcome, first.new, second.outcome)
        await runner.stop()
        await desk.runner.stop()


if __name__ == "__main__":
    from scrapy.utils.reactor import install_reactor

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor as installed
    from twisted.internet.asyncioreactor import AsyncioSelectorReactor

    assert isinstance(installed, AsyncioSelectorReactor)
    reactor: AsyncioSelectorReactor = installed

    def go() -> None:
        task = asyncio.get_event_loop().create_task(main())
        task.add_done_callback(lambda _: reactor.stop())  # type: ignore[no-untyped-call]

    reactor.callWhenRunning(go)
    reactor.run()  # type: ignore[no-untyped-call]
