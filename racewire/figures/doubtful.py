"""Numbers that may be no money: without a currency, pounds of weight, names of currencies that are verbs too."""

from __future__ import annotations

import re
from decimal import Decimal

from racewire.figures.language import Language
from racewire.figures.pieces import Piece
from racewire.text.case import small

_THOUSAND = Decimal(1000)
_MILLION = Decimal(10**6)


def stands_bare(lang: Language, text: str, piece: Piece) -> bool:
    """A number without a currency counts beside a money word, if it is large: 估值800亿."""
    if piece.scale is None or piece.value < _MILLION or piece.before or piece.after:
        return False
    follower = text[piece.end : piece.end + 1]
    if follower == "%" or (not lang.spaced and follower and follower in lang.table.get("noise", {}).get("counters", "")):
        return False
    at = piece.start
    for _ in range(2):
        cue = lang.bounds_before.before(text, at)
        if cue is None:
            break
        at = cue[0]
    if lang.money_before.before(text, at):
        return not lang.spaced or not re.match(r"[\s-]\w", text[piece.end : piece.end + 2])
    return bool(lang.money_after.after(text, piece.end))


def is_weight(lang: Language, text: str, piece: Piece) -> bool:
    """Whether the pounds are a weight."""
    unit = piece.after
    if unit is None or not unit.name or piece.before or piece.scale or unit.code != "GBP":
        return False
    words = lang.words("noise", "weights")
    if text[unit.start : unit.end].lower() not in words:
        return False
    if lang.listed("noise", "weight_nouns").after(text, piece.end):
        return True
    cues = lang.listed("noise", "weight_cues")
    return any(True for _ in cues.find(small(text[max(0, piece.start - 30) : piece.start]), 0, 30))


def is_verb(lang: Language, text: str, piece: Piece) -> bool:
    """ "All 27 won": a name that is also a verb needs a magnitude, or thousands that are no year."""
    unit = piece.after
    if unit is None or not unit.name or piece.scale or piece.before:
        return False
    if text[unit.start : unit.end].lower() not in lang.words("noise", "verbs"):
        return False
    return piece.value < _THOUSAND or 1900 <= piece.value <= 2100
