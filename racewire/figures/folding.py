"""Composed letters for the matcher, with the way back to the offsets of the text as given.

Vietnamese, Korean and Hindi reach us with their letters composed or decomposed; tables are written composed. A text that is
already composed, which nearly all are, is used as it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from unicodedata import combining, is_normalized, normalize


@dataclass(frozen=True, slots=True)
class Composed:
    """`text` in NFC. `starts[i]` is where its character i begins in the original; empty where nothing changed."""

    text: str
    starts: tuple[int, ...] = ()

    def start(self, at: int) -> int:
        """The original offset of a span that starts at `at`."""
        return self.starts[at] if self.starts else at

    def end(self, at: int) -> int:
        """The original offset of a span that ends at `at`."""
        if not self.starts or at == 0:
            return at
        # A cluster that gave several characters has one start for all of them: a span ends where the next cluster begins.
        return self.starts[bisect_right(self.starts, self.starts[at - 1])]

    def inside(self, original: int) -> int:
        """The offset in `text` for one of the original."""
        return bisect_left(self.starts, original) if self.starts else original


def compose(text: str) -> Composed:
    """`text` with its letters composed."""
    if is_normalized("NFC", text):
        return Composed(text)
    out: list[str] = []
    starts: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        piece = normalize("NFC", text[at:end])
        out.append(piece)
        starts += [at] * len(piece)
        at = end
    starts.append(len(text))
    return Composed("".join(out), tuple(starts))


def _joins(char: str) -> bool:
    """Marks, and the vowels and finals of decomposed Hangul."""
    return combining(char) != 0 or "\u1161" <= char <= "\u11ff"
