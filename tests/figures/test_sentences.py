"""Sentences by offset."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racewire.text.sentences import sentence_at, sentences


@pytest.mark.parametrize(
    ("lang", "text", "parts"),
    [
        ("en", "Acme Inc. raised $3.5 bn. The U.S. firm said so.", ["Acme Inc. raised $3.5 bn.", "The U.S. firm said so."]),
        (
            "en",
            "Mr. J. Smith paid $2.5m. “Why?” he asked. Nobody knew!",
            ["Mr. J. Smith paid $2.5m.", "“Why?” he asked.", "Nobody knew!"],
        ),
        ("en", "A title without a stop\nThe text.", ["A title without a stop", "The text."]),
        ("de", "Am 3. Oktober flossen 3,5 Mrd. Euro. Danach nichts.", ["Am 3. Oktober flossen 3,5 Mrd. Euro.", "Danach nichts."]),
        ("zh", "融资3．5亿元。估值30亿！然后呢？没有了", ["融资3．5亿元。", "估值30亿！", "然后呢？", "没有了"]),
        ("ja", "「調達した。」と述べた。次の文。", ["「調達した。」", "と述べた。", "次の文。"]),
        ("vi", "Giá 3,5 tỷ USD. Ông ở TP. HCM. Hết.", ["Giá 3,5 tỷ USD.", "Ông ở TP. HCM.", "Hết."]),
        ("hi", "राजस्व बढ़ा। मुनाफा घटा।", ["राजस्व बढ़ा।", "मुनाफा घटा।"]),
        ("ru", "Цена 5 млн руб. Компания растёт. В т.ч. и здесь.", ["Цена 5 млн руб. Компания растёт.", "В т.ч. и здесь."]),
        ("en", "", []),
        ("en", " \n\n ", []),
    ],
)
def test_sentences(lang: str, text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text, lang)] == parts


@given(st.text(alphabet="aB1. !?。\n“”$万,", max_size=80), st.integers(-5, 90), st.integers(-5, 90))
def test_the_sentence_at_a_span_covers_it(text: str, start: int, end: int) -> None:
    a, b = sentence_at(text, start, end)
    first = max(0, min(start, len(text)))
    assert 0 <= a <= first
    assert max(first, min(end, len(text))) <= b <= len(text)


@settings(deadline=None)
@given(st.text(alphabet="aB1. !?。．\n\r“”$", max_size=80), st.integers(1, 40), st.integers(0, 4000))
def test_the_sentence_around_a_letter_is_the_same_in_a_long_text(text: str, times: int, at: int) -> None:
    whole = text * times
    if whole and whole[at % len(whole)].isalnum():
        at %= len(whole)
        assert sentence_at(whole, at, at + 1) == next(span for span in sentences(whole) if span[0] <= at < span[1])


@given(st.text(alphabet="aB1. !?。\n“”$", max_size=80))
def test_sentences_agree_with_sentence_at(text: str) -> None:
    for a, b in sentences(text):
        assert sentence_at(text, a, b) == (a, b)
