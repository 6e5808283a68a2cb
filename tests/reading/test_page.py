"""What is read from whole pages: text, title, authors, address, language."""

from __future__ import annotations

import json

import pytest

from racewire.reading import read
from tests.reading.pages import PARAGRAPHS, SENTENCES, TITLE, page

URL = "https://www.example.com/local/ferry?from=feed"


def test_the_text_is_the_article_alone() -> None:
    assert read(page(), URL).text == "\n".join(SENTENCES)


@pytest.mark.parametrize(
    "extra",
    [
        '<div class="comments"><p>I never liked that boat, and the harbour is much too small for it, if you ask me.</p></div>',
        '<figure><img src="x.jpg"><figcaption>The old boat at the pier. Photo: Someone</figcaption></figure>',
        '<div class="newsletter-signup"><p>Sign up for our newsletter and get the best of the lake in your inbox.</p></div>',
        '<div style="display: none"><p>This text is hidden from every reader and says that the boat is red.</p></div>',
        '<p><a href="/3">Read also: An older ferry is sold to a collector in the north of the country</a></p>',
        "<script>var text = 'The boat is red and the boat is long, and the boat is slow.';</script>",
    ],
)
def test_what_does_not_belong_is_left_out(extra: str) -> None:
    assert read(page(after=extra), URL).text == "\n".join(SENTENCES)


def test_subheadings_and_lists_stay() -> None:
    text = PARAGRAPHS + "<h2>What changes in spring</h2>" + PARAGRAPHS.replace("boat", "ship")
    lines = read(page(text=text), URL).text.split("\n")
    assert "What changes in spring" in lines
    assert len(lines) == 9


def test_an_embedded_post_stays_within_the_text() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p lang="en">Two boats from spring: see you on deck! <a href="https://t.co/1">pic.twitter.com/1</a></p>'
        '— Lake Ferries (@lakeferries) <a href="https://twitter.com/lakeferries/status/1">May 4, 2026</a></blockquote>'
    )
    half = len(SENTENCES) // 2
    before, after = ("".join(f"<p>{sentence}</p>" for sentence in part) for part in (SENTENCES[:half], SENTENCES[half:]))
    lines = read(page(text=before + post + after), URL).text.split("\n")
    assert lines[half].startswith("Two boats from spring")
    assert [line for line in lines if line in SENTENCES] == list(SENTENCES)


def test_line_breaks_part_paragraphs() -> None:
    text = "<div>" + "<br><br>".join(SENTENCES) + "</div>"
    assert read(page(text=text), URL).text == "\n".join(SENTENCES)


def test_a_shell_is_read_from_its_data() -> None:
    story = {
        "props": {
            "pageProps": {
                "article": {"bodyHtml": PARAGRAPHS, "publishedAt": "2024-03-01T10:00:00+01:00", "related": ["One", "Two"]}
            }
        }
    }
    html = f'<html><head><title>{TITLE}</title></head><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(story)}</script></body></html>'
    found = read(html.encode(), URL)
    assert (found.text, found.sources["text"]) == ("\n".join(SENTENCES), "script")
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2024-03-01T09:00:00+00:00"


def test_a_flight_stream_is_read() -> None:
    rows = f'1:["$","div",null]\n2a:T{len(PARAGRAPHS.encode()):x},{PARAGRAPHS}3:{{"content":"$2a"}}\n'
    half = len(rows) // 2
    scripts = "".join(f"<script>self.__next_f.push({json.dumps([1, part])})</script>" for part in (rows[:half], rows[half:]))
    assert read(f"<html><head><title>{TITLE}</title></head><body>{scripts}</body></html>".encode(), URL).text == "\n".join(
        SENTENCES
    )


@pytest.mark.parametrize(
    ("title", "h1", "head", "expected"),
    [
        (f"{TITLE} - Example News", TITLE, "", TITLE),
        (f"{TITLE} | Example", None, '<meta property="og:site_name" content="Example">', TITLE),
        (f"{TITLE} | Local | Example.com", None, "", f"{TITLE} | Local"),
        ("Cost of living - a second ferry", None, "", "Cost of living - a second ferry"),
        (f"Example: {TITLE}", None, '<meta property="og:site_name" content="Example">', TITLE),
        ("x", "Example", f'<meta property="og:title" content="{TITLE} | Example">', TITLE),
        (f"{TITLE}-Newsㅣexample.com", None, "", TITLE),
        (
            "",
            None,
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A &quot;second&quot; ferry"}</script>',
            'A "second" ferry',
        ),
    ],
)
def test_title(title: str, h1: str | None, head: str, expected: str) -> None:
    assert read(page(title=title, h1=h1, head=head), URL).title == expected


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": TITLE} | fields)}</script>'


