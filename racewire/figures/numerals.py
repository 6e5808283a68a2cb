"""Numbers as newspapers write them: digits with their marks, and what chains of words add up to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

_MARKS = re.compile(r"[^\d]")
_SPACE = re.compile(r"[\s'’٬]")
_FOLDED_MARKS = str.maketrans({"，": ",", "．": ".", "٫": "."})
_INDIAN = re.compile(r"\d{1,2}(?:,\d\d)*,\d{3}")


class Token(NamedTuple):
    """One step of a number: `n` a plain number, `x` a multiplier, `f` a fraction of it, `h` a fraction more, `p` the spoken decimal mark."""

    kind: str
    value: Decimal


def read_digits(surface: str, decimal: str, *, scaled: bool = False) -> Decimal | None:
    """The value of digits with dots, commas, blanks or apostrophes in them; None where they make no number.

    `decimal` is the language's decimal mark. Both marks in one number: the last is the decimal one. One mark
    several times: it groups. One mark once with exactly three digits behind it is settled by the language, except
    that nobody writes a decimal part of 000 and nobody groups after a leading zero. Any Unicode digits will do.
    """
    if surface.isdigit():
        return Decimal(surface) if len(surface) <= 40 else None
    text = _SPACE.sub("", surface if surface.isascii() else surface.translate(_FOLDED_MARKS))
    if len(text) > 40:
        return None
    marks = _MARKS.findall(text)
    if marks:
        placed = _place_marks(text, marks, decimal)
        return None if placed is None else Decimal(placed)
    return Decimal(text)


def _place_marks(text: str, marks: list[str], decimal: str) -> str | None:
    last = marks[-1]
    if len(set(marks)) == 2:
        if marks.count(last) != 1:
            return None
        return text.replace("." if last == "," else ",", "").replace(last, ".")
    groups = text.split(last)
    grouped = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    if len(marks) > 1:
        if grouped or (last == "," and _INDIAN.fullmatch(text)):
            return text.replace(last, "")
        return None
    if grouped and groups[0].lstrip("0") and (last != decimal or groups[1] == "000"):
        return text.replace(last, "")
    return text.replace(last, ".")


def combine(tokens: Sequence[Token]) -> Decimal | None:
    """The value of a chain such as 3 · thousand · 2 · hundred, 4 · 億 · 5000 · 万 or 2 · lakh · crore.

    A multiplier takes what stands right before it and every smaller part before that; so 1 · 万 · 億 is 1e12
    and 4 · 億 · 2 · 千 · 万 is 4e8 + 2e7. None where the chain is empty.
    """
    stack: list[Decimal] = []
    decimals: str | None = None  # digits read so far behind a spoken decimal mark
    last: Token | None = None
    for token in tokens:
        if token.kind == "p":
            stack = [sum(stack, Decimal(0))]
            decimals = ""
        elif token.kind == "n" and decimals is not None:
            whole = stack.pop() - (Decimal(f"0.{decimals}") if decimals else 0)
            decimals += str(token.value)[:20]
            stack.append(whole + Decimal(f"0.{decimals}") if decimals.isdigit() else whole)
        elif token.kind == "n":
            stack.append(token.value)
        elif token.kind in "fh":
            if last is not None and last.kind == "x":  # a million and a half
                stack.append(token.value * last.value)
            elif last is not None and last.kind == "n" and token.kind == "f":  # three quarters
                stack.append(stack.pop() * token.value)
            else:
                stack.append(token.value)
        else:
            part = Decimal(0)
            taken = 0
            while stack and (stack[-1] < token.value or (taken == 0 and last is not None and last.kind != "x")):
                part += stack.pop()
                taken += 1
            stack.append((part if taken else Decimal(1)) * token.value)
            decimals = None
        last = token
    return sum(stack, Decimal(0)) if stack else None
