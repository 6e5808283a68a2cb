"""Full text: every script, with or without marks, newest first, and nothing that breaks the query language."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from racewire.archive import Archive, search
from racewire.model import Record

NOW = datetime(2026, 3, 4, tzinfo=UTC)
TEXTS = {
    1: "百川智能宣布完成新一轮融资，腾讯参与。",
    2: "Cuộc đua AI: công ty đã huy động 50 tỷ đồng.",
    3: "Công ty khác gọi vốn năm tỷ; đầu tư vào chip.",
    4: "人工知能の会社が資金を調達した。",
    5: "인공지능 기업이 투자를 유치했다",
    6: "Chips for AI: the state-of-the-art data centre opens",
    7: "Le café ouvre à Orléans; ÉTÉ.",
}


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.add([Record(url=f"https://a.example/{n}", title=f"Title {n}", text=text) for n, text in TEXTS.items()], now=NOW)
    return archive


def found(archive: Archive, words: str, limit: int = 20) -> list[int]:
    with closing(archive.reader()) as reader:
        return [row["id"] for row in search(reader, words, limit)]


def test_search_goes_on_before_an_id(filled: Archive) -> None:
    with closing(filled.reader()) as reader:
        newest = [row["id"] for row in search(reader, "title", 3)]
        older = [row["id"] for row in search(reader, "title", 3, before=newest[-1])]
    assert newest == [7, 6, 5]
    assert older == [4, 3, 2]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("百川", [1]),
        ("百川智能", [1]),
        ("川", [1]),
        ("腾讯", [1]),
        ("融资 腾讯", [1]),
        ("dua", [2]),
        ("đua", [2]),
        ("huy dong", [2]),
        ('"huy động"', [2]),
        ('"động huy"', []),
        ("ty", [3, 2]),
        ("tỷ", [3, 2]),
        ("đầu tư", [3]),
        ("人工", [4]),
        ("知能の会", [4]),
        ("인공지능", [5]),
        ("투자", [5]),
        ("AI", [6, 2]),
        ("chip", [3]),
        ("chip*", [6, 3]),
        ("state-of-the-art", [6]),
        ("ORLEANS", [7]),
        ("cafe ete", [7]),
        ("title", [7, 6, 5, 4, 3, 2, 1]),
        ("nothing", []),
        ("", []),
        ("...", []),
        ("*", []),
        ('"', []),
    ],
)
def test_words_find_their_articles_newest_first(filled: Archive, words: str, ids: list[int]) -> None:
    assert found(filled, words) == ids


def test_the_limit_keeps_the_newest(filled: Archive) -> None:
    assert found(filled, "title", 2) == [7, 6]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40))
def test_nothing_that_a_person_types_is_an_error(filled: Archive, words: str) -> None:
    found(filled, words)


def test_a_changed_text_is_found_by_its_new_words_only(filled: Archive) -> None:
    filled.add([Record(url="https://a.example/1", title="Title 1", text="月之暗面完成融资。")], now=NOW)
    assert found(filled, "腾讯") == []
    assert found(filled, "暗面") == [1]


def test_a_word_of_an_indian_script_is_found_whole(archive: Archive) -> None:
    """Their vowel signs are no letters to SQLite: word by word, बैंक would be any text that has ब and क in it."""
    texts = ["भारतीय रिज़र्व बैंक ने दर घटाई।", "कल बारिश हुई।", "বাংলাদেশ ব্যাংক সুদ কমাল।", "सरकार ने नई किताब छापी।"]
    archive.add([Record(url=f"https://a.example/{n}", title="", text=text) for n, text in enumerate(texts, 1)], now=NOW)
    assert found(archive, "बैंक") == [1]
    assert found(archive, '"रिज़र्व बैंक"') == [1]
    assert found(archive, "दर बैंक") == [1]
    assert found(archive, "किता*") == [4]
    assert found(archive, "বাংলাদেশ") == [3]