@pytest.mark.parametrize(
    ("head", "before", "expected"),
    [
        (ld(author={"@type": "Person", "name": "Ann Lake"}), "", ("Ann Lake",)),
        (ld(author=[{"name": "Ann Lake"}, {"name": "Bo Shore"}]), "", ("Ann Lake", "Bo Shore")),
        (ld(author="Ann Lake and Bo Shore"), "", ("Ann Lake", "Bo Shore")),
        (ld(author={"givenName": "Ann", "familyName": "Lake"}), "", ("Ann Lake",)),
        (ld(author=None), '<p class="byline">By Ann Lake</p>', ("Ann Lake",)),
        (ld(author={"@type": "Organization", "name": "Example"}), '<a rel="author" href="/ann">Ann Lake</a>', ("Ann Lake",)),
        (ld(author={"@type": "Organization", "name": "Example"}), "", ("Example",)),
        (
            '<meta name="author" content="https://social.example/ann"><meta name="author" content="von Ann Lake">',
            "",
            ("Ann Lake",),
        ),
        ('<meta name="author" content="김나래 기자">', "", ("김나래",)),
        ("", "", ()),
    ],
)
def test_authors(head: str, before: str, expected: tuple[str, ...]) -> None:
    assert read(page(head=head, before=before), URL).authors == expected


def test_an_author_by_reference() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": TITLE, "author": {"@id": "#a"}},
            {"@type": "Person", "@id": "#a", "name": "Ann Lake"},
        ]
    }
    assert read(page(head=f'<script type="application/ld+json">{json.dumps(graph)}</script>'), URL).authors == ("Ann Lake",)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="/local/ferry">', "https://www.example.com/local/ferry"),
        ('<meta property="og:url" content="https://example.com/local/ferry">', "https://example.com/local/ferry"),
        ('<link rel="canonical" href="javascript:alert(1)">', URL),
        ('<link rel="canonical" href="">', URL),
        ("", URL),
    ],
)
def test_canonical(head: str, expected: str) -> None:
    assert read(page(head=head), URL).canonical_url == expected


def test_image_and_site() -> None:
    head = '<meta property="og:site_name" content="Example"><meta property="og:image" content="/lake.jpg">'
    found = read(page(head=head), URL)
    assert (found.site_name, found.image_url) == ("Example", "https://www.example.com/lake.jpg")


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7 and so on", "not-html"),
        (b"\x00\x01\x02" * 500, "not-html"),
        (page(head=ld(isAccessibleForFree=False)), "paywall"),
        (page(head='<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"x"}</script>'), "live"),
        (page(), None),
        (page() + b" " * 4_000_001, "too-large"),
    ],
)
def test_problem(html: bytes, problem: str | None) -> None:
    assert read(html, URL).problem == problem


def test_an_index_is_no_article() -> None:
    cards = "".join(
        f"<article><h2><a href='/{n}'>Story number {n} of the day</a></h2><p>What happened in part {n}.</p></article>"
        for n in range(20)
    )
    html = f"<html><head><title>Example</title></head><body><main>{cards}</main></body></html>".encode()
    assert read(html, "https://www.example.com/").problem == "index-page"


def test_every_field_says_where_it_is_from() -> None:
    found = read(page(head=ld(author="Ann Lake", datePublished="2024-03-01T10:00:00Z")), URL)
    assert found.sources == {
        "text": "blocks",
        "title": "h1",
        "authors": "json-ld author",
        "published_at": "json-ld datePublished",
        "canonical_url": "url",
    }


def test_paragraphs_each_in_boxes_of_their_own_are_read_like_others() -> None:
    lines = [
        line
        for pair in zip(SENTENCES, ("The harbour will be rebuilt.", "A bridge was too dear", "Nobody objected."), strict=False)
        for line in pair
    ]
    lines.append(SENTENCES[-1])
    boxed = "".join(
        f'<div class="sc-a"><div class="sc-b"><div><div><div><p>{line}</p></div></div></div></div></div>' for line in lines
    )
    html = f'<html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title></head><body><div><h1>{TITLE}</h1><div class="sc-c">{boxed}</div></div></body></html>'
    assert read(html.encode(), URL).text == "\n".join(lines)
