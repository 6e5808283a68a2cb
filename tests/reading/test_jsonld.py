"""JSON-LD as it is found: nested, listed, broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.reading import jsonld

ARTICLE = '{"@type": "NewsArticle", "headline": "A second ferry", "datePublished": "2024-03-01"}'


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        f'{{"@graph": [{{"@type": "WebSite"}}, {ARTICLE}]}}',
        f"{ARTICLE} {ARTICLE}",
        f"<!-- {ARTICLE} -->",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        f"{ARTICLE};",
        ARTICLE.replace("}", ",}"),
        ARTICLE.replace('"', "&quot;"),
        ARTICLE.replace("ferry", "fer\nry").replace("fer\nry", "ferry\t"),
        ARTICLE[:-1] + ', "articleBody": "cut sho',
        ARTICLE.replace("second", "sec\\ond").replace("sec\\ond", "second"),
        '{"@type": ["Thing", "NewsArticle"], "headline": "A second ferry", "datePublished": "2024-03-01"}',
        '{"@type": "http://schema.org/NewsArticle", "headline": "A second ferry", "datePublished": "2024-03-01"}',
    ],
)
def test_the_article_is_found(script: str) -> None:
    nodes = jsonld.flatten(jsonld.load(script))
    found = [node for node in nodes if jsonld.text_of(node, "headline") == "A second ferry"]
    assert found
    assert jsonld.text_of(found[0], "datePublished") == "2024-03-01"


def test_the_best_article_comes_first() -> None:
    nodes = jsonld.flatten(
        jsonld.load('[{"@type":"WebPage","headline":"Page"},{"@type":"VideoObject","headline":"Film"},' + ARTICLE + "]")
    )
    assert [node["@type"] for node in jsonld.articles(nodes)] == ["NewsArticle", "VideoObject", "WebPage"]


def test_strings_of_any_shape() -> None:
    assert list(jsonld.strings([{"name": ["A", {"name": "B"}]}, "C", None, 3, {"@value": "D"}])) == ["A", "B", "C", "D"]


@given(st.text(max_size=200))
def test_any_script_is_survived(script: str) -> None:
    jsonld.flatten(jsonld.load("{" + script))
