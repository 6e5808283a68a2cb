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

    def line(self, at: int, to: int) -> tuple[str, str]:
        """What stands before and after `text[at:to]` in its line."""
        left = max(self.text.rfind("\n", 0, at) + 1, at - _LINE)
        right = self.text.find("\n", to, to + _LINE)
        return self.text[left:at], self.text[to : to + _LINE if right < 0 else right]

    def shouted(self, at: int, to: int) -> bool:
        """Whether the line has capitals beyond this place and hardly a small letter."""
        before, after = self.line(at, to)
        rest = before + after
        if sum(map(str.islower, rest[:80])) > 8:
            return False
        upper = sum(map(str.isupper, rest))
        return upper >= 8 and sum(map(str.islower, rest)) <= upper // 12

    def titled(self, at: int, to: int) -> bool:
        """Whether the line is a headline in which every longer word has a capital."""
        before, after = self.line(at, to)
        long = [word for word in _WORD.findall(before + " " + after) if len(word) > 3 and word[0].isalpha()]
        return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.75 * len(long)
