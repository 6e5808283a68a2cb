"""Two spellings of one address meet, two addresses do not, and nothing is an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.stories import url_key
from racewire.stories.domains import domain_of, registrable_domain, trusted_canonical

ONE = "https://paper.example/news/2026/03/lumenova?id=7"


@pytest.mark.parametrize(
    "twin",
    [
        "http://paper.example/news/2026/03/lumenova?id=7",
        "https://www.paper.example/news/2026/03/lumenova?id=7",
        "https://m.paper.example/news/2026/03/lumenova?id=7",
        "https://www.m.paper.example/news/2026/03/lumenova?id=7",
        "https://amp.paper.example/news/2026/03/lumenova/?id=7",
        "HTTPS://PAPER.EXAMPLE:443/news/2026/03/lumenova?id=7",
        "https://paper.example./news/2026/03/lumenova?id=7",
        "https://reader:secret@paper.example/news/2026/03/lumenova?id=7",
        "//paper.example/news/2026/03/lumenova?id=7",
        " https://paper.example/news/2026/03/lume\nnova?id=7\t",
        "https:\\\\paper.example\\news\\2026\\03\\lumenova?id=7",
        "https://paper.example//news/./x/../2026/03/lumenova/?id=7",
        "https://paper.example/news/2026/03/lumenova/amp?id=7",
        "https://paper.example/amp/news/2026/03/lumenova?id=7",
        "https://paper.example/news/2026/03/lumenova;jsessionid=0AB1C2?id=7",
        "https://paper.example/n%65ws/2026/03/lumenova?id=7",
        "https://paper.example/news/2026/03/lumenova?id=7#comments",
        "https://paper.example/news/2026/03/lumenova?utm_source=feed&id=7&utm_medium=rss",
        "https://paper.example/news/2026/03/lumenova?id=7&fbclid=IwAR0xyz&gclid=Cj0",
        "https://paper.example/news/2026/03/lumenova?id=7&mc_cid=1&mkt_tok=2&_ga=3&igsh=4&spm=5",
        "https://paper.example/news/2026/03/lumenova?id=7&ref=twitter&from=singlemessage",
        "https://paper.example/news/2026/03/lumenova?id=7&sid=0123456789abcdef0123",
        "https://paper.example/news/2026/03/lumenova?id=7&amp=1",
        "https://paper.example/news/2026/03/lumenova?id=7&outputType=amp",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fpaper.example%2Fnews%2F2026%2F03%2Flumenova%3Fid%3D7",
        "https://www.google.com/amp/s/paper.example/news/2026/03/lumenova?id=7",
        "https://paper-example.cdn.ampproject.org/c/s/paper.example/news/2026/03/lumenova?id=7",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fpaper.example%2Fnews%2F2026%2F03%2Flumenova%3Fid%3D7&h=AT0",
    ],
)
def test_spellings_of_one_address_meet(twin: str) -> None:
    assert url_key(twin) == url_key(ONE)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://paper.example/?id=1", "https://paper.example/?id=2"),
        ("https://paper.example/?p=1", "https://paper.example/?p=2"),
        ("https://paper.example/story?sid=63206", "https://paper.example/story?sid=63329"),
        ("https://paper.example/?source=desk1", "https://paper.example/?source=desk2"),
        ("https://paper.example/?ref=chapter-1", "https://paper.example/?ref=chapter-2"),
        ("https://paper.example/x?v=abC", "https://paper.example/x?v=abc"),
        ("https://paper.example/AbC", "https://paper.example/aBc"),
        ("https://paper.example/a%2Fb", "https://paper.example/a/b"),
        ("https://paper.example/?q=a%26b", "https://paper.example/?q=a&b"),
        ("https://paper.example/?q=a+b", "https://paper.example/?q=a%2Bb"),
        ("https://paper.example/#!/story/1", "https://paper.example/#!/story/2"),
        ("https://paper.example/app#/a/1", "https://paper.example/app#/a/2"),
        ("https://paper.example:8080/x", "https://paper.example/x"),
        ("https://blog.paper.example/x", "https://shop.paper.example/x"),
        ("https://paper.example/amp/x", "https://paper.example/amplifier/x"),
        ("https://paper.example/index.html?a=1", "https://paper.example/index.html?a=2"),
    ],
)
def test_different_addresses_stay_apart(a: str, b: str) -> None:
    assert url_key(a) != url_key(b)


def test_parameters_are_sorted_and_escapes_spelled_one_way() -> None:
    assert url_key("https://paper.example/%c3%a9t%C3%A9?b=2&a=%7e") == "paper.example/%C3%A9t%C3%A9?a=~&b=2"
    assert url_key("https://paper.example/été?a=~&b=2") == "paper.example/%C3%A9t%C3%A9?a=~&b=2"


def test_international_hosts_meet_their_ascii_form() -> None:
    assert url_key("https://bücher.example/neu") == url_key("https://xn--bcher-kva.example/neu")


@pytest.mark.parametrize("url", ["mailto:a@b.example", "javascript:alert(1)", "", "tel:123"])
def test_what_is_no_web_address_comes_back(url: str) -> None:
    assert url_key(f" {url} ") == url


@given(st.text(max_size=200))
def test_no_text_is_an_error(text: str) -> None:
    url_key(text)
    url_key("https://" + text)
    domain_of("https://" + text)
    trusted_canonical("https://paper.example/x", text)


@given(
    path=st.lists(st.text("abcXYZ019-_é", min_size=1, max_size=6), max_size=4),
    query=st.lists(st.tuples(st.sampled_from(["id", "p", "story"]), st.text("ab12", max_size=4)), max_size=3),
)
def test_measuring_parameters_never_matter_and_keys_are_stable(path: list[str], query: list[tuple[str, str]]) -> None:
    address = "https://paper.example/" + "/".join(path)
    own = "&".join(f"{name}={value}" for name, value in query)
    plain = address + ("?" + own if own else "")
    tracked = address + "?" + "&".join(part for part in ("utm_source=x", own, "fbclid=y") if part)
    assert url_key(plain) == url_key(tracked)
    assert url_key("https://" + url_key(plain)) == url_key(plain)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("news.paper.example", "paper.example"),
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("paper.com.vn", "paper.com.vn"),
        ("a.b.paper.com.vn", "paper.com.vn"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_registrable_domains(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("url", "canonical", "trusted"),
    [
        ("https://m.a.example/x?i=1", "https://www.a.example/x", "https://www.a.example/x"),
        ("https://a.example/x?i=1", "/news/x", "https://a.example/news/x"),
        ("https://a.example/x/amp", "https://a.example/x", "https://a.example/x"),
        ("https://a.example/x", "https://b.example/x", None),
        ("https://a.example/news/x", "https://a.example/", None),
        ("https://a.example/news/x", "https://a.example/news/", None),
        ("https://a.example/", "https://a.example/", "https://a.example/"),
        ("https://a.example/x", "ftp://a.example/x", None),
        ("https://a.example/x", "http://[broken", None),
        ("https://a.example/x", None, None),
        ("https://a.example/x", "", None),
    ],
)
def test_a_canonical_address_is_believed_within_the_site_and_not_above_the_page(
    url: str, canonical: str | None, trusted: str | None
) -> None:
    assert trusted_canonical(url, canonical) == trusted
