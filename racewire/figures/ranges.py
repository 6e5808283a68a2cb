"""The other end of a range: from $2 to 3 billion, 3亿至5亿美元."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from racewire.figures.anchors import Anchors
from racewire.figures.language import Language
from racewire.figures.lexicon import Lexicon
from racewire.figures.pieces import Piece
from racewire.figures.surfaces import BLANK
from racewire.text.case import small

_DASH = re.compile(r"[^\S\n]?[-–—−~〜～∼‐‑][^\S\n]?")
_GAP = re.compile(f"{BLANK}{{1,2}}")
_NO_GAP = re.compile(r"[^\S\n]?")
_THOUSAND = Decimal(1000)


class Ranges:
    """Joins two numbers of one language. `read(text, start, end, floor)` gives the piece around the number `text[start:end]`."""

    def __init__(self, lang: Language, anchors: Anchors, read: Callable[[str, int, int, int], Piece | None]) -> None:
        self._lang = lang
        self._anchors = anchors
        self._read = read
        self._to_bare = frozenset(lang.words("range", "to_bare"))
        self._to = lang.listed_words([w for w in (*lang.words("range", "to"), *self._to_bare) if not re.fullmatch(r"\W+", w)])
        self._and = lang.listed("range", "and")
        self._between = lang.listed("range", "between")
        self._gap = _GAP if lang.spaced else _NO_GAP

    def partner(self, text: str, first: Piece, floor: int) -> Piece | None:
        """The other end of a range that begins with `first`."""
        pos = first.end
        link = self._past_link(text, pos)
        joined_by_and = False
        if link is None:
            link = self._past_word(text, pos, self._and)
            joined_by_and = link is not None
            if joined_by_and and not self._between.before(text, first.start):
                return None
        if link is None or (first.has_unit and text[pos:link].strip() in self._to_bare):
            return None
        number = self._next_number(text, link)
        if number is None:
            return None
        second = self._read(text, number[0], number[1], link)
        if second is None or second.start != link:
            return None
        if not (second.has_unit or (first.has_unit and (second.scale or link - pos == 1))):
            return None
        if first.currency and second.currency and first.currency != second.currency:
            return None
        low, high = ends(first, second)
        if low > high or high == low:
            return None
        if first.has_unit and second.has_unit and not joined_by_and and self._is_change(text, first, floor):
            return None
        if not first.has_unit and first.bare >= 1900 and first.bare <= 2100 and first.scale is None and high > Decimal(10**5):
            return None  # a year
        return second

    def _past_link(self, text: str, pos: int) -> int | None:
        """Where a word for "to" or a dash ends, if it joins what ends at `pos` with something."""
        end = self._past_word(text, pos, self._to)
        if end is None and (dash := _DASH.match(text, pos)):
            end = dash.end()
        return end if end is not None and text[end : end + 1].strip() else None

    def _past_word(self, text: str, pos: int, words: Lexicon[bool]) -> int | None:
        """Where one of `words` ends that begins at `pos`, with the blanks on both sides of it."""
        ahead = self._gap.match(text, pos)
        if ahead is None:
            return None
        for end, _ in words.matches(text, ahead.end()):
            behind = self._gap.match(text, end)
            if behind:
                return behind.end()
        return None

    def _next_number(self, text: str, pos: int) -> tuple[int, int] | None:
        window = text[pos : pos + 40]
        match = self._anchors.pattern.search(window)
        if match is None or match.start() > 26:
            return None
        return pos + match.start(), pos + match.end()

    def _is_change(self, text: str, first: Piece, floor: int) -> bool:
        """Whether "from A to B" tells of a change (two sums) and not of a range."""
        sentence = text[max(floor, first.start - 90) : first.start]
        stop = max(sentence.rfind(mark) for mark in ".;!?。；\n")
        sentence = sentence[stop + 1 :]
        return any(True for _ in self._lang.change.find(small(sentence), 0, len(sentence)))


def ends(first: Piece, second: Piece) -> tuple[Decimal, Decimal]:
    """The two ends of a range; a first number without a scale takes the second's, if it stays the smaller one."""
    low, high = first.value, second.value
    if first.scale is None and second.scale is not None and low < _THOUSAND:
        shared = low * second.scale
        if shared <= high:
            low = shared
    elif second.scale is None and first.scale is not None and not second.has_unit:
        high = high * first.scale if high < low else high
    return low, high
