"""A text as the matcher looks at it: folded, with what is asked about the surroundings of a place worked out when first asked."""

from __future__ import annotations

import re
from functools import cached_property

from racewire.text.fold import Folded, fold
from racewire.text.language import language_of

_LINK = re.compile(r"https?://|www\.")
_USER, _HOST = re.compile(r"[\w.+-]+"), re.compile(r"[\w-]+\.[\w.-]+")  # before the @, and after it
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_END = re.compile(r"[\s<>\"]")
_SIGNS = ("@", "://", "www.")
_REACH = 1_000  # characters
_FREQUENT = "aeinoаеиноαειο"  # small letters that no line of a cased script does without, looked for first
_LINE = 400  # characters of a line that are looked at on either side of a place
_SAMPLE = 1_000  # characters from which the language is guessed


class Reading:
    """One text. `folded` is its folded form, `lang` its language: the one given, or a guess."""

    def __init__(self, text: str, lang: str | None) -> None:
        self.text = text
        self.folded: Folded = fold(text)
        self._lines: dict[int, str] = {}
        self._titles: dict[int, tuple[int, int]] = {}
        self._capitals: dict[int, tuple[int, int] | None] = {}
        self._lang = lang.partition("-")[0].lower() if lang else None  # "zh-Hans" is "zh"

    @cached_property
    def lang(self) -> str | None:
        return self._lang or language_of(self.text[:_SAMPLE])

    @cached_property
    def quiet(self) -> bool:
        """Whether the whole text has no capitals."""
        start = self.text[:_LINE]
        return start == start.lower() and self.text == self.text.lower()

    @cached_property
    def _has_addresses(self) -> bool:
        return any(sign in self.text for sign in _SIGNS)

    def in_address(self, at: int, to: int) -> bool:
        """Whether `text[at:to]` lies in a link or a mail address, of which the nearest 1,000 characters are looked at."""
        low, high = max(0, at - _REACH), to + _REACH
        if not self._has_addresses or all(self.text.find(sign, low, high) < 0 for sign in _SIGNS):
            return False
        if _END.search(self.text, at, to):
            return False  # a name of several words reaches beyond it
        low = max(low, self.text.rfind(" ", low, at) + 1, self.text.rfind("\n", low, at) + 1)  # mostly all, and quickly found
        left, right = _END.split(self.text[low:at])[-1], _END.split(self.text[to:high], maxsplit=1)[0]
        word, start, end = left + self.text[at:to] + right, len(left), len(left) + to - at
        link = _LINK.search(word)
        return bool(link and link.start() <= start) or _in_mail(word, start, end)

    def shouted(self, at: int, to: int) -> bool:
        """Whether the line has capitals beyond this place and hardly a small letter."""
        counts = self._counts(self._line(at, to))
        if counts is None:
            return False
        upper, lower = counts
        upper -= sum(map(str.isupper, self.text[at:to]))
        return upper >= 8 and lower <= upper // 12

    def titled(self, at: int, to: int) -> bool:
        """Whether the line is a headline in which every longer word has a capital."""
        left = self._line(at, to)
        if left not in self._titles:
            long = [word for word in _WORD.findall(self._lines[left]) if len(word) > 3 and word[0].isalpha()]
            self._titles[left] = len(long), sum(word[0].isupper() for word in long)
        long_, capital = self._titles[left]
        own = [word for word in _WORD.findall(self.text[at:to]) if len(word) > 3]
        long_, capital = long_ - len(own), capital - sum(word[0].isupper() for word in own)
        return long_ >= 3 and capital >= 0.75 * long_

    def _counts(self, left: int) -> tuple[int, int] | None:
        """Capitals and small letters of a line; None where so many are small, or all, that nobody shouts."""
        if left not in self._capitals:
            line = self._lines[left]
            if sum(map(line.count, _FREQUENT)) > len(line) // 12 or line == line.lower():
                self._capitals[left] = None
            else:
                self._capitals[left] = sum(map(str.isupper, line)), sum(map(str.islower, line))
        return self._capitals[left]

    def _line(self, at: int, to: int) -> int:
        """Where the line around a place begins, or the nearest part of a long line; its text is then in `_lines`."""
        part = at // _LINE
        left = max(self.text.rfind("\n", (part - 1) * _LINE if part else 0, at) + 1, (part - 1) * _LINE, 0)
        if left not in self._lines:
            right = self.text.find("\n", to, (part + 2) * _LINE)
            self._lines[left] = self.text[left : (part + 2) * _LINE if right < 0 else right]
        return left


def _in_mail(word: str, start: int, end: int) -> bool:
    """Whether `word[start:end]` lies in a mail address."""
    for box in (word.rfind("@", 0, start), word.find("@", start)):  # no other can belong to it
        host = _HOST.match(word, box + 1) if box > 0 else None
        if host and end <= host.end() and _USER.fullmatch(word, min(start, box - 1), box):
            return True
    return False
