"""A stop ends within its grace, whatever sites do; what was read by then is kept, and nothing is half remembered."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import time

import psutil
import pytest

from tests.crawler.conftest import Desk
from tests.crawler.site import Page, Site, article, rss


async def under_way(desk: Desk, count: int = 1) -> list[asyncio.Task[object]]:
    sources = [desk.source("/feed.xml", id=f"s{number}") for number in range(count)]
    tasks: list[asyncio.Task[object]] = [asyncio.create_task(desk.runner.crawl(source)) for source in sources]
    await asyncio.sleep(0.3)
    return tasks


@pytest.mark.parametrize("where", ["/robots.txt", "/feed.xml", "/b"])
@pytest.mark.parametrize("how", ["hang", "drip"])
async def test_a_site_that_never_ends_does_not_hold_up_a_stop(site: Site, where: str, how: str) -> None:
    desk = Desk(site, timeout="60s")
    site.pages |= {
        "/feed.xml": Page(rss(site.url("/a"), site.url("/b"), site.url("/c"))),
        "/a": article("A"),
        "/b": article("B"),
        "/c": article("C"),
    }
    site.pages[where] = Page(b"User-agent: *\nAllow: /\n" * 40, broken=how)  # type: ignore[arg-type]
    tasks = await under_way(desk, 3)
    began = time.monotonic()
    await desk.runner.stop(0.2)
    assert time.monotonic() - began < 1.2
    reports = await asyncio.wait_for(asyncio.gather(*tasks), 1)
    assert {(report.outcome, report.problem) for report in reports} == {("failed", "stopped")}  # type: ignore[attr-defined]
    assert desk.store.validators == {}
    assert len(desk.store.kept) == (1 if where == "/b" else 0)
    assert not desk.runner._scrapy.crawlers
    assert not desk.runner._claimed


async def test_a_page_under_way_is_finished_within_the_grace(site: Site) -> None:
    desk = Desk(site, timeout="10s")
    slow = Page(b"<title>x</title>", broken="drip")
    site.pages |= {"/feed.xml": Page(rss(site.url("/a"), site.url("/b"))), "/a": slow, "/b": article("B")}
    tasks = await under_way(desk)
    await desk.runner.stop(8)
    await asyncio.gather(*tasks)
    assert [record.title for record in desk.store.records] == ["x"]
    assert "/b" not in site.targets()


async def test_no_crawl_begins_after_a_stop(desk: Desk, site: Site) -> None:
    await desk.runner.stop()
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.outcome, report.problem) == ("failed", "stopped")
    assert site.asked == []
    assert desk.store.reports == []


async def test_a_pass_that_takes_too_long_ends_and_goes_on_next_time(site: Site) -> None:
    desk = Desk(site, timeout="60s")
    desk.runner._budget = 0.4
    site.pages |= {"/feed.xml": Page(rss(site.url("/a"), site.url("/b"))), "/a": article("A"), "/b": Page(broken="hang")}
    source = desk.source("/feed.xml")
    report = await asyncio.wait_for(desk.runner.crawl(source), 3)
    assert (report.outcome, report.problem, report.new, report.complete) == ("failed", "budget", 1, False)
    site.pages["/b"] = article("B")
    assert (await desk.runner.crawl(source)).new == 1
    await desk.runner.stop()


async def test_a_job_that_is_cancelled_leaves_no_crawl_astray(desk: Desk, site: Site) -> None:
    site.pages["/feed.xml"] = Page(broken="hang")
    (task,) = await under_way(desk)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await desk.runner.stop(0)
    assert not desk.runner._tasks
    assert not desk.runner._scrapy.crawlers


async def test_many_passes_leave_nothing_behind(desk: Desk, site: Site) -> None:
    site.pages |= {"/feed.xml": Page(rss(site.url("/a")), etag='"1"'), "/a": article("A")}
    source = desk.source("/feed.xml")
    process = psutil.Process()
    for _ in range(5):
        await desk.runner.crawl(source)
    gc.collect()
    before = (process.num_fds(), len(asyncio.all_tasks()), process.num_threads())
    for _ in range(40):
        assert (await desk.runner.crawl(source)).outcome == "not_modified"
    gc.collect()
    assert (process.num_fds(), len(asyncio.all_tasks()), process.num_threads()) == before
    assert not desk.runner._turns or len(desk.runner._turns) == 1


SLOW_NAMES = """
import asyncio, socket, time
from crawler.runner import Runner
from crawler.store import MemoryStore
from racewire.config import Crawl, Source
socket.getaddrinfo = lambda *_, **__: time.sleep(60)
async def main():
    runner = Runner(Crawl(), MemoryStore())
    crawl = asyncio.create_task(runner.crawl(Source(id="a", url="http://a.example/feed.xml", kind="feed")))
    await asyncio.sleep(0.2)
    await runner.stop(0)
    print((await crawl).problem)
asyncio.run(main())
"""


def test_a_name_server_that_does_not_answer_does_not_hold_up_the_end() -> None:
    done = subprocess.run([sys.executable, "-c", SLOW_NAMES], capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout.strip(), done.returncode) == ("stopped", 0), done.stderr


@pytest.mark.parametrize("ticks", [0, 1, 2, 3, 5, 8, 13, 21, 34])
async def test_crawls_that_are_just_opening_end_too(site: Site, ticks: int) -> None:
    desk = Desk(site)
    site.pages["/feed.xml"] = Page(rss(site.url("/a")))
    sources = [
        desk.source("/feed.xml").model_copy(update={"id": f"s{number}", "url": f"http://127.0.0.{number}:1/"})
        for number in range(2, 8)
    ]
    tasks = [asyncio.create_task(desk.runner.crawl(source)) for source in sources]
    for _ in range(ticks):
        await asyncio.sleep(0)
    began = time.monotonic()
    await desk.runner.stop(10)
    assert time.monotonic() - began < 5, "a pass forgot to end"
    await asyncio.wait_for(asyncio.gather(*tasks), 1)
