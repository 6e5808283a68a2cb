"""Pages that list articles, and sites of which only the address is known."""

from __future__ import annotations

import time

import pytest

from crawler.feeds.guard import is_overgrown
from crawler.feeds.reader import read_document
from tests.crawler.conftest import Desk
from tests.crawler.site import Page, Site, article, rss

FRONT = """<!doctype html><html><head><base href="http://paper.example/sub/"><title>Paper</title></head><body>
<nav><a href="/2026/11/24/the-long-title-of-some-story-in-the-menu">Menu of the long title of some story</a><a href="/about-us">About us</a></nav>
<main><h2><a href="/2026/11/24/chip-maker-opens-second-plant-in-hanoi">Chip maker opens a second plant in Hanoi</a></h2>
<a href="/2026/11/24/chip-maker-opens-second-plant-in-hanoi"><img src="x.jpg"></a>
<h3><a href="kinh-te/start-up-goi-von-thanh-cong-4812345.html">Start-up gọi vốn thành công vòng hạt giống</a></h3>
<article><a href="/a/6789012">百川智能完成五千万美元融资，估值翻倍增长</a></article>
<a href="/tag/chips">Chips</a> <a href="/author/the-editor-of-the-day">The editor of the day, who writes</a> <a href="/2026/11/24/picture-of-the-day-in-large.jpg">Picture</a>
<a href="http://elsewhere.example/2026/11/24/a-story-of-another-site-altogether">A story of another site altogether</a>
<a href="http://news.paper.example/2026/11/24/a-story-on-a-sister-site">A story on a sister site of ours</a>
<a href="mailto:x@paper.example">Write to us</a> <a href="?page=2">Next</a> <a>nothing</a></main><footer><a href="/legal/terms-of-use-and-conditions">Terms of use and conditions</a></footer></body></html>"""


def test_links_that_look_like_articles_of_the_same_site_are_taken() -> None:
    document = read_document(FRONT.encode(), "http://paper.example/")
    assert [link.url for link in document.links] == [
        "http://paper.example/2026/11/24/chip-maker-opens-second-plant-in-hanoi",
        "http://paper.example/sub/kinh-te/start-up-goi-von-thanh-cong-4812345.html",
        "http://paper.example/a/6789012",
        "http://news.paper.example/2026/11/24/a-story-on-a-sister-site",
    ]
    assert document.links[0].title == "Chip maker opens a second plant in Hanoi"
    assert not any(link.sure for link in document.links)


def test_a_selector_picks_links_and_elements_that_hold_links() -> None:
    document = read_document(FRONT.encode(), "http://paper.example/", selector="h2, h3, nav a:last-child")
    assert [link.url.rpartition("/")[2] for link in document.links] == [
        "about-us",
        "chip-maker-opens-second-plant-in-hanoi",
        "start-up-goi-von-thanh-cong-4812345.html",
    ]
    assert all(link.sure for link in document.links)


@pytest.mark.parametrize("selector", ["ul[[", "a:no-such-thing", "a::text("])
def test_a_selector_that_cannot_be_read_is_named(selector: str) -> None:
    assert read_document(FRONT.encode(), "http://paper.example/", selector=selector).problem == "bad-selector"


@pytest.mark.parametrize(
    "body",
    [b"<html><body>" + b"<div>" * 100_000, b"<html>" + b"<a href=/x>" * 50_000, b"<html><body>\x00\xff\xfe" + b"&" * 100_000],
)
def test_a_hostile_page_is_read_without_harm(body: bytes) -> None:
    assert read_document(body, "http://paper.example/").kind == "page"


def front(site: Site, *paths: str, head: str = "", etag: str | None = '"front"') -> Page:
    items = "".join(f'<h3><a href="{path}">The story of {path} in a few words more</a></h3>' for path in paths)
    for path in paths:
        site.pages.setdefault(path, article(f"About {path}"))
    return Page(
        f"<!doctype html><html><head>{head}</head><body>{items}</body></html>".encode(),
        etag=etag,
        headers={"Content-Type": "text/html"},
    )


STORY = "/2026/11/24/a-story-of-the-day"


async def test_a_listing_is_crawled(desk: Desk, site: Site) -> None:
    site.pages["/"] = front(site, STORY, "/short")
    source = desk.source("/", "listing")
    assert (await desk.runner.crawl(source)).new == 1
    assert (await desk.runner.crawl(source)).outcome == "not_modified"
    report = await desk.runner.crawl(desk.source("/", "listing", id="picked", links="h3 a"))
    assert (report.links, report.new) == (2, 1)


async def test_a_listing_without_links_has_failed_from_the_first(desk: Desk, site: Site) -> None:
    site.pages["/"] = front(site)
    report = await desk.runner.crawl(desk.source("/", "listing", links="ul.stories a"))
    assert (report.outcome, report.problem) == ("failed", "no-links")
    assert "ul.stories a" in report.message


