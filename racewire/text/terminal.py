"""Text for a terminal: how wide it is, and what may not reach one."""

from __future__ import annotations

import unicodedata

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def printable(text: str, instead: str = "\ufffd") -> str:
    """The text without signs that steer a terminal or turn the writing round; tabs become one blank, the rest `instead`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if c == "\t" else instead if unicodedata.category(c) in _UNSEEN else c for c in text)


def one_line(text: str) -> str:
    """The same on one line, with single blanks."""
    return " ".join(printable(text, " ").split())


def width(text: str) -> int:
    """Columns: East Asian wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shortened(text: str, most: int) -> str:
    """The text in at most `most` columns (at least 1), with … where something was left out."""
    if width(text) <= most:
        return text
    kept, room = [], most - 1
    for c in text:
        room -= width(c)
        if room < 0:
            break
        kept.append(c)
    return "".join(kept) + "…"
