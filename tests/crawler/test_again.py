"""Articles that are read once more though their source names no change."""

from __future__ import annotations

import pytest

from crawler.feeds import Link
from racewire.stories import url_key
from tests.crawler.conftest import Desk
from tests.crawler.site import Page, Site, article, rss


async def feed_read_once(desk: Desk, site: Site) -> None:
    """One article, known to the store; the feed will be the same from now on."""
    site.pages["/feed.xml"] = Page(rss(site.url("/a")), headers={"Content-Type": "application/rss+xml"}, etag='"1"')
    site.pages["/a"] = article("About a")
    await desk.runner.crawl(desk.source("/feed.xml"))
    desk.store.again.append(Link(site.url("/a"), sure=False))
    site.asked.clear()


async def test_an_article_is_read_again_though_the_feed_is_the_same(desk: Desk, site: Site) -> None:
    await feed_read_once(desk, site)
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert site.targets() == ["/feed.xml", "/a"]
    assert (report.outcome, report.unchanged, report.failed, report.complete) == ("not_modified", 1, 0, True)
    assert desk.store.looks == [(site.url("/a"), False)]


@pytest.mark.parametrize(("status", "withdrawn"), [(404, True), (410, True), (403, False), (500, False)])
async def test_a_page_that_cannot_be_read_again_is_no_fault_of_the_source(
    desk: Desk, site: Site, status: int, withdrawn: bool
) -> None:
    await feed_read_once(desk, site)
    site.pages["/a"] = Page(b"no", status=status)
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.outcome, report.problem, report.failed, report.refused, report.complete) == ("not_modified", None, 0, 0, True)
    assert desk.store.looks == [(site.url("/a"), withdrawn)]
    assert not desk.store.problems


async def test_what_is_no_whole_article_now_leaves_the_stored_one_alone(desk: Desk, site: Site) -> None:
    await feed_read_once(desk, site)
    site.pages["/a"] = Page(b"<html><title>About a</title><body>Please log in.</body></html>")
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.unchanged, report.revisions, len(desk.store.kept)) == (0, 0, 1)
    assert desk.store.looks == [(site.url("/a"), False)]


async def test_what_another_crawl_is_about_to_ask_for_is_left_to_it(desk: Desk, site: Site) -> None:
    await feed_read_once(desk, site)
    desk.runner._claimed.add(url_key(site.url("/a")))
    await desk.runner.crawl(desk.source("/feed.xml"))
    assert site.targets() == ["/feed.xml"]
    assert desk.store.looks == []
