"""Written words as numbers: stems, with what their spelling says of them, in the order of a text. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from racewire.stories.remembered import Remembered
from racewire.stories.shingles import word_number
from racewire.text.tokens import fold_text

LEAD_WORDS = 60  # an article tells its event in the headline and the first sentences
KNOWN_WORDS = 200  # how far a name is looked for before it counts as absent

# a word's code is its number of 30 bits, and above it ...
DIGITS = 1 << 30  # ... whether it begins with a digit
CAPITAL = 1 << 31  # ... and whether with a capital, where that betrays a name
NUMBER_BITS, SHORT_BITS = DIGITS - 1, 0xFFFF

WORD = re.compile(r"[^\W_]+")
INDIAN = re.compile("[\u0900-\u0963\u0980-\u0dff]")  # vowel signs are no letters to `re`, but part of the word
INDIAN_WORD = re.compile(r"[\u0900-\u0963\u0980-\u0dff]+|[^\W_]+")
START = 400  # characters by which an Indian script is known
BREAK = re.compile(r'[.!?:\n"“«「『。！？]')
ASCII_PIECES = "".join(c if (c := chr(code)).isalnum() else "." if BREAK.match(c) else " " for code in range(128))
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
HIRAGANA = re.compile(r"[\u3040-\u309f]+\Z")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """Folded words that tell nothing, of all languages together."""
    lines = (files("racewire.stories") / "data" / "stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.partition(":")[2].split())


def stem(word: str) -> str:
    """The beginning of a folded word, long enough to tell words apart and short enough to lose most endings."""
    if not word.isascii():
        if CYRILLIC.match(word):
            return word[:5]
        if HANGUL.match(word):
            return word[:2] if len(word) <= 3 else word[:3]
    if len(word) > 6:
        return word[:6]
    return word[:-1] if len(word) > 3 and word[-1] == "s" else word


def sentences(text: str) -> Iterable[list[str]]:
    """The written words of a text, parted where a capital may stand for another reason than a name."""
    if text.isascii():
        return map(str.split, text.translate(ASCII_PIECES).split("."))  # a third of the cost
    word = INDIAN_WORD if INDIAN.search(text, 0, START) else WORD
    return map(word.findall, BREAK.split(text))


def _code(word: str) -> int:
    folded = fold_text(word)
    if not folded or folded in stopwords():
        return 0
    return word_number(stem(folded)) | (DIGITS if folded[0].isdigit() else 0) | (CAPITAL if word[0].isupper() else 0)


def _run(word: str) -> tuple[tuple[int, ...], float]:
    folded, stop = fold_text(word), stopwords()
    pairs = [folded[place : place + 2] for place in range(len(folded) - 1)]
    telling = [pair for pair in pairs if pair[0] not in stop and pair[1] not in stop and not HIRAGANA.match(pair)]
    return tuple(map(word_number, telling)), len(folded) / 2 if telling else 0.0


CODES = Remembered[str, int](_code, 1 << 17)
RUNS = Remembered[str, tuple[tuple[int, ...], float]](_run, 1 << 13)


def codes_of(word: str) -> tuple[tuple[int, ...], float]:
    """The codes of a written word, none where it tells nothing, and how many words it counts as.

    A run of Chinese or Japanese has a code for each telling pair of characters and counts as half as many words as it has characters.
    """
    if not word.isascii() and HAN.search(word):
        return RUNS[word]
    code = CODES[word]
    return ((code,), 1.0) if code else ((), 0.0)


def first_codes(text: str) -> tuple[list[int], int]:
    """The codes of the first KNOWN_WORDS telling words, and how many of them belong to the first LEAD_WORDS.

    The capital at the beginning of a sentence is no CAPITAL.
    """
    if not text.isascii() and HAN.search(text):
        return _first_codes_in_runs(text)
    codes: list[int] = []
    for sentence in sentences(text):
        part = list(map(CODES.__getitem__, sentence))
        if part and part[0] >= CAPITAL:
            part[0] -= CAPITAL
        codes += part
    return list(filter(None, codes))[:KNOWN_WORDS], LEAD_WORDS


def _first_codes_in_runs(text: str) -> tuple[list[int], int]:
    codes: list[int] = []
    lead, counted = None, 0.0
    for sentence in sentences(text):
        for place, word in enumerate(sentence):
            found, count = codes_of(word)
            counted += count
            if lead is None and counted > LEAD_WORDS:
                lead = len(codes)
            if counted > KNOWN_WORDS:
                return codes, len(codes) if lead is None else lead
            codes.extend([code & ~CAPITAL for code in found] if not place else found)
    return codes, len(codes) if lead is None else lead
