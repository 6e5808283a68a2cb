"""One page to one record."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

import racewire
from racewire.analysis import content_hash
from racewire.entities import Gazetteer
from tests.reading.pages import page

URL = "https://www.example.com/a"
TEXT = "<p>OpenAI said on Monday that it had raised $6.6 billion from its investors, a record for a young company.</p>" * 3


def test_a_record_has_it_all() -> None:
    record = racewire.analyse(
        page(text=TEXT, head='<meta property="article:published_time" content="2024-10-02T16:00:00Z">'), URL
    )
    assert (record.title, record.lang, record.published_at) == (
        "A second ferry for the lake",
        "en",
        datetime(2024, 10, 2, 16, tzinfo=UTC),
    )
    assert {mention.entity for mention in record.mentions} == {"openai"}
    for mention in record.mentions:
        assert record.text[mention.start : mention.end] == mention.surface
    for figure in record.figures:
        assert record.text[figure.start : figure.end] == figure.surface
    assert record.figures
    assert record.analyser_version
    assert pickle.loads(pickle.dumps(record)) == record


def test_offsets_are_of_the_title_where_there_is_no_text() -> None:
    record = racewire.analyse(b"<html><head><title>OpenAI opens an office</title></head><body></body></html>", URL)
    assert (record.text, record.problem) == ("", "empty")
    assert [record.title[m.start : m.end] for m in record.mentions] == ["OpenAI"]


def test_what_only_the_title_tells_is_told_with_offsets_into_it() -> None:
    teaser = "<p>The deal, which people close to both sides describe, would be the largest of its kind. Subscribe to read on.</p>"
    record = racewire.analyse(page(title="OpenAI in talks to raise $40 billion", h1=None, text=teaser), URL)
    assert record.mentions == ()
    assert record.figures == ()
    assert [record.title[m.start : m.end] for m in record.title_mentions] == ["OpenAI"]
    assert [(f.surface, f.recipient, f.certainty) for f in record.title_figures] == [("$40 billion", "openai", "planned")]


@pytest.mark.parametrize(
    ("title", "surfaces"),
    [
        ("OpenAI raises $6.6 billion", []),
        ("OpenAI raises about $7bn", []),
        ("OpenAI raises $9 billion", ["$9 billion"]),
        ("OpenAI raises $9 billion (€8 billion)", ["$9 billion", "€8 billion"]),
        ("OpenAI raises €6 billion ($6.6 billion)", []),
    ],
)
def test_a_title_that_repeats_or_rounds_the_text_adds_nothing(title: str, surfaces: list[str]) -> None:
    record = racewire.analyse(page(title=title, h1=None, text=TEXT), URL)
    assert record.title_mentions == ()
    assert [figure.surface for figure in record.title_figures] == surfaces
    assert [figure.equivalent_of for figure in record.title_figures] in ([], [None], [None, 0])


def test_nothing_gives_an_empty_record() -> None:
    record = racewire.analyse(b"", URL)
    assert (record.url, record.title, record.text, record.mentions, record.problem) == (URL, "", "", (), "empty")


def test_the_hash_overlooks_case_width_and_blanks() -> None:
    assert content_hash("A  title", "Ｔｅｘｔ") == content_hash("a title", "text")
    assert content_hash("a title", "text") != content_hash("a title", "texts")


def test_nothing_is_looked_for_where_nothing_is_tracked() -> None:
    record = racewire.analyse(page(text=TEXT), URL, entities=Gazetteer([]))
    assert record.mentions == ()
    assert record.figures
