"""Sums of money for people: large in USD, small as written."""

from __future__ import annotations

from typing import Any

_SIGN = {"none": "", "at_least": "more than ", "at_most": "up to "}
_BRIEF = {"none": "", "at_least": ">", "at_most": "up to "}


def short(amount: float) -> str:
    """`50M`, `3.5B`, `1.25T`, `7.50`."""
    for limit, suffix in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
        if abs(amount) >= limit * 0.9995:
            return f"{amount / limit:.3g}".replace("e+03", "000") + suffix
    return f"{amount:.0f}" if amount == int(amount) else f"{amount:.2f}"


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None or low == high:
        amount = high if low is None else low
        return short(amount) if amount is not None else ""
    first, last = short(low), short(high)
    if first[-1] == last[-1] and first[-1].isalpha():
        first = first[:-1]
    return f"{first}–{last}"


def _bound(figure: Any) -> str:
    if figure.get("low") is None and figure.get("high") is not None:
        return "at_most"
    if figure.get("high") is None and figure.get("low") is not None:
        return "at_least"
    return "none"


def has_usd(figure: Any) -> bool:
    return figure.get("usd_low") is not None or figure.get("usd_high") is not None


def large(figure: Any) -> str:
    """For the eye: `US$50M`, `about US$41M`, `more than US$1B`; as written where nothing is known in USD."""
    if not has_usd(figure):
        return str(figure["surface"])
    about = "about " if figure.get("currency") != "USD" or figure.get("approx") else ""
    bound = _bound(figure)
    return f"{_SIGN[bound] or about}US${_range(figure['usd_low'], figure['usd_high'])}"


def brief(figure: Any) -> str:
    """For a subject: `$50M`, `~$41M`, `>$1B`; as written where nothing is known in USD."""
    if not has_usd(figure):
        return str(figure["surface"])
    about = "~" if figure.get("currency") != "USD" or figure.get("approx") else ""
    return f"{_BRIEF[_bound(figure)] or about}${_range(figure['usd_low'], figure['usd_high'])}"


def dollars(figure: Any) -> float:
    """A number to sort by; 0 where there is none."""
    return float(figure.get("usd_high") or figure.get("usd_low") or 0)
