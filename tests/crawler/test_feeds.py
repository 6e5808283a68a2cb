"""Feeds in every spelling, and what is sent instead of them."""

from __future__ import annotations

import contextlib
import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.feeds.links import Document
from crawler.feeds.reader import read_document
from crawler.problems import Trouble

AT = "http://paper.example/feeds/latest.xml"
MOMENT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def read(body: str | bytes, **more: str) -> Document:
    return read_document(body.encode() if isinstance(body, str) else body, AT, **more)  # type: ignore[arg-type]


RSS_2 = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Paper</title><link>http://paper.example/</link>
<item><title>M&amp;A &lt;b&gt;now&lt;/b&gt;</title><link>/2026/a</link><guid isPermaLink="false">77</guid><pubDate>Tue, 24 Nov 2026 10:00:00 +0700</pubDate></item>
</channel></rss>"""
RSS_1 = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://paper.example/"><title>Paper</title></channel>
<item rdf:about="http://paper.example/2026/a"><title>M&amp;A now</title><link>http://paper.example/2026/a</link><dc:date>2026-11-24T10:00:00+07:00</dc:date></item></rdf:RDF>"""
RSS_091 = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Paper</title><item><title>M&amp;A now</title><link>http://paper.example/2026/a</link></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>
<entry><title type="html">M&amp;amp;A now</title><link rel="self" href="/x"/><link href="/2026/a"/><id>tag:paper.example,2026:1</id><published>2026-11-24T10:00:00+07:00</published><updated>2026-11-25T00:00:00Z</updated></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": [
{"id": "1", "url": "/2026/a", "title": "M&A now", "date_published": "2026-11-24T10:00:00+07:00"}, {"id": "2"}, "odd"]}"""


@pytest.mark.parametrize("body", [RSS_2, RSS_1, RSS_091, ATOM, JSON], ids=["rss 2.0", "rss 1.0", "rss 0.91", "atom", "json"])
def test_each_kind_of_feed_gives_its_links(body: str) -> None:
    document = read(body)
    assert (document.kind, document.problem) == ("feed", None)
    (link,) = document.links
    assert link.url == "http://paper.example/2026/a"
    assert link.title == "M&A now"
    assert link.sure
    if body != RSS_091:
        assert link.published == MOMENT


def test_a_permalink_guid_stands_in_for_a_missing_link() -> None:
    (link,) = read('<rss><channel><item><guid isPermaLink="true">http://paper.example/a</guid></item></channel></rss>').links
    assert link.url == "http://paper.example/a"


def test_another_guid_does_not() -> None:
    assert read('<rss><channel><item><guid isPermaLink="false">77</guid><title>x</title></item></channel></rss>').links == ()


def test_the_address_before_a_counting_redirect_is_preferred() -> None:
    body = """<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><link>http://counter.example/r/1</link>
    <feedburner:origLink>http://paper.example/a</feedburner:origLink></item></channel></rss>"""
    assert [link.url for link in read(body).links] == ["http://paper.example/a"]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "",
        "#top",
        "mailto:a@b.example",
        "file:///etc/passwd",
        "http://",
        "http://user:pw@host/x",
        "http://[1/",
    ],
)
def test_what_cannot_be_fetched_is_dropped(href: str) -> None:
    body = f"<rss><channel><item><title>x</title><link>{href}</link></item><item><link>http://a.example/1</link></item></channel></rss>"
    assert [link.url for link in read(body).links] == ["http://a.example/1"]


@pytest.mark.parametrize("before", ["\n\n", "\ufeff", "Warning: something in line 3\n"])
def test_what_stands_before_the_declaration_does_no_harm(before: str) -> None:
    assert len(read(before + RSS_2).links) == 1


def test_a_bare_ampersand_does_no_harm() -> None:
    (link,) = read(
        "<rss><channel><item><title>AT&T & R&D</title><link>http://a.example/?x=1&y=2</link></item></channel></rss>"
    ).links
    assert (link.title, link.url) == ("AT&T & R&D", "http://a.example/?x=1&y=2")


