"""Sums of money as written, and what those of one text tell of each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from racewire.figures.language import Language
from racewire.figures.lexicon import Lexicon
from racewire.figures.pieces import TEN
from racewire.model import Bound
from racewire.text.case import small

_NEAR = 30  # characters between the two prices of a change
_CLAUSE_END = re.compile(r"[;；。:：,，、!?！？\n]|\.\s")


@dataclass(slots=True, eq=False, repr=False)
class Sum:
    """A sum of money as written. `left` and `right` take in the cue words around the span."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    left: int
    right: int
    approx: bool = False
    bound: Bound = "none"
    per: str | None = None


def _alike(first: Sum, second: Sum) -> bool:
    """Whether two amounts can be prices of one thing: neither is a hundred times the other."""
    a, b = first.high or first.low or Decimal(0), second.high or second.low or Decimal(0)
    return a < 100 * b and b < 100 * a


def share_per(lang: Language, text: str, found: list[Sum]) -> None:
    """ "From 35 yuan an hour to 24.5": the unit told at one end of a change goes for the other."""
    for first, second in pairwise(found):
        if (first.per is None) == (second.per is None) or first.currency != second.currency:
            continue
        gap = text[first.end : second.start]
        if len(gap) > _NEAR or _CLAUSE_END.search(gap) or not _alike(first, second):
            continue
        low = small(gap)
        if any(True for words in _change_links(lang) for _ in words.find(low, 0, len(low))):
            first.per = second.per = first.per or second.per


def _change_links(lang: Language) -> list[Lexicon[bool]]:
    """What leads from the first price of a change to the second: to, から, 降."""
    return [words for line in ("to", "to_bare", "change", "change_to") if (words := lang.listed("range", line))]


def with_orders(lang: Language, text: str, found: list[Sum]) -> list[Sum]:
    """Sums of which only the number of digits is told: a nine-figure deal."""
    behind = lang.words("orders", "behind")
    if not behind or not any(word in text for word in behind):
        return found
    nouns = lang.listed("orders", "nouns")
    extra: list[Sum] = []
    for match in re.finditer(rf"(?<!\w)(\w+)-(?:{'|'.join(behind)})(?!\w)", text):
        count = lang.number_words.value(match.group(1))
        if count is None or count.kind != "n" or not 4 <= count.value <= 12 or not nouns.after(text, match.end()):
            continue
        low = TEN ** (int(count.value) - 1)
        extra.append(Sum(match.start(), match.end(), low, low * TEN, None, match.start(), match.end(), approx=True))
    taken = [(one.start, one.end) for one in found]
    free = [one for one in extra if not any(one.start < end and start < one.end for start, end in taken)]
    return sorted([*found, *free], key=lambda one: one.start) if free else found


def join_bounds(text: str, sums: list[Sum]) -> list[Sum]:
    """ "Not under 2, not over 5" in one breath is one range."""
    out: list[Sum] = []
    for one in sums:
        last = out[-1] if out else None
        if (
            last is not None
            and last.bound == "at_least"
            and one.bound == "at_most"
            and last.currency == one.currency
            and last.low is not None
            and one.high is not None
            and last.low < one.high
            and one.left - last.end <= 3
            and text[last.end : one.left].strip() in ("、", ",", "，", "且", "and", "")
        ):
            last.end, last.right, last.high, last.bound = one.end, one.right, one.high, "none"
            continue
        out.append(one)
    return out
