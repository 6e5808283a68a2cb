"""A look at a source, with the real reader in its own process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawler.probe import look_at_all, probe
from crawler.runner import Runner
from crawler.workers import Workers
from tests.crawler.conftest import Desk, Inline
from tests.crawler.site import Page, Site, article, rss

STORY = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>OpenAI opens an office in Hanoi</title>
<meta property="article:published_time" content="2026-11-24T10:00:00+07:00"></head><body><article><h1>OpenAI opens an office in Hanoi</h1>
<p>OpenAI said on Tuesday that it would open an office in Hanoi next year and hire two hundred people there.</p>
<p>The company did not say what the office would cost, only that work on the building had begun in the spring.</p></article></body></html>"""

ENTITY = '[entity.mine]\nname = "{0}"\ntype = "company"\naliases = ["{0}"]\n'


async def test_a_source_is_shown_without_keeping_anything(site: Site) -> None:
    desk = Desk(site)
    site.pages |= {
        "/robots.txt": Page(b"User-agent: *\nCrawl-delay: 0.01\nDisallow: /private/"),
        "/feed.xml": Page(rss(*(site.url(path) for path in ("/a", "/private/b", "/c", "/d")))),
        "/a": article("A"),
        "/c": Page(status=410),
    }
    sighting = await probe(desk.config, desk.source("/feed.xml"), articles=3, workers=Inline(1))
    assert (sighting.report.outcome, sighting.robots, sighting.crawl_delay) == ("ok", "allowed", 0.01)
    assert sighting.report.documents == ((site.url("/feed.xml"), "feed", 4),)
    assert [link.url.removeprefix(site.root) for link in sighting.links] == ["/a", "/private/b", "/c", "/d"]
    assert [record.title for record in sighting.records] == ["A"]
    assert sorted(code for _, code in sighting.lost) == ["http-410", "robots"]
    assert "/d" not in site.targets()
    await desk.runner.stop()


@pytest.mark.parametrize(
    ("answer", "robots"), [(Page(b"User-agent: *\nDisallow: /"), "forbidden"), (Page(status=500), "unreachable")]
)
async def test_a_source_that_does_not_let_us_in_is_named(site: Site, answer: Page, robots: str) -> None:
    desk = Desk(site)
    site.pages["/robots.txt"] = answer
    sighting = await probe(desk.config, desk.source("/feed.xml"), workers=Inline(1))
    assert (sighting.report.outcome, sighting.robots) == ("failed", robots)
    await desk.runner.stop()


async def test_pages_are_read_by_the_real_reader_in_its_process(site: Site, real_reading: None) -> None:
    desk = Desk(site)
    site.pages |= {"/feed.xml": Page(rss(site.url("/a"))), "/a": Page(STORY.encode(), headers={"Content-Type": "text/html"})}
    sighting = await probe(desk.config, desk.source("/feed.xml"), workers=Workers(1))
    (record,) = sighting.records
    assert (record.title, record.lang) == ("OpenAI opens an office in Hanoi", "en")
    assert record.published_at is not None
    assert record.published_at.isoformat() == "2026-11-24T03:00:00+00:00"
    assert [mention.entity for mention in record.mentions][:1] == ["openai"]
    await desk.runner.stop()


async def test_entities_of_the_user_are_found_and_changes_of_their_file_are_seen(
    site: Site, tmp_path: Path, real_reading: None
) -> None:
    file = tmp_path / "entities.toml"
    file.write_text(ENTITY.format("Hanoi"))
    desk = Desk(site)
    runner = Runner(desk.config, desk.store, entities=file, workers=Workers(1))
    site.pages |= {path: Page(STORY.encode(), headers={"Content-Type": "text/html"}) for path in ("/a", "/b")}
    for path, name in (("/a", "Hanoi"), ("/b", "Tuesday")):
        site.pages["/feed.xml"] = Page(rss(site.url(path)))
        file.write_text(ENTITY.format(name))
        os.utime(file, ns=(0, len(desk.store.kept) + 1))
        runner.adopt(file)
        await runner.crawl(desk.source("/feed.xml"))
    surfaces = [[mention.surface for mention in record.mentions if mention.entity == "mine"] for record in desk.store.records]
    assert [set(found) for found in surfaces] == [{"Hanoi"}, {"Tuesday"}]
    await runner.stop()
    await desk.runner.stop()


async def test_a_look_at_many_asks_for_their_links_only(site: Site) -> None:
    desk = Desk(site)
    site.pages |= {"/feed.xml": Page(rss(site.url("/a"))), "/a": article("A")}
    sources = [desk.source(path).model_copy(update={"id": name}) for name, path in (("good", "/feed.xml"), ("gone", "/gone.xml"))]
    reports = await look_at_all(desk.config, sources, workers=Inline(1))
    assert [(report.source_id, report.links, report.problem) for report in reports] == [
        ("good", 1, None),
        ("gone", 0, "http-404"),
    ]
    assert "/a" not in site.targets()
    await desk.runner.stop()
