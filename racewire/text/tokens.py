"""Folded words: the form in which texts are compared and searched, whatever their script, case or marks.

The fold is NFKC, casefold, Latin, Greek, Cyrillic and Arabic marks stripped and đ -> d, so toneless and decomposed Vietnamese
meet the real spelling. Scripts that write no spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give one token a character.
"""

from __future__ import annotations

import re
import unicodedata

SPACELESS = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u309f\u30a0-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff\u2060\ufe00-\ufe0f\ufeff\u00ad]+"
)
OTHERS = tuple({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "ʼ": "'"}.items())
WORD = re.compile(f"[{SPACELESS}]|[^\\W_{SPACELESS}]+")
ASCII_WORDS = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))


def fold_text(text: str) -> str:
    """The folded text. Offsets change: `racewire.text.fold` is the fold that can tell where a character came from."""
    if text.isascii():
        return text.lower()
    # decomposed first, so that one pass strips the marks; composed again, so that Hangul and kana are whole
    text = unicodedata.normalize("NFKD", text).casefold()
    text = MARKS.sub("", text)
    for letter, plain in OTHERS:  # a look for each is far cheaper than str.translate over the whole text
        if letter in text:
            text = text.replace(letter, plain)
    return unicodedata.normalize("NFC", text)


def tokens(text: str) -> list[str]:
    """Folded words in order; punctuation and spaces are gone."""
    return tokens_of_folded(fold_text(text))


def tokens_of_folded(folded: str) -> list[str]:
    """The same for a text that is folded already."""
    if folded.isascii():
        return folded.translate(ASCII_WORDS).split()  # a quarter of the cost
    return WORD.findall(folded)
