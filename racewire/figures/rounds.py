"""Which round a sum was raised in: Series B, seed, vòng hạt giống, B轮."""

from __future__ import annotations

import re
from functools import cached_property

from racewire.figures.language import Language, split
from racewire.figures.lexicon import Lexicon
from racewire.figures.sums import Sum
from racewire.figures.surfaces import BLANK, any_of, is_apart

_REACH = 60  # characters on each side of a sum where its round may be named


class Rounds:
    """Finds the names of rounds in one language."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang

    @cached_property
    def _names(self) -> Lexicon[str]:
        names = {
            w: name
            for name, words in self._lang.section("rounds").items()
            if name not in ("series", "letter_before")
            for w in split(words)
        }
        return Lexicon(names, spaced=self._lang.spaced)

    @cached_property
    def _series(self) -> re.Pattern[str]:
        """A word for a series with its letter, on either side of it."""
        ahead = f"(?:{any_of(['series', *self._lang.words('rounds', 'series')])})"
        behind = f"(?:{any_of(self._lang.words('rounds', 'letter_before'))})"
        pre = rf"(?:pre{BLANK}?)?"
        return re.compile(rf"(?P<a>{pre}){ahead}{BLANK}{{0,2}}(?P<b>[a-k])|(?P<c>{pre})(?P<d>[a-k])\d?\+?{BLANK}?{behind}")

    @cached_property
    def _series_words(self) -> frozenset[str]:
        """What `_series` cannot match without: the first word of what stands beside a round's letter."""
        beside = ("series", *self._lang.words("rounds", "series"), *self._lang.words("rounds", "letter_before"))
        return frozenset(re.split(r"[\s'’ʼ-]", word.strip())[0] for word in beside)

    def near(self, text: str, left: int, right: int, one: Sum, written: str) -> str | None:
        """The round named nearest to a sum between two offsets of a text in small letters; `written` is that text as written."""
        lo, hi = max(left, one.start - _REACH), min(right, one.end + _REACH)
        best: tuple[int, str] | None = None
        told = any(text.find(word, lo, hi) >= 0 for word in self._series_words)
        for match in self._series.finditer(text, lo, hi) if told else ():
            side = "b" if match.group("b") else "d"
            letter = match.group(side)
            if is_apart(text, match.start() - 1) or (side == "b" and is_apart(text, match.end())):
                continue
            if written[match.start(side)].islower() and (side == "b" or self._lang.spaced):
                continue  # "vòng gọi vốn", "una serie e altri": a round's letter is a capital, but for a轮
            pre = "pre-" if match.group("a") or match.group("c") else ""
            best = _closer(best, match.start(), match.end(), one, f"{pre}series-{letter}")
        for a, b, name in self._names.find(text, lo, hi):
            best = _closer(best, a, b, one, name)
        return best[1] if best else None


def _closer(best: tuple[int, str] | None, start: int, end: int, one: Sum, name: str) -> tuple[int, str]:
    distance = start - one.end if start >= one.end else 2 + one.start - end
    return min(best, (distance, name)) if best else (distance, name)
