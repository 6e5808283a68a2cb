"""One page to one record."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import racewire
from racewire.analysis import content_hash
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
    for found in (*record.mentions, *record.figures):
        assert record.text[found.start : found.end] == found.surface
    assert record.figures
    assert record.analyser_version
    assert pickle.loads(pickle.dumps(record)) == record


def test_offsets_are_of_the_title_where_there_is_no_text() -> None:
    record = racewire.analyse(b"<html><head><title>OpenAI opens an office</title></head><body></body></html>", URL)
    assert (record.text, record.problem) == ("", "empty")
    assert [record.title[m.start : m.end] for m in record.mentions] == ["OpenAI"]


def test_nothing_gives_an_empty_record() -> None:
    record = racewire.analyse(b"", URL)
    assert (record.url, record.title, record.text, record.mentions, record.problem) == (URL, "", "", (), "empty")


def test_the_hash_overlooks_case_width_and_blanks() -> None:
    assert content_hash("A  title", "Ｔｅｘｔ") == content_hash("a title", "text")
    assert content_hash("a title", "text") != content_hash("a title", "texts")
