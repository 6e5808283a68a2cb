"""Finds sums of money in text: spans, amounts, currencies, bounds. What they are for is read in context.py."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from racewire.figures.anchors import Anchors
from racewire.figures.language import Language, language
from racewire.figures.lexicon import Lexicon
from racewire.figures.numerals import Token
from racewire.figures.pieces import TEN, Piece, Reader
from racewire.figures.spelled import SpelledNumbers
from racewire.figures.surfaces import BLANK, any_of, small
from racewire.model import Bound

_DASH = r"[^\S\n]?[-–—−~〜～∼‐‑][^\S\n]?"
_THOUSAND = Decimal(1000)
_MILLION = Decimal(10**6)
_MOST_NUMBERS = 10_000  # that may be money, of one text: what has more is no article, and would take seconds
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
    generic: bool = False


def _alike(first: Sum, second: Sum) -> bool:
    """Whether two amounts can be prices of one thing: neither is a hundred times the other."""
    a, b = first.high or first.low or Decimal(0), second.high or second.low or Decimal(0)
    return a < 100 * b and b < 100 * a


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
        self._to_bare = frozenset(lang.words("range", "to_bare"))
        to = [w for w in [*lang.words("range", "to"), *self._to_bare] if not re.fullmatch(r"\W+", w)]
        gap = rf"{BLANK}{{1,2}}" if lang.spaced else r"[^\S\n]?"
        words = f"{gap}(?:{any_of(to)}){gap}|" if to else ""
        self._to = re.compile(f"(?:{words}{_DASH})(?=[^\\s])", re.IGNORECASE)
        ands = lang.words("range", "and")
        self._and = re.compile(f"{gap}(?:{any_of(ands)}){gap}", re.IGNORECASE) if ands else None
        self._between = lang.listed("range", "between")

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
        found = self._join_bounds(text, self._with_orders(text, found))
        self._share_per(text, found)
        return found

    def _piece(self, text: str, start: int, end: int, floor: int) -> Piece | None:
        first = text[start]
        if first.isdecimal():
            return self.reader.digits(text, start, end, floor)
        return self._spelled(text, start, end, floor)

    def _spelled(self, text: str, start: int, end: int, floor: int) -> Piece | None:
        """A number in numerals without blanks: 三亿五千万, 数千万, 천4백만."""
        tokens: list[Token] = []
        pos = start
        opened = text[start] in self.lang.words("glue", "several")
        if opened:
            tokens.append(Token("o", Decimal(1)))
            pos += 1
        while pos < end:
            found = self.lang.number_words.after(text, pos)
            if not found or found[1] > end:
                break
            tokens.append(found[2])
            pos = found[1]
        if not tokens or (opened and len(tokens) == 1):
            return None
        pair = [t.value for t in tokens[:2]] if [t.kind for t in tokens[:3]] == ["n", "n", "x"] else []
        if pair and pair[1] == pair[0] + 1:  # 两三百万: two to three
            del tokens[1]
        if all(t.kind == "n" for t in tokens) and len(tokens) > 1:  # digits one by one: 二〇二六
            joined = "".join(str(t.value) for t in tokens)
            tokens = [Token("n", Decimal(joined))]
        piece = self.reader.words(text, start, pos, tokens, floor)
        if piece is not None and pair and pair[1] == pair[0] + 1:
            piece.span_high, piece.approx = piece.value / pair[0] * pair[1], True
        return piece if piece and piece.has_unit else None

    def _build(self, text: str, piece: Piece, floor: int) -> Sum | None:
        partner = self._partner(text, piece, floor)
        if partner is not None:
            low, high = self._share(piece, partner)
            unit = partner if partner.has_unit else piece
            end = partner.end
            out = Sum(piece.start, end, low, high, unit.currency or piece.currency, piece.start, end)
            out.approx = piece.approx or partner.approx
            out.generic = self._is_generic(unit)
        elif piece.has_unit or self._stands_bare(text, piece):
            if self._is_weight(text, piece) or self._is_verb(text, piece):
                return None
            end = piece.end
            out = Sum(piece.start, end, piece.value, piece.value, piece.currency, piece.start, end, piece.approx)
            out.generic = self._is_generic(piece)
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

    def _is_generic(self, piece: Piece) -> bool:
        unit = piece.before or piece.after
        return bool(unit and unit.generic and not (piece.before and piece.after))

    def _partner(self, text: str, first: Piece, floor: int) -> Piece | None:
        """The other end of a range that begins with `first`."""
        pos = first.end
        link = self._to.match(text, pos)
        joined_by_and = False
        if link is None and self._and is not None:
            link = self._and.match(text, pos)
            joined_by_and = link is not None
            if joined_by_and and not self._between.before(text, first.start):
                return None
        if link is None or (first.has_unit and link.group().strip() in self._to_bare):
            return None
        number = self._next_number(text, link.end())
        if number is None:
            return None
        second = self._piece(text, number[0], number[1], link.end())
        if second is None or second.start != link.end():
            return None
        if not (second.has_unit or (first.has_unit and (second.scale or link.end() - link.start() == 1))):
            return None
        if first.currency and second.currency and first.currency != second.currency:
            return None
        low, high = self._share(first, second)
        if low > high or high == low:
            return None
        if first.has_unit and second.has_unit and not joined_by_and and self._is_change(text, first, floor):
            return None
        if not first.has_unit and first.bare >= 1900 and first.bare <= 2100 and first.scale is None and high > Decimal(10**5):
            return None  # a year
        return second

    def _next_number(self, text: str, pos: int) -> tuple[int, int] | None:
        window = text[pos : pos + 40]
        match = self.anchors.pattern.search(window)
        if match is None or match.start() > 26:
            return None
        return pos + match.start(), pos + match.end()

    def _is_change(self, text: str, first: Piece, floor: int) -> bool:
        """Whether "from A to B" tells of a change (two sums) and not of a range."""
        sentence = text[max(floor, first.start - 90) : first.start]
        stop = max(sentence.rfind(mark) for mark in ".;!?。；\n")
        sentence = sentence[stop + 1 :]
        return any(True for _ in self.lang.change.find(small(sentence), 0, len(sentence)))

    def _share(self, first: Piece, second: Piece) -> tuple[Decimal, Decimal]:
        """The two ends; a first number without a scale takes the second's, if it stays the smaller one."""
        low, high = first.value, second.value
        if first.scale is None and second.scale is not None and low < _THOUSAND:
            shared = low * second.scale
            if shared <= high:
                low = shared
        elif second.scale is None and first.scale is not None and not second.has_unit:
            high = high * first.scale if high < low else high
        return low, high

    def _stands_bare(self, text: str, piece: Piece) -> bool:
        """A number without a currency counts beside a money word, if it is large: 估值800亿."""
        if piece.scale is None or piece.value < _MILLION or piece.before or piece.after:
            return False
        follower = text[piece.end : piece.end + 1]
        if follower == "%" or (
            not self.lang.spaced and follower and follower in self.lang.table.get("noise", {}).get("counters", "")
        ):
            return False
        at = piece.start
        for _ in range(2):
            cue = self.lang.bounds_before.before(text, at)
            if cue is None:
                break
            at = cue[0]
        if self.lang.money_before.before(text, at):
            return not self.lang.spaced or not re.match(r"[\s-]\w", text[piece.end : piece.end + 2])
        return bool(self.lang.money_after.after(text, piece.end))

    def _is_weight(self, text: str, piece: Piece) -> bool:
        unit = piece.after
        if unit is None or not unit.name or piece.before or piece.scale or unit.code != "GBP":
            return False
        words = self.lang.words("noise", "weights")
        if text[unit.start : unit.end].lower() not in words:
            return False
        if self.lang.listed("noise", "weight_nouns").after(text, piece.end):
            return True
        cues = self.lang.listed("noise", "weight_cues")
        return any(True for _ in cues.find(small(text[max(0, piece.start - 30) : piece.start]), 0, 30))

    def _is_verb(self, text: str, piece: Piece) -> bool:
        """ "All 27 won": a name that is also a verb needs a magnitude, or thousands that are no year."""
        unit = piece.after
        if unit is None or not unit.name or piece.scale or piece.before:
            return False
        if text[unit.start : unit.end].lower() not in self.lang.words("noise", "verbs"):
            return False
        return piece.value < _THOUSAND or 1900 <= piece.value <= 2100

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

    def _share_per(self, text: str, found: list[Sum]) -> None:
        """ "From 35 yuan an hour to 24.5": the unit told at one end of a change goes for the other."""
        for first, second in pairwise(found):
            if (first.per is None) == (second.per is None) or first.currency != second.currency:
                continue
            gap = text[first.end : second.start]
            if len(gap) > _NEAR or _CLAUSE_END.search(gap) or not _alike(first, second):
                continue
            low = small(gap)
            if any(True for words in self._change_links for _ in words.find(low, 0, len(low))):
                first.per = second.per = first.per or second.per

    @cached_property
    def _change_links(self) -> tuple[Lexicon[bool], ...]:
        """What leads from the first price of a change to the second: to, から, 降."""
        return tuple(words for line in ("to", "to_bare", "change", "change_to") if (words := self.lang.listed("range", line)))

    def _with_orders(self, text: str, found: list[Sum]) -> list[Sum]:
        """Sums of which only the number of digits is told: a nine-figure deal."""
        behind = self.lang.words("orders", "behind")
        if not behind or not any(word in text for word in behind):
            return found
        nouns = self.lang.listed("orders", "nouns")
        extra: list[Sum] = []
        for match in re.finditer(rf"(?<!\w)(\w+)-(?:{'|'.join(behind)})(?!\w)", text):
            count = self.lang.number_words.value(match.group(1))
            if count is None or count.kind != "n" or not 4 <= count.value <= 12 or not nouns.after(text, match.end()):
                continue
            low = TEN ** (int(count.value) - 1)
            extra.append(Sum(match.start(), match.end(), low, low * TEN, None, match.start(), match.end(), approx=True))
        taken = [(one.start, one.end) for one in found]
        free = [one for one in extra if not any(one.start < end and start < one.end for start, end in taken)]
        return sorted([*found, *free], key=lambda one: one.start) if free else found

    def _join_bounds(self, text: str, sums: list[Sum]) -> list[Sum]:
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
