"""What sites answer instead of a feed or a page; each has its name, and costs no other source anything."""

from __future__ import annotations

import asyncio
import random
import time

import pytest

from tests.crawler.conftest import Desk
from tests.crawler.site import Page, Site, article, rss

NOISE = random.Random(7).randbytes(50_000)
FAULTS: dict[str, tuple[Page, str]] = {
    "500": (Page(status=500), "http-500"),
    "403": (Page(status=403), "http-403"),
    "404": (Page(status=404), "http-404"),
    "206 unasked": (Page(rss(), 206), "http-206"),
    "304 unasked": (Page(status=304), "http-304"),
    "no answer": (Page(broken="hang"), "timeout"),
    "a byte now and then": (Page(b"x" * 1000, broken="drip"), "timeout"),
    "connection cut": (Page(broken="reset"), "reset"),
    "half a body": (Page(rss("http://a.example/1") * 20, broken="cut"), "truncated"),
    "endless body": (Page(broken="endless"), "too-large"),
    "large body": (Page(b"<rss>" + b"x" * 3_000_000), "too-large"),
    "bomb": (Page(bytes(30_000_000), packed=True), "too-large"),
    "not packed as it says": (Page(b"plain", headers={"Content-Encoding": "gzip"}), "bad-encoding"),
    "packed in an unknown way": (Page(b"plain", headers={"Content-Encoding": "snappy"}), "bad-encoding"),
    "redirects without end": (Page(status=302, headers={"Location": "?again"}), "redirects"),
    "redirect to nowhere": (Page(status=302), "bad-redirect"),
    "redirect to a file": (Page(status=302, headers={"Location": "file:///etc/passwd"}), "bad-redirect"),
    "redirect to script": (Page(status=302, headers={"Location": "javascript:alert(1)"}), "bad-redirect"),
    "redirect to a broken address": (Page(status=302, headers={"Location": "http://[::1"}), "bad-redirect"),
    "redirect to metadata": (Page(status=302, headers={"Location": "http://169.254.169.254/"}), "forbidden-address"),
    "empty": (Page(b""), "empty"),
    "noise": (Page(NOISE), "not-a-feed"),
    "a page": (Page(b"<!doctype html><html><body><p>Just a moment</p></body></html>"), "not-a-feed"),
    "20,000 headers": (Page(rss(), headers={f"X-{number}": "y" for number in range(20_000)}), "bad-answer"),
    "one long header": (Page(rss(), headers={"X": "y" * 40_000}), "bad-answer"),
    "a name of a file": (Page(b"/etc/passwd"), "not-a-feed"),
    "deep": (Page(b"<rss>" + b"<a>" * 100_000), "unsafe-markup"),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_at_the_source_has_its_name(site: Site, name: str) -> None:
    page, problem = FAULTS[name]
    desk = Desk(site, timeout="500ms", max_size="1MB")
    site.pages |= {"/feed.xml": page, "/good.xml": Page(rss(site.url("/a"))), "/a": article("A")}
    began = time.monotonic()
    bad, good = await asyncio.gather(
        desk.runner.crawl(desk.source("/feed.xml")), desk.runner.crawl(desk.source("/good.xml", id="good"))
    )
    assert time.monotonic() - began < 6
    assert (bad.outcome, bad.problem) == ("failed", problem)
    assert bad.message
    assert (good.outcome, good.new) == ("ok", 1)
    assert "feed-source" not in desk.store.validators
    await desk.runner.stop()


PAGE_FAULTS = {name: fault for name, fault in FAULTS.items() if name != "a page"} | {
    "a feed": (Page(rss("http://a.example/1"), headers={"Content-Type": "text/html"}), "not-html"),
    "noise": (Page(NOISE, headers={"Content-Type": "text/html"}), "not-html"),
    "a feed after a document type": (
        Page(b"<?xml version='1.0'?><!-- x --><!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss("http://a.example/1")),
        "not-html",
    ),
    "comments without end": (Page(b"<!---->" * 20_000 + b"<!--"), "not-html"),
    "a picture": (Page(b"\x89PNG\r\n" + NOISE, headers={"Content-Type": "text/html"}), "not-html"),
}


@pytest.mark.parametrize("name", PAGE_FAULTS)
async def test_a_fault_at_a_page_costs_that_page_only(site: Site, name: str) -> None:
    page, _ = PAGE_FAULTS[name]
    desk = Desk(site, timeout="500ms", max_size="1MB")
    site.pages |= {
        "/feed.xml": Page(rss(site.url("/a"), site.url("/bad"), site.url("/b"))),
        "/bad": page,
        "/a": article("A"),
        "/b": article("B"),
    }
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.outcome, report.new, report.failed + report.refused) == ("ok", 2, 1)
    assert len(desk.store.problems) == 1
    await desk.runner.stop()


async def test_hundreds_of_cookies_do_no_harm(desk: Desk, site: Site) -> None:
    page = article("A")
    page.headers |= {"Set-Cookie": "c=1", **{f"X-Cookie-{number}": "c=" + "y" * 3_000 for number in range(300)}}
    site.pages |= {"/feed.xml": Page(rss(site.url("/a"), site.url("/b"))), "/a": page, "/b": article("B")}
    assert (await desk.runner.crawl(desk.source("/feed.xml"))).new == 2
    assert not any("cookie" in asked.headers for asked in site.asked)


async def test_a_host_that_cannot_be_reached_is_named(desk: Desk, site: Site) -> None:
    source = desk.source("/").model_copy(update={"url": "http://no-such-host.invalid/feed.xml"})
    report = await desk.runner.crawl(source)
    assert report.problem == "robots-unreachable"
    assert "(dns)" in report.message


async def test_a_feed_cut_short_is_read_in_part_and_comes_whole_next_time(desk: Desk, site: Site) -> None:
    whole = rss(site.url("/a"), site.url("/b"))
    site.pages |= {
        "/feed.xml": Page(whole[: whole.index(b"<item><title>On http", 90) + 10], etag='"1"'),
        "/a": article("A"),
        "/b": article("B"),
    }
    source = desk.source("/feed.xml")
    report = await desk.runner.crawl(source)
    assert (report.outcome, report.problem, report.new) == ("failed", "truncated", 1)
    site.pages["/feed.xml"] = Page(whole, etag='"2"')
    report = await desk.runner.crawl(source)
    assert (report.outcome, report.new) == ("ok", 1)


@pytest.mark.parametrize("fault", ["redirects without end", "noise", "a feed", "empty"])
async def test_a_page_that_was_broken_once_is_read_when_it_is_whole(desk: Desk, site: Site, fault: str) -> None:
    site.pages |= {"/feed.xml": Page(rss(site.url("/a"))), "/a": PAGE_FAULTS[fault][0]}
    source = desk.source("/feed.xml")
    report = await desk.runner.crawl(source)
    assert (report.new, report.problem) == (0, PAGE_FAULTS[fault][1])
    site.pages["/a"] = article("A")
    assert (await desk.runner.crawl(source)).new == 1


async def test_a_link_to_a_document_that_is_no_page_is_settled(desk: Desk, site: Site) -> None:
    site.pages |= {
        "/feed.xml": Page(rss(site.url("/a"))),
        "/a": Page(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}),
    }
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.problem, report.refused, report.complete) == (None, 1, True)
