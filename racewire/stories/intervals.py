"""The interval that a written sum allows, and whether two written sums can be the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf, log10

DIGITS = re.compile(r"[0-9][0-9.,'’\u00a0\u202f ]*")
ABOUT = 0.1  # "about", "nearly": a tenth to either side
ROUNDEST = 0.05  # one written digit would allow a sixth; nobody who writes "3 billion" means 3.4
VAGUE = 0.01  # number words and other spellings without digits to count
EXCHANGE = 0.03  # two papers convert with the rates of different days


@dataclass(frozen=True, slots=True)
class Interval:
    """Least and most that a sum as written may stand for, in units of its currency; `most` may be infinite."""

    least: float
    most: float


def written_interval(surface: str, low: float | None, high: float | None, *, approx: bool) -> Interval:
    """Half a unit of the last written digit to either side, a twentieth at most: "3,5 tỷ" allows 3.45 to 3.55 thousand million.

    Open ends stay open: `low` None ("up to") begins at 0, `high` None ("more than") has no end.
    """
    least = 0.0 if low is None else low - _slack(surface, low, approx)
    most = inf if high is None else high + _slack(surface, high, approx)
    return Interval(max(0.0, least), most)


def _slack(surface: str, amount: float, approx: bool) -> float:
    return max(_half_unit(surface, amount), abs(amount) * ABOUT if approx else 0.0)


def _half_unit(surface: str, amount: float) -> float:
    for found in DIGITS.findall(surface):
        digits = int("".join(character for character in found if character.isascii() and character.isdigit())[:18])
        if digits and amount / digits > 0:
            # the digits without their point, times a power of ten, are the amount: that power is the last digit's unit
            power = log10(amount) - log10(digits)
            if abs(power - round(power)) < 1e-6:
                return min(0.5 * 10.0 ** round(power), ROUNDEST * amount)
    return abs(amount) * VAGUE


def can_be_same(a: Interval, b: Interval, *, converted: bool = False) -> bool:
    """Whether the two intervals meet; `converted` allows for the exchange rates of two days."""
    slack = EXCHANGE if converted else 0.0
    return a.least * (1 - slack) <= b.most * (1 + slack) and b.least * (1 - slack) <= a.most * (1 + slack)