@pytest.mark.parametrize(
    "date", ["Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "99999999999999"]
)
def test_a_date_that_cannot_be_is_none(date: str) -> None:
    (link,) = read(f"<rss><channel><item><link>http://a.example/1</link><pubDate>{date}</pubDate></item></channel></rss>").links
    assert link.published is None


def test_a_feed_cut_in_the_middle_gives_its_whole_items() -> None:
    items = "".join(f"<item><title>Number {n}</title><link>http://a.example/{n}</link></item>" for n in range(10))
    body = f"<rss><channel>{items}</channel></rss>"
    document = read(body[: body.index("Number 7") + 5])
    assert document.problem == "truncated"
    assert [link.url[-1] for link in document.links] == list("0123456")


@pytest.mark.parametrize("after", ["", "\n\n", "<!-- made in 3 ms -->", "\x00\x00", "<!---->" * 500])
def test_comments_after_the_end_do_not_make_a_feed_look_cut(after: str) -> None:
    document = read(RSS_2 + after)
    assert (document.problem, len(document.links)) == (None, 1)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("/etc/passwd", "not-a-feed"),
        ("http://paper.example/other.xml", None),  # one address a line: a sitemap in plain text
        ('{"a": 1}', "not-a-feed"),
        ('{"a":' + "[" * 100_000, "not-a-feed"),
        ("<rss>" + "<a>" * 100_000, "unsafe-markup"),
        (
            "<rss><channel><item "
            + " ".join(f'a{n}="1"' for n in range(50_000))
            + "><link>http://a.example/</link></item></channel></rss>",
            "unsafe-markup",
        ),
        (
            f"<!DOCTYPE rss [{LAUGHS}]><rss><channel><item><title>&l9;</title><link>http://a.example/</link></item></channel></rss>",
            "unsafe-markup",
        ),
        (
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&x;</title><link>http://a.example/</link></item></channel></rss>',
            "unsafe-markup",
        ),
        ('<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://a.example/x.dtd"> %x;]><rss><channel/></rss>', "unsafe-markup"),
    ],
)
def test_what_is_no_feed_is_named_and_costs_no_time(body: str, problem: str | None) -> None:
    began = time.process_time()
    assert read(body).problem == problem
    assert time.process_time() - began < 2


def test_a_harmless_entity_is_allowed() -> None:
    body = '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]><rss><channel><item><title>a&nbsp;b</title><link>http://a.example/1</link></item></channel></rss>'
    assert [link.url for link in read(body).links] == ["http://a.example/1"]


def test_a_body_that_names_a_local_file_is_not_opened(tmp_path: object) -> None:
    from pathlib import Path

    secret = Path(str(tmp_path), "secret.xml")
    secret.write_text(RSS_2)
    assert read(str(secret)).links == ()
    assert read(f"<rss>{secret}</rss>").links == ()


def test_a_very_long_feed_is_read_in_linear_time() -> None:
    items = "".join(f"<item><title>{n}</title><link>http://a.example/{n}</link></item>" for n in range(30_000))
    began = time.process_time()
    document = read(f"<rss><channel>{items}</channel></rss>")
    assert len(document.links) == 20_000
    assert document.links[0].url == "http://a.example/0"
    assert time.process_time() - began < 5


def test_charsets_are_read_as_declared() -> None:
    body = '<?xml version="1.0" encoding="gb2312"?><rss><channel><item><title>人工智能融资</title><link>http://a.example/1</link></item></channel></rss>'
    assert read(body.encode("gbk")).links[0].title == "人工智能融资"
    plain = "<rss><channel><item><title>trí tuệ</title><link>http://a.example/1</link></item></channel></rss>"
    assert read(plain.encode("utf-16"), content_type="application/rss+xml; charset=utf-16").links[0].title == "trí tuệ"


@pytest.mark.parametrize("label", ["utf-99", "utf-16", "", "x" * 5_000, "utf-8; charset=latin-1"])
def test_a_wrong_label_does_no_harm(label: str) -> None:
    body = "<rss><channel><item><title>trí tuệ</title><link>http://a.example/1</link></item></channel></rss>"
    assert [link.url for link in read(body, content_type=f"text/xml; charset={label}").links] == ["http://a.example/1"]
    assert read("<html><a href=/1>x</a></html>", content_type=f"text/html; charset={label}", selector="a").links


def test_a_gzipped_file_is_unpacked_within_the_limit() -> None:
    assert len(read(gzip.compress(RSS_2.encode())).links) == 1
    with pytest.raises(Trouble, match="unpacks to more"):
        read_document(gzip.compress(bytes(1 << 22)), AT, limit=1 << 20)


@given(st.binary(max_size=400))
@example(b"\x1f\x8b")
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_document_or_trouble(body: bytes) -> None:
    with contextlib.suppress(Trouble):
        assert isinstance(read(body), Document)


@given(st.sampled_from([RSS_2, RSS_1, ATOM, JSON]), st.integers(0, 900), st.binary(max_size=6))
@settings(max_examples=150, deadline=None)
def test_a_damaged_feed_gives_a_document(body: str, place: int, damage: bytes) -> None:
    data = body.encode()
    with contextlib.suppress(Trouble):
        document = read(data[:place] + damage + data[place + 3 :])
        assert all(link.url.startswith(("http://", "https://")) for link in document.links)
