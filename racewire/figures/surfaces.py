"""How words stand in a text: capitals, blanks, hyphens, apostrophes and line breaks, and the form under which they are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from racewire.text.case import small

# Blank space, hyphens, and a line break only where the line goes on in small letters: another paragraph is another matter.
_SPACE = r"[^\S\n\r]|[\u200b-]"
BLANK = rf"(?:{_SPACE}|\n(?=(?-i:[a-z])))"
MOST_BLANKS = 3  # that stand for one
_BLANKS = re.compile(rf"{BLANK}+")
_UP_TO_TWO = re.compile(f"{BLANK}{{0,2}}")
_SPACES = "-\u200b" + "".join(char for char in map(chr, range(0x3001)) if char.isspace() and char not in "\n\r")
_BLANK_SIGNS = frozenset(_SPACES)
_RARE_BLANK = re.compile(f"[{re.escape(''.join(sorted(_BLANK_SIGNS - set(' -' + chr(0xA0)))))}]")
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " ") | {"’": "'", "ʼ": "'"})
_SOFT_BREAK = re.compile(r"\n(?=[a-z])")
_SEVERAL = re.compile(" {2,3}(?! )")
_RUN = re.compile(r"\w+")
# Marks that are no \w and yet part of a word: accents, the vowel signs of Indian scripts.
_MARKS = frozenset(map(chr, [*range(0x300, 0x370), *range(0x900, 0x964), *range(0x966, 0xE00)]))


def tidy(surface: str) -> str:
    """The form under which a surface is looked up: small letters, single blanks."""
    low = surface.lower()
    if low.isalnum() and "ʼ" not in low:
        return low
    if low.isascii() and "-" not in low and low.replace(" ", "").isalnum():
        return " ".join(low.split())
    return _BLANKS.sub(" ", low.replace("’", "'").replace("ʼ", "'")).strip()


def as_looked_up(signs: str) -> str:
    """A few characters as entries may have them; their number may change where a capital has no single small letter."""
    return signs.lower() if signs.isascii() and signs.isalnum() else signs.lower().translate(_PLAIN).replace("\n", " ")


def is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def is_mark(char: str) -> bool:
    return char in _MARKS


def is_apart(text: str, at: int) -> bool:
    """Whether a letter stands at `at`, of a script that writes words apart (ò as well as o, not 元)."""
    sign = text[at : at + 1] if at >= 0 else ""
    return sign.isalpha() and not "\u2e80" <= sign <= "\uffef"


def past_blanks(text: str, at: int) -> int:
    """Where the blanks end that begin at `at`, or `at`."""
    signs = text[at : at + 2]
    if signs[:1].isalnum():
        return at
    if signs[:1] == " " and signs[1:].isalnum():
        return at + 1
    blanks = _BLANKS.match(text, at, at + MOST_BLANKS + 1)
    return blanks.end() if blanks else at


def past_two_blanks(text: str, at: int) -> int:
    """The same, for two blanks at most."""
    signs = text[at : at + 2]
    if signs[:1].isalnum():
        return at
    if signs[:1] == " " and signs[1:].isalnum():
        return at + 1
    blanks = _UP_TO_TWO.match(text, at)
    return blanks.end() if blanks else at


def before_blanks(text: str, at: int) -> int:
    """Where the blanks begin that end at `at`, or `at`."""
    signs = text[at - 2 : at] if at > 1 else ""
    if signs[1:] == " " and signs[:1].isalnum():
        return at - 1
    end = at
    while end and end > at - MOST_BLANKS:
        sign = text[end - 1]
        if sign.isalnum() or not (sign in _BLANK_SIGNS or (sign == "\n" and "a" <= text[end : end + 1] <= "z")):
            break
        end -= 1
    return end


class Window(NamedTuple):
    """A stretch of a text as entries are written, and where its characters stand in the text (None: from `start` on, one by one)."""

    text: str
    start: int
    places: list[int] | None = None

    def end(self, at: int) -> int:
        """The offset in the text behind the character before `at`."""
        return self.start + at if self.places is None else self.places[at - 1] + 1

    def begin(self, at: int) -> int:
        """The offset in the text of the character at `at`."""
        return self.start + at if self.places is None else self.places[at]


def window(text: str, start: int, end: int) -> Window:
    """`text[start:end]`, in small letters and with single blanks."""
    return _with_single_blanks(small(_without_soft_breaks(text[start:end])), start)


@lru_cache(maxsize=8)
def sentence_window(text: str, start: int, end: int) -> Window:
    """The same of a text in small letters; several lexicons look at one sentence."""
    return _with_single_blanks(_without_soft_breaks(text[start:end]), start)


def _without_soft_breaks(text: str) -> str:
    return _SOFT_BREAK.sub(" ", text) if "\n" in text else text


def _with_single_blanks(plain: str, start: int) -> Window:
    plain = plain.replace("-", " ").replace("\u00a0", " ").replace("’", "'").replace("ʼ", "'")
    if _RARE_BLANK.search(plain):
        plain = plain.translate(_PLAIN)
    if "  " not in plain:
        return Window(plain, start)
    kept: list[int] = []
    done = 0
    for several in _SEVERAL.finditer(plain):
        kept += range(done, several.start() + 1)
        done = several.end()
    kept += range(done, len(plain))
    return Window("".join(plain[i] for i in kept), start, [start + i for i in kept])


@lru_cache(maxsize=8)
def runs(text: str) -> list[tuple[int, str]]:
    """The runs of letters and digits: (where, which)."""
    return [(run.start(), run.group()) for run in _RUN.finditer(text)]


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of a few words, blanks and apostrophes as in a lexicon; it matches nothing where there are none."""
    atoms = {" ": rf"{BLANK}{{1,3}}", "'": "['’ʼ]"}
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join("".join(atoms.get(char, re.escape(char)) for char in word) for word in ordered) or "(?!)"
