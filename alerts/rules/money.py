"""Comparisons of money as rules write them: `>= 50M`, `< 2.5B`, `== 1T`, `50M..200M`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_SCALE = {"": 0, "k": 3, "m": 6, "b": 9, "t": 12}
_AMOUNT = r"(?:\d{1,3}(?:[,_]\d{3})+|\d{1,18})(?:\.\d{1,6})?\s?[kKmMbBtT]?"
_COMPARISON = re.compile(rf"\s*(>=|<=|==|>|<)\s*({_AMOUNT})\s*")
_RANGE = re.compile(rf"\s*({_AMOUNT})\s*\.\.\s*({_AMOUNT})\s*")
_MISTAKEN = {"=>": ">=", "=<": "<=", "=": "==", "≥": ">=", "≤": "<=", "": ">="}


class NoComparison(ValueError):
    """A text is no comparison; `suggestion` is what was probably meant, or None."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Comparison:
    """An interval of amounts; an end that is None is open, `low_out` and `high_out` leave the end itself out."""

    written: str
    low: Decimal | None
    high: Decimal | None
    low_out: bool = False
    high_out: bool = False

    def words(self, currency: str) -> str:
        """For people: `at least USD 50M`."""
        low, high = short(self.low), short(self.high)
        if self.low is not None and self.low == self.high:
            return f"{currency} {low}"
        if self.low is not None and self.high is not None:
            return f"{currency} {low} to {high}"
        if self.low is not None:
            return f"{'more than' if self.low_out else 'at least'} {currency} {low}"
        return f"{'less than' if self.high_out else 'at most'} {currency} {high}"


def read_comparison(text: str) -> Comparison:
    """Reads one comparison. Raises NoComparison with a sentence, and a suggestion where there is one."""
    if (found := _COMPARISON.fullmatch(text)) is not None:
        operator, amount = found[1], read_amount(found[2])
        low = amount if operator in (">=", ">", "==") else None
        high = amount if operator in ("<=", "<", "==") else None
        return Comparison(text, low, high, operator == ">", operator == "<")
    if (found := _RANGE.fullmatch(text)) is not None:
        low, high = read_amount(found[1]), read_amount(found[2])
        if low > high:
            raise NoComparison(f"the range '{text}' ends below its start", f"{found[2]}..{found[1]}")
        return Comparison(text, low, high)
    raise NoComparison(f"'{text[:60]}' is not a comparison", _meant(text))


def read_amount(text: str) -> Decimal:
    """`2.5B` as 2500000000."""
    text = text.strip().lower()
    scale = text[-1] if text[-1] in _SCALE else ""
    number = text.removesuffix(scale).strip().replace(",", "").replace("_", "")
    return Decimal(number).scaleb(_SCALE[scale])


def short(amount: Decimal | float | None) -> str:
    """An amount with the suffix that rules use: `50M`, `3.5B`, `750k`; four digits at most."""
    if amount is None:
        return ""
    value = float(amount)
    for limit, suffix in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit * 0.99995:
            return f"{value / limit:.4g}{suffix}"
    return f"{value:.4g}"


def _meant(text: str) -> str | None:
    """A comparison close to what was written: another operator, a decimal comma, no operator at all."""
    found = re.fullmatch(r"\s*([<>=≥≤]{0,2})\s*(\d[\d.,_ ]{0,20}?)\s*([kKmMbBtT]?)(?:n|illion|rillion)?\s*", text)
    if found is None:
        return None
    operator, number, suffix = found[1], found[2].replace(" ", ""), found[3]
    operator = _MISTAKEN.get(operator, operator)
    if operator not in (">=", "<=", "==", ">", "<"):
        return None
    if re.fullmatch(r"\d+,\d{1,2}", number):
        number = number.replace(",", ".")
    meant = f"{operator} {number}{suffix.upper() if suffix in 'mbt' else suffix}"
    return meant if _COMPARISON.fullmatch(meant) else None
