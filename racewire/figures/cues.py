"""Cue words around a sum: what they mean, where they stand, and what they made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from racewire.figures.language import Language, split
from racewire.figures.lexicon import Lexicon
from racewire.figures.sums import Sum
from racewire.model import Certainty, Role

COMMA = re.compile(r"[,，、]")
_SIDES = ("before", "prev", "after", "near", "next", "start")


class Meaning(NamedTuple):
    """What a cue says and where it stands: before the sum, after it, near it, prev or next (touching it) or at the
    start of the sentence."""

    role: str
    side: str


class Cue(NamedTuple):
    """A cue found in a text."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


@dataclass(slots=True, eq=False, repr=False)
class Reading:
    """What the words around a sum say about it. `cue` is the span that decided the role."""

    role: Role = "other"
    certainty: Certainty = "stated"
    round: str | None = None
    cumulative: bool = False
    cue: tuple[int, int] | None = None
    score: float = 0.0


def cue_words(lang: Language, section: str) -> Lexicon[tuple[Meaning, ...]]:
    """The cues of one section of a language file."""
    entries: dict[str, tuple[Meaning, ...]] = {}
    for role, sides in lang.section(section).items():
        for side in _SIDES:
            meaning = (Meaning(role, side),)
            for word in split(sides.get(side, "")):
                entries[word] = entries[word] + meaning if word in entries else meaning
    return Lexicon(entries, spaced=lang.spaced)


def step(lang: Language) -> float:
    """How many characters weigh as much as one point."""
    return 10.0 if lang.spaced else 4.0


def clause(text: str, start: int, end: int, one: Sum) -> tuple[int, int]:
    """The part of the sentence between semicolons that holds the sum."""
    lo, hi = start, end
    for mark in ";；":
        lo = max(lo, text.rfind(mark, start, one.start) + 1)
        at = text.find(mark, one.end, end)
        hi = min(hi, at) if at >= 0 else hi
    return lo, hi