async def test_a_page_where_a_feed_should_be_is_named(desk: Desk, site: Site) -> None:
    site.pages["/"] = front(site, STORY)
    assert (await desk.runner.crawl(desk.source("/", "feed"))).problem == "not-a-feed"


async def test_auto_takes_the_feed_that_the_page_names_and_remembers_it(desk: Desk, site: Site) -> None:
    site.pages["/"] = front(
        site,
        "/x",
        head='<link rel="alternate" type="application/rss+xml" href="/comments.xml"><link rel=alternate type="application/atom+xml" href="/feed.xml">',
    )
    site.pages["/feed.xml"] = Page(rss(site.url("/a")), etag='"1"')
    site.pages["/a"] = article("A")
    source = desk.source("/", "auto")
    assert (await desk.runner.crawl(source)).new == 1
    assert site.targets() == ["/", "/feed.xml", "/a"]
    site.asked.clear()
    assert (await desk.runner.crawl(source)).outcome == "not_modified"
    assert site.targets() == ["/feed.xml"]


async def test_auto_looks_again_when_the_feed_is_gone(desk: Desk, site: Site) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="{}">'
    site.pages["/"] = front(site, head=head.format("/feed.xml"))
    site.pages["/feed.xml"] = Page(rss(site.url("/a")), etag='"1"')
    site.pages["/a"] = article("A")
    source = desk.source("/", "auto")
    await desk.runner.crawl(source)
    site.pages["/feed.xml"] = Page(status=404)
    site.pages["/"] = front(site, head=head.format("/moved.xml"), etag='"front"')
    site.pages["/moved.xml"] = Page(rss(site.url("/b")), etag='"2"')
    site.pages["/b"] = article("B")
    report = await desk.runner.crawl(source)
    assert (report.outcome, report.new) == ("ok", 1)
    site.asked.clear()
    await desk.runner.crawl(source)
    assert site.targets() == ["/moved.xml"]


async def test_auto_takes_the_sitemap_of_robots_txt_where_no_feed_is_named(desk: Desk, site: Site) -> None:
    site.pages["/robots.txt"] = Page(
        f"User-agent: *\nAllow: /\nSitemap: {site.url('/tags.xml')}\nSitemap: {site.url('/news.xml')}\n".encode()
    )
    site.pages["/"] = front(site)
    site.pages["/news.xml"] = Page(f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>".encode(), etag='"n"')
    site.pages["/tags.xml"] = Page(b"<urlset></urlset>", etag='"t"')
    site.pages["/a"] = article("A")
    assert (await desk.runner.crawl(desk.source("/", "auto"))).new == 1


async def test_auto_takes_the_links_of_the_page_at_last(desk: Desk, site: Site) -> None:
    site.pages["/"] = front(site, STORY)
    source = desk.source("/", "auto")
    assert (await desk.runner.crawl(source)).new == 1
    assert (await desk.runner.crawl(source)).outcome == "not_modified"


async def test_auto_of_a_feed_reads_the_feed(desk: Desk, site: Site) -> None:
    site.pages["/feed.xml"] = Page(rss(site.url("/a")))
    site.pages["/a"] = article("A")
    assert (await desk.runner.crawl(desk.source("/feed.xml", "auto"))).new == 1


async def test_auto_of_a_page_that_shows_nothing_has_failed(desk: Desk, site: Site) -> None:
    site.pages["/"] = front(site)
    assert (await desk.runner.crawl(desk.source("/", "auto"))).problem == "no-links"


@pytest.mark.parametrize(
    ("page", "overgrown"),
    [
        (b"<p " + b" ".join(b'a%d="1"' % number for number in range(60_000)) + b">", True),
        (b"<p " + b" ".join(b'a%d="<"' % number for number in range(60_000)), True),
        (b"<p " + b" ".join(b"a%d" % number for number in range(60_000)), True),
        (b'<div data-state="' + b"some words of a story " * 50_000 + b'">', False),
        (b"<img src='data:image/png;base64," + b"QUJD" * 500_000 + b"'>", False),
        (
            b"<script>if (a<b) { " + b'c = "d"; ' * 20_000 + b"}</script>",
            True,
        ),  # nobody writes so; it is refused by mistake, in vain but harmless
        (b"<a" * 500_000, False),
        (b'<a "' * 300_000, True),
        (b"<a '\"" * 300_000, True),
    ],
)
def test_tags_with_thousands_of_attributes_are_seen_in_linear_time(page: bytes, overgrown: bool) -> None:
    began = time.process_time()
    assert is_overgrown(page) is overgrown
    assert time.process_time() - began < 0.5
