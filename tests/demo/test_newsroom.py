"""The newsroom serves what it promises: pages and feeds, conditional requests, published steps, faults."""

from __future__ import annotations

import asyncio
import json
import socket
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.parse import urlsplit

import pytest
from lxml import etree

from racewire.demo.newsroom import Newsroom
from racewire.demo.papers import BREAKS, PAPERS, Paper

from .conftest import Get

WORKING = [paper for paper in PAPERS if paper.id != BREAKS]
NEWS = {"news": "http://www.google.com/schemas/sitemap-news/0.9", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


async def test_every_article_is_served_with_its_text_and_the_note_that_it_is_made_up(room: Newsroom, get: Get) -> None:
    room.heal(BREAKS)
    for article in room.articles():
        got = await get(article.url)
        assert got.status == 200, article.url
        page = etree.HTML(got.body.decode(article.paper.charset))
        text = "".join(page.itertext())
        assert article.title in text
        assert article.paper.made_up in text
        for paragraph in article.paragraphs:
            assert paragraph in text


@pytest.mark.parametrize("paper", WORKING, ids=lambda paper: paper.id)
async def test_feeds_sitemap_and_front_page_list_the_same_articles(room: Newsroom, get: Get, paper: Paper) -> None:
    titles = [article.title for article in room.articles(paper.id)]
    rss = etree.fromstring((await get(paper.root + "/rss.xml")).body)
    assert [item.findtext("title") for item in rss.iter("item")] == titles
    atom = etree.fromstring((await get(paper.root + "/atom.xml")).body)
    assert [title.text for title in atom.iterfind("a:entry/a:title", ATOM)] == titles
    feed = json.loads((await get(paper.root + "/feed.json")).body)
    assert [item["title"] for item in feed["items"]] == titles
    sitemap = etree.fromstring((await get(paper.root + "/news-sitemap.xml")).body)
    assert [title.text for title in sitemap.iterfind("s:url/news:news/news:title", NEWS)] == titles
    front = etree.HTML((await get(paper.root + "/")).body.decode(paper.charset))
    assert [link.text for link in front.iterfind(".//ul[@class='list']//a")] == titles


async def test_the_feed_gives_tracked_and_old_addresses_the_sitemap_clean_ones(room: Newsroom, get: Get) -> None:
    atom = etree.fromstring((await get("http://meridian-wire.example/atom.xml")).body)
    links = [str(link.get("href")) for link in atom.iterfind("a:entry/a:link", ATOM)]
    sitemap = etree.fromstring((await get("http://meridian-wire.example/news-sitemap.xml")).body)
    clean = [str(loc.text) for loc in sitemap.iterfind("s:url/s:loc", NEWS)]
    moved = [link for link in links if "/go/" in link]
    assert len(moved) == 1
    assert all("utm_source=" in link for link in links if link not in moved)
    assert not any("utm_" in link or "/go/" in link for link in clean)
    assert (await get(links[0])).body == (await get(clean[0])).body
    redirect = await get(moved[0])
    assert redirect.status == 301
    assert redirect.headers["Location"] in clean


async def test_robots_forbids_what_the_front_page_links(get: Get) -> None:
    robots = await get("http://rheinkurier.example/robots.txt")
    assert "Disallow: /intern/" in robots.text
    assert 'href="/intern/"' in (await get("http://rheinkurier.example/")).text


async def test_the_chinese_paper_is_gbk_and_says_so_in_the_page_only(room: Newsroom, get: Get) -> None:
    got = await get(room.articles("chaoxi-keji")[0].url)
    assert got.headers.get_content_charset() is None
    assert b"charset=gb2312" in got.body
    with pytest.raises(UnicodeDecodeError):
        got.body.decode("utf-8")


async def test_one_article_tells_its_date_in_the_byline_only(room: Newsroom, get: Get) -> None:
    (article,) = [article for article in room.articles() if article.printed_date_only]
    got = await get(article.url)
    assert "16:00 29/06/2023" in got.text
    assert "2023-06-29" not in got.text
    assert "Last-Modified" not in got.headers
    rss = etree.fromstring((await get("http://nhip-so.example/rss.xml")).body)
    (item,) = [item for item in rss.iter("item") if item.findtext("link") == article.url]
    assert item.find("pubDate") is None


@pytest.mark.parametrize("path", ["/rss.xml", "/", "/technology/baichuan-seed-round"])
async def test_what_has_not_changed_is_not_sent_again(get: Get, path: str) -> None:
    url = "http://meridian-wire.example" + path
    first = await get(url)
    by_tag = await get(url, If_None_Match=first.headers["ETag"])
    assert (by_tag.status, by_tag.body) == (304, b"")
    assert by_tag.headers["ETag"] == first.headers["ETag"]
    assert (await get(url, If_Modified_Since=first.headers["Last-Modified"])).status == 304
    assert (await get(url, If_None_Match='"other"', If_Modified_Since=first.headers["Last-Modified"])).status == 200
    assert (await get(url, If_Modified_Since="Thu, 01 Jun 2023 00:00:00 GMT")).status == 200
    assert (await get(url, If_Modified_Since="yesterday")).status == 200


async def test_zipped_only_when_asked_for(get: Get) -> None:
    url = "http://hangang-tech.example/news-sitemap.xml"
    plain, zipped = await get(url), await get(url, Accept_Encoding="gzip, deflate")
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert len(zipped.body) < len(plain.body)
    assert zipped.text == plain.text


async def test_head_unknown_paper_unknown_path_and_tunnels(room: Newsroom, get: Get) -> None:
    head = await get("http://denshi-shimpo.example/", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert (await get("http://denshi-shimpo.example/none")).status == 404
    assert (await get("http://elsewhere.example/")).status == 502
    assert (await get("http://denshi-shimpo.example/", method="POST")).status == 405
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(room.proxy_url).port)
    writer.write(b"CONNECT denshi-shimpo.example:443 HTTP/1.1\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 501 ")
    writer.close()
    assert [request.outcome for request in room.requests][:3] == ["200", "404", "502"]


async def test_steps_come_out_in_order_and_change_the_validators(room: Newsroom, get: Get) -> None:
    corrected = "http://meridian-wire.example/technology/minimax-new-funding"
    before, feed = await get(corrected), await get("http://meridian-wire.example/atom.xml")
    assert "$150 million" in before.text
    later = room.publish()
    assert len(later) == 3
    assert all([(await get(url)).status == 200 for url in later])
    assert corrected in room.publish("correction")
    after = await get(corrected, If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert "$250 million" in after.text
    assert "$150 million" not in after.text
    again = await get("http://meridian-wire.example/atom.xml", If_Modified_Since=feed.headers["Last-Modified"])
    assert again.status == 200
    assert room.publish() == ()
    assert room.publish("later") == ()
    with pytest.raises(ValueError, match="no step"):
        room.publish("never")


async def test_what_is_not_out_yet_is_not_found(room: Newsroom, get: Get) -> None:
    (moonshot,) = [article for article in Newsroom(steps=frozenset({"later"})).articles("nhip-so") if article.step]
    assert (await get(moonshot.url)).status == 404
    assert moonshot.title not in (await get("http://nhip-so.example/rss.xml")).text


async def test_the_paper_that_breaks_answers_500_then_hangs_until_it_is_healed(room: Newsroom, get: Get) -> None:
    feed = "http://le-fil.example/rss.xml"
    assert (await get("http://le-fil.example/robots.txt")).status == 200
    assert (await get(feed)).status == 500
    with pytest.raises(TimeoutError):
        await get(feed, timeout=0.2)
    assert (await get(feed)).status == 500
    assert (await get(feed)).status == 500
    room.heal("le-fil")
    assert (await get(feed)).status == 200


async def test_faults_hit_one_paper_for_as_long_as_asked(room: Newsroom, get: Get) -> None:
    room.fail("rheinkurier", "503", "reset", "truncate", on="/digital")
    url = "http://rheinkurier.example/digital/mistral-ai-paris-90-millionen-29068"
    busy = await get(url)
    assert (busy.status, busy.headers["Retry-After"]) == (503, "1")
    assert (await get("http://rheinkurier.example/")).status == 200
    with pytest.raises(OSError):
        await get(url)
    with pytest.raises(HTTPException):
        await get(url)
    assert (await get(url)).status == 200
    room.fail("rheinkurier", "404", forever=True)
    room.fail("rheinkurier", "429")
    assert [(await get(url)).status for _ in range(3)] == [429, 404, 404]
    with pytest.raises(ValueError, match="no paper"):
        room.fail("nobody", "500")
    with pytest.raises(ValueError, match="no fault"):
        room.fail("rheinkurier", "418")  # type: ignore[arg-type]


async def test_the_log_knows_host_path_validators_and_agent() -> None:
    moment = datetime(2023, 6, 29, 9, tzinfo=UTC)
    async with Newsroom(clock=lambda: moment) as room:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(room.proxy_url).port)
        writer.write(b"GET /?utm_source=x HTTP/1.1\r\nHost: Nhip-So.example\r\nUser-Agent: me\r\nIf-None-Match: x\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        (request,) = room.requests
    assert b"Date: Thu, 29 Jun 2023 09:00:00 GMT" in head
    assert (request.at, request.host, request.path) == (moment, "nhip-so.example", "/?utm_source=x")
    assert (request.outcome, request.conditional, request.agent) == ("200", True, "me")


async def test_nothing_is_left_when_the_context_ends() -> None:
    async with Newsroom() as room:
        port = urlsplit(room.proxy_url).port
        _, idle = await asyncio.open_connection("127.0.0.1", port)
        _, hanging = await asyncio.open_connection("127.0.0.1", port)
        room.fail("rheinkurier", "hang")
        hanging.write(b"GET http://rheinkurier.example/ HTTP/1.1\r\n\r\n")
        await asyncio.sleep(0.05)
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 1
    for writer in (idle, hanging):
        writer.close()
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        pass
    with pytest.raises(RuntimeError):
        _ = room.proxy_url


@pytest.mark.parametrize(
    "bytes_", [b"\r\n\r\n", b"GET\r\n\r\n", b"x" * 70_000, b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET / HTTP/1.1\r\n"]
)
async def test_bytes_that_are_not_http_end_that_connection_only(room: Newsroom, get: Get, bytes_: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(room.proxy_url).port)
    writer.write(bytes_)
    writer.write_eof()
    assert await asyncio.wait_for(reader.read(), 2) == b""
    writer.close()
    assert (await get("http://nhip-so.example/")).status == 200
