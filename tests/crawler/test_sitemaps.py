"""Sitemaps, indexes of them, and the crawls that follow them."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

from crawler.feeds.reader import read_document
from tests.crawler.conftest import Desk
from tests.crawler.site import Page, Site, article

NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> http://paper.example/a </loc><image:image><image:loc>http://paper.example/a.jpg</image:loc></image:image>
<news:news><news:publication><news:name>Paper</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-24T10:00:00+07:00</news:publication_date><news:title>A &amp; B</news:title></news:news></url>
<url><loc>http://paper.example/about</loc><lastmod>2026-11-01</lastmod></url><url><loc>javascript:x</loc></url></urlset>"""


def test_the_fields_of_a_news_sitemap_are_read() -> None:
    document = read_document(NEWS.encode(), "http://paper.example/news.xml")
    assert (document.kind, document.problem) == ("sitemap", None)
    news, other = document.links
    assert (news.url, news.title, news.sure) == ("http://paper.example/a", "A & B", True)
    assert news.published == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert (other.url, other.published, other.updated, other.sure) == (
        "http://paper.example/about",
        None,
        datetime(2026, 11, 1, tzinfo=UTC),
        False,
    )


def test_an_index_names_news_first_and_then_what_changed_last() -> None:
    rows = {"pages": "2026-11-20", "news": "2026-01-01", "old": "2020-01-01", "latest": "2026-11-24T05:00:00Z"}
    body = "".join(f"<sitemap><loc>/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>" for name, day in rows.items())
    document = read_document(f"<sitemapindex>{body}</sitemapindex>".encode(), "http://paper.example/sitemap.xml")
    assert document.kind == "index"
    assert [child.rpartition("/")[2] for child in document.children] == ["news.xml", "latest.xml", "pages.xml", "old.xml"]


def test_of_a_large_sitemap_the_newest_addresses_are_handed_on() -> None:
    rows = "".join(f"<url><loc>http://a.example/{n}</loc><lastmod>20{n % 30:02}-01-01</lastmod></url>" for n in range(6_000))
    links = read_document(f"<urlset>{rows}</urlset>".encode(), "http://a.example/s.xml").links
    assert len(links) == 5_000
    assert min(link.updated for link in links if link.updated).year == 2005


def sitemap(*urls: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode()


def index(*urls: str) -> bytes:
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in urls)}</sitemapindex>".encode()


async def test_nested_sitemaps_are_followed_and_asked_conditionally_ever_after(desk: Desk, site: Site) -> None:
    site.pages |= {
        "/sitemap.xml": Page(index(site.url("/inner.xml"), site.url("/broken.xml")), etag='"i"'),
        "/inner.xml": Page(index(site.url("/news.xml.gz")), etag='"j"'),
        "/news.xml.gz": Page(
            gzip.compress(sitemap(site.url("/a"))), etag='"n"', headers={"Content-Type": "application/octet-stream"}
        ),
        "/broken.xml": Page(sitemap(), etag='"b"'),
        "/a": article("A"),
    }
    source = desk.source("/sitemap.xml", "sitemap")
    report = await desk.runner.crawl(source)
    assert (report.outcome, report.new) == ("ok", 1)
    site.pages["/news.xml.gz"] = Page(gzip.compress(sitemap(site.url("/b"), site.url("/a"))), etag='"n2"')
    site.pages["/b"] = article("B")
    site.asked.clear()
    report = await desk.runner.crawl(source)  # neither index changed, yet the news are found
    assert (report.outcome, report.new) == ("ok", 1)
    assert sorted(site.targets()) == ["/b", "/broken.xml", "/inner.xml", "/news.xml.gz", "/sitemap.xml"]
    assert (await desk.runner.crawl(source)).outcome == "not_modified"


async def test_a_sitemap_that_fails_below_an_index_is_named_and_the_others_are_read(desk: Desk, site: Site) -> None:
    site.pages |= {
        "/sitemap.xml": Page(index(site.url("/gone.xml"), site.url("/here.xml"))),
        "/here.xml": Page(sitemap(site.url("/a"))),
        "/a": article("A"),
    }
    report = await desk.runner.crawl(desk.source("/sitemap.xml", "sitemap"))
    assert (report.outcome, report.problem, report.new, report.complete) == ("failed", "http-404", 1, False)


async def test_an_index_that_names_itself_ends(desk: Desk, site: Site) -> None:
    site.pages["/sitemap.xml"] = Page(index(site.url("/sitemap.xml"), site.url("/other.xml")))
    site.pages["/other.xml"] = Page(index(site.url("/sitemap.xml")))
    await desk.runner.crawl(desk.source("/sitemap.xml", "sitemap"))
    assert site.targets() == ["/sitemap.xml", "/other.xml"]


async def test_a_page_that_a_plain_sitemap_names_is_kept_only_with_a_text(desk: Desk, site: Site) -> None:
    site.pages |= {
        "/sitemap.xml": Page(sitemap(site.url("/a"), site.url("/b"))),
        "/a": article("A"),
        "/b": Page(b"<html><title>Contact</title></html>"),
    }
    report = await desk.runner.crawl(desk.source("/sitemap.xml", "sitemap"))
    assert (report.new, report.refused) == (1, 1)
