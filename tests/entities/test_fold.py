"""The fold and its way back: what is folded, and that every span of the fold leads to text that folds to it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.text.fold import _UNUSUAL, fold, fold_character

SAME = [
    ("Nvidia’s", "nvidia's"),
    ("Kai‑Fu – Lee", "kai-fu - lee"),
    ("Nvi\u00addia", "nvidia"),
    ("Open\u200dAI\ufeff", "openai"),
    ("ＯｐｅｎＡＩ", "openai"),
    ("ｸﾞｰｸﾞﾙ", "グーグル"),
    ("Hugging\u00a0Face", "hugging face"),
    ("a \u200b  b", "a b"),
    ("ﬁne", "fine"),
    ("İntel", "intel"),
    ("Straße", "straße"),
    ("サム・アルトマン", "サム·アルトマン"),
    ("萨姆•奥尔特曼", "萨姆·奥尔特曼"),
    ("Advanced Micro\nDevices", "advanced micro devices"),
    ("Advanced Micro \r\n  Devices", "advanced micro devices"),
    ("one\n\ntwo", "one\n\ntwo"),
    ("one \n \n two", "one\n\ntwo"),
    ("ΑΘΗΝΑΣ αθηνας", "αθηνασ αθηνασ"),
    ("غـوغل", "غوغل"),
]


@pytest.mark.parametrize(("text", "folded"), SAME)
def test_folds_to(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("word", ["Đại học Thanh Hoa", "엔비디아", "Comisión Europea", "エヌビディア", "Łódź", "हिन्दी"])
def test_composed_and_decomposed_are_one(word: str) -> None:
    assert fold(unicodedata.normalize("NFD", word)).text == fold(unicodedata.normalize("NFC", word)).text


def test_accents_tell_words_apart() -> None:
    assert fold("ma").text != fold("mã").text


def test_usual_characters_fold_to_their_small_letter_alone() -> None:
    usual = [c for c in map(chr, range(33, 0x11000)) if not _UNUSUAL.match(c)]
    assert len(usual) > 30_000
    for c in usual:
        assert fold_character(c) == c.lower()
        assert len(c.lower()) == 1
        assert not unicodedata.combining(c)
        assert unicodedata.is_normalized("NFKC", c)
        assert c.isprintable()


pieces = st.one_of(
    st.sampled_from(
        [
            "Nvidia’s ",
            "ﬁ",
            "½",
            "İ",
            "ß",
            "e\u0301",
            "\u0301",
            "\u200d",
            "\u00ad",
            "  ",
            "\n",
            "\n\n",
            " \n ",
            "ＡＩ",
            "百度",
            "엔비디아",
            "각",
            "ｶﾞ",
            "가",
            "Đ",
            "ع",
            "😀\ufe0f",
        ]
    ),
    st.text(max_size=6),
)
texts = st.lists(pieces, max_size=12).map("".join)


@given(texts)
def test_every_span_between_aligned_offsets_folds_to_its_part(text: str) -> None:
    folded = fold(text)
    aligned = [i for i in range(len(folded.text) + 1) if folded.aligned(i)]
    for i in aligned:
        for j in aligned:
            if i < j <= i + 12:
                part = folded.text[i:j]
                if part.strip() == part and "\n" not in part:
                    assert fold(text[folded.start(i) : folded.end(j)]).text == part


@given(texts)
def test_offsets_stay_inside_and_in_order(text: str) -> None:
    folded = fold(text)
    starts = [folded.start(i) for i in range(len(folded.text))]
    ends = [folded.end(i + 1) for i in range(len(folded.text))]
    assert all(0 <= a < b <= len(text) for a, b in zip(starts, ends, strict=True))
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert folded.end(0) == 0


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
