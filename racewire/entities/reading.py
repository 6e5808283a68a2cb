"""A text as the matcher looks at it: folded, with what is asked about the surroundings of a place worked out when first asked."""

from __future__ import annotations

import re
from functools import cached_property

from racewire.text.fold import Folded, fold
from racewire.text.language import language_of

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_LINE = 400  # characters of a line that are looked at on either side of a place
_SAMPLE = 1_000  # characters from which the language is guessed


class Reading:
    """One text. `folded` is its folded form, `lang` its language: the one given, or a guess."""

    def __init__(self, text: str, lang: str | None) -> None:
        self.text = text
        self.folded: Folded = fold(text)
        self._lines: dict[int, tuple[int, int, int, int]] = {}
        self._lang = lang.partition("-")[0].lower() if lang else None  # "zh-Hans" is "zh"

    @cached_property
    def lang(self) -> str | None:
        return self._lang or language_of(self.text[:_SAMPLE])

    @cached_property
    def quiet(self) -> bool:
        """Whether the whole text has no capitals."""
        return self.text == self.text.lower()

    @cached_property
    def _addresses(self) -> list[tuple[int, int]]:
        if "://" in self.text or "www." in self.text or "@" in self.text:
            return [match.span() for match in _ADDRESS.finditer(self.text)]
        return []

    def in_address(self, at: int, to: int) -> bool:
        """Whether `text[at:to]` lies in a link or a mail address."""
        return any(a <= at and to <= b for a, b in self._addresses)

    def shouted(self, at: int, to: int) -> bool:
        """Whether the line has capitals beyond this place and hardly a small letter."""
        upper, lower, _, _ = self._letters(at, to)
        upper -= sum(map(str.isupper, self.text[at:to]))
        return upper >= 8 and lower <= upper // 12

    def titled(self, at: int, to: int) -> bool:
        """Whether the line is a headline in which every longer word has a capital."""
        _, _, long, capital = self._letters(at, to)
        own = [word for word in _WORD.findall(self.text[at:to]) if len(word) > 3]
        long, capital = long - len(own), capital - sum(word[0].isupper() for word in own)
        return long >= 3 and capital >= 0.75 * long

    def _letters(self, at: int, to: int) -> tuple[int, int, int, int]:
        """Capitals, small letters, longer words, longer words with a capital in the line around a place, or the nearest part of a long line."""
        part = at // _LINE
        left = max(self.text.rfind("\n", (part - 1) * _LINE if part else 0, at) + 1, (part - 1) * _LINE, 0)
        if left not in self._lines:
            right = self.text.find("\n", to, (part + 2) * _LINE)
            line = self.text[left : (part + 2) * _LINE if right < 0 else right]
            long = [word for word in _WORD.findall(line) if len(word) > 3 and word[0].isalpha()]
            self._lines[left] = (
                sum(map(str.isupper, line)),
                sum(map(str.islower, line)),
                len(long),
                sum(word[0].isupper() for word in long),
            )
        return self._lines[left]
