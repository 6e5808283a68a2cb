"""Pages that are damaged, huge or made to hurt: never an exception, never for long."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racewire.reading import read
from tests.reading.pages import PARAGRAPHS, page

URL = "https://www.example.com/a"
LIMIT = 2.0  # seconds of CPU
P = PARAGRAPHS.encode()
MONSTERS = {
    "deep": b"<html><body>" + b"<div>" * 20_000 + P,
    "deep links": b"<html><body><p>" + b"<a href=x>" * 20_000 + P,
    "deep lists": b"<html><body>" + b"<ul><li>" * 20_000 + P,
    "one line of words": b"<html><body><p>" + b"word and more " * 720_000,
    "one word": b"<html><body><p>" + b"a" * 10_000_000,
    "one line of GBK": ("<html><body><p>" + "公司表示将在山谷建设工厂" * 400_000).encode("gbk"),
    "one line of nothing known": b"<html><body><p>" + b"\xe9" * 10_000_000,
    "many elements": b"<html><body>" + b"<div>x</div>" * 400_000,
    "many links": b"<html><body>" + b"<a href=x>some words</a>" * 200_000,
    "many attributes": b"<html><body><div " + b" ".join(b"a%d='x'" % n for n in range(200_000)) + b">" + P,
    "many attributes with signs of markup": b"<html><body><p " + b" ".join(b"a%d='<>'" % n for n in range(100_000)) + b">" + P,
    "many attributes in a row": b"<html><body><p " + b"".join(b'a%d="<"' % n for n in range(100_000)) + b">" + P,
    "many bare attributes": b"<html><body><p " + b" ".join(b"a%d <" % n for n in range(100_000)) + b">" + P,
    "many dates": b"<html><body>" + b"<p>2023-01-01 2023-01-02 12:00</p>" * 100_000,
    "many headlines": b"<html><body>" + b"<h1>a headline that is here</h1>" * 60_000 + P,
    "many titles": b"<html><head><title>" + b"a - b | c " * 500_000,
    "many names": b"<html><head><meta name=author content='" + b"A B and " * 500_000 + b"'>" + P,
    "deep JSON": b'<html><script type="application/ld+json">' + b"[" * 3_000_000,
    "deep objects": b'<html><script type="application/ld+json">' + b'{"a":' * 500_000,
    "many quotes": b'<html><script type="application/ld+json">{"headline":"' + b'\\"' * 1_500_000,
    "many brackets": b"<" * 500_000,
    "letters without end before one beyond ASCII": b"<html><body><p>" + b"a" * 4_000_000 + b"\xe9",
    "noise": random.Random(1).randbytes(2_000_000),
}


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters_are_read_in_time(name: str) -> None:
    began = time.process_time()
    found = read(MONSTERS[name], URL)
    assert time.process_time() - began < LIMIT
    assert len(found.text) <= 250_000


def test_a_tag_with_a_thousand_attributes_keeps_its_text() -> None:
    html = b"<html><body><div " + b" ".join(b"attribute%d='value'" % n for n in range(3_000)) + b">" + P + b"</div></body></html>"
    assert read(html, URL).text.startswith("The ferry company")


def test_a_long_attribute_is_no_monster() -> None:
    html = b"<html><body><div data-x='" + b"some words = here " * 5_000 + b"'>" + P + b"</div></body></html>"
    assert read(html, URL).text.startswith("The ferry company")


@pytest.mark.parametrize("seed", range(30))
def test_damaged_pages_are_survived(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(
        page(head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","author":[{"name":"A B"}]}</script>')
    )
    for _ in range(seed):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    read(bytes(data[: rng.randrange(len(data))]), URL)
    read(bytes(data), URL)


@settings(max_examples=60)
@given(
    st.binary(max_size=500),
    st.sampled_from(["", "a:b", "http://[", "https://example.com/x", "//x"]),
    st.sampled_from([None, "utf-16", "gbk", "hex", "idna"]),
)
def test_any_bytes_are_survived(data: bytes, url: str, encoding: str | None) -> None:
    read(data, url, encoding=encoding)
    read(b"<html><body><h1>a</h1><p>" + data, url, encoding=encoding)


def test_the_same_bytes_give_the_same_page() -> None:
    assert read(page(), URL) == read(page(), URL)


def test_no_markup_or_control_comes_through() -> None:
    found = read(page(h1="A\x07 <b>second</b> ferry", title="x"), URL)
    assert found.title == "A second ferry"
