"""Finds sums of money in text: spans, amounts, currencies, bounds. What they are for is read in context.py."""

from __future__ import annotations

from functools import lru_cache

from racewire.figures.anchors import Anchors
from racewire.figures.doubtful import is_verb, is_weight, stands_bare
from racewire.figures.language import Language, language
from racewire.figures.pieces import Piece, Reader
from racewire.figures.ranges import Ranges, ends
from racewire.figures.spelled import Numerals, SpelledNumbers
from racewire.figures.sums import Sum, join_bounds, share_per, with_orders

_MOST_NUMBERS = 10_000  # that may be money, of one text: what has more is no article, and would take seconds


@lru_cache(maxsize=64)
def scanner(code: str) -> Scanner:
    return Scanner(language(code))


class Scanner:
    """Finds the sums of one language."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.reader = Reader(lang)
        self.anchors = Anchors(self.reader)
        self.spelled = SpelledNumbers(self.reader)
        self.numerals = Numerals(self.reader)
        self.ranges = Ranges(lang, self.anchors, self._piece)

    def sums(self, text: str, low: str) -> list[Sum]:
        """Every sum of money in `text`, in order, without overlaps. `low` is `text` in small letters."""
        found: list[Sum] = []
        floor = 0
        left = _MOST_NUMBERS
        for match in self.anchors.pattern.finditer(text):
            start, end = match.span()
            if start < floor or not self.anchors.may_be_money(text, start, end, floor):
                continue
            left -= 1
            if left < 0:
                break
            piece = self._piece(text, start, end, floor)
            if piece is None:
                continue
            sum_ = self._build(text, piece, floor)
            if sum_ is not None:
                found.append(sum_)
                floor = sum_.end
        if self.lang.spaced:
            found = self._with_words(text, low, found)
        found = join_bounds(text, with_orders(self.lang, text, found))
        share_per(self.lang, text, found)
        return found

    def _piece(self, text: str, start: int, end: int, floor: int) -> Piece | None:
        first = text[start]
        if first.isdecimal():
            return self.reader.digits(text, start, end, floor)
        return self.numerals.piece(text, start, end, floor)

    def _build(self, text: str, piece: Piece, floor: int) -> Sum | None:
        partner = self.ranges.partner(text, piece, floor)
        if partner is not None:
            low, high = ends(piece, partner)
            unit = partner if partner.has_unit else piece
            end = partner.end
            out = Sum(piece.start, end, low, high, unit.currency or piece.currency, piece.start, end)
            out.approx = piece.approx or partner.approx
        elif piece.has_unit or stands_bare(self.lang, text, piece):
            if is_weight(self.lang, text, piece) or is_verb(self.lang, text, piece):
                return None
            end = piece.end
            out = Sum(piece.start, end, piece.value, piece.value, piece.currency, piece.start, end, piece.approx)
            if piece.span_high is not None:
                out.high = piece.span_high
            elif piece.endless:
                out.high, out.bound = None, "at_least"
        else:
            return None
        if piece.number_at < floor:
            return None
        last = partner or piece
        self._bounds(text, out, last.plus, floor)
        self._per(text, out)
        return out

    def _bounds(self, text: str, out: Sum, plus: bool, floor: int) -> None:
        kinds: list[str] = []
        for _ in range(3):
            cue = self.lang.bounds_before.before(text, out.left)
            if cue is None or cue[0] < floor:
                break
            out.left = cue[0]
            kinds.append(cue[2])
        if not kinds or "at_least" not in kinds:
            behind = self.lang.bounds_after.after(text, out.end)
            if behind is not None:
                out.right = behind[1]
                kinds.append(behind[2])
        if plus or text[out.end : out.end + 1] == "+":
            kinds = ["at_least"]
        if "none" in kinds:
            return
        if "reached" in kinds:
            kinds = [kind for kind in kinds if kind != "at_most"]
        if "approx" in kinds:
            out.approx = True
        if out.low != out.high:
            return
        if "at_least" in kinds:
            out.bound, out.high = "at_least", None
        elif "at_most" in kinds:
            out.bound, out.low = "at_most", None

    def _per(self, text: str, out: Sum) -> None:
        behind = self.lang.per_after.after(text, out.end)
        if behind is not None:
            out.per, out.right = behind[2], max(out.right, behind[1])
            return
        ahead = self.lang.per_before.before(text, out.left)
        if ahead is not None:
            out.per = ahead[2]

    def _with_words(self, text: str, low: str, found: list[Sum]) -> list[Sum]:
        places = self.spelled.places(text, low)
        if not places:
            return found
        out: list[Sum] = []
        taken = iter(found)
        current = next(taken, None)
        floor = 0
        for at in places:
            while current is not None and current.start <= at:
                out.append(current)
                floor = current.end
                current = next(taken, None)
            if at < floor:
                continue
            piece = self.spelled.piece(text, at, floor)
            if piece is None or piece.end <= at:
                continue
            if current is not None and piece.end > current.start:
                continue
            sum_ = self._build(text, piece, floor)
            if sum_ is not None and (current is None or sum_.end <= current.start):
                out.append(sum_)
                floor = sum_.end
        while current is not None:
            if current.start >= floor:
                out.append(current)
            current = next(taken, None)
        return out
