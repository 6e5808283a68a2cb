"""Written words as numbers: what tells something, what may be a name, and how far a text is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.stories.remembered import Remembered
from racewire.stories.shingles import word_number
from racewire.stories.stems import (
    CAPITAL,
    DIGITS,
    KNOWN_WORDS,
    LEAD_WORDS,
    NUMBER_BITS,
    codes_of,
    first_codes,
    sentences,
)


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Terns nest. Ferries stop!", [["Terns", "nest"], ["Ferries", "stop"]]),
        ('He said: "Never" (in May)', [["He", "said"], ["Never"], ["in", "May"]]),
        ("Chim én làm tổ. Phà dừng", [["Chim", "én", "làm", "tổ"], ["Phà", "dừng"]]),
        ("燕鸥筑巢。渡轮停航", [["燕鸥筑巢"], ["渡轮停航"]]),
        ("snake_case and 3.5", [["snake", "case", "and", "3"], ["5"]]),
    ],
)
def test_texts_are_parted_where_a_capital_says_nothing(text: str, parted: list[list[str]]) -> None:
    assert [words for words in sentences(text) if words] == parted


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_the_short_way_for_ascii_reads_what_the_long_one_reads(text: str) -> None:
    short = [words for words in sentences(text) if words]
    long = [words for words in sentences(text + "\n é") if words][:-1]
    assert short == long


@pytest.mark.parametrize(
    ("word", "number", "flags"),
    [
        ("terns", "tern", 0),
        ("Terns", "tern", CAPITAL),
        ("Stations", "statio", CAPITAL),
        ("2026", "2026", DIGITS),
        ("Đồng", "dong", CAPITAL),
    ],
)
def test_a_word_is_the_number_of_its_stem_and_what_its_spelling_says(word: str, number: str, flags: int) -> None:
    assert codes_of(word) == ((word_number(number) | flags,), 1.0)


@pytest.mark.parametrize("word", ["the", "The", "và", "は"])
def test_words_that_tell_nothing_have_no_code(word: str) -> None:
    assert codes_of(word) == ((), 0.0)


def test_a_run_of_characters_counts_as_half_as_many_words() -> None:
    codes, count = codes_of("燕鸥筑巢")
    assert codes == tuple(map(word_number, ("燕鸥", "鸥筑", "筑巢")))
    assert count == 2.0


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    codes, _ = first_codes("Marrow saluted Kestrel. Odense slept")
    assert [bool(code & CAPITAL) for code in codes] == [False, False, True, False, False]
    assert codes[3] == word_number("odense")


def test_so_many_words_are_read_and_no_more() -> None:
    words = [f"{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwxyz'[n // 100]}o" for n in range(400)]
    codes, lead = first_codes(" ".join(words))
    assert [code & NUMBER_BITS for code in codes] == list(map(word_number, words[:KNOWN_WORDS]))
    assert lead == LEAD_WORDS
    # with Chinese among them the runs count: 2 words each here, of 3 codes
    codes, lead = first_codes(" ".join(["燕鸥筑巢"] * 150))
    assert (len(codes), lead) == (3 * KNOWN_WORDS // 2, 3 * LEAD_WORDS // 2)


@given(st.lists(st.integers(0, 30), max_size=200), st.integers(2, 12))
def test_remembered_values_are_right_and_few(keys: list[int], most: int) -> None:
    values = Remembered[int, int](lambda key: key * key, most)
    for key in keys:
        assert values[key] == key * key
        assert len(values) <= most


def test_what_is_asked_for_often_is_computed_once() -> None:
    asked: list[int] = []

    def square(key: int) -> int:
        asked.append(key)
        return key * key

    values = Remembered[int, int](square, 8)
    for key in range(1, 100):
        assert (values[0], values[key]) == (0, key * key)
    assert asked.count(0) == 1
