"""What a sum is for: its role, how certain it is, which round, what it counts. Cue words in the sentence decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from racewire.figures.certainty import Certainties
from racewire.figures.cues import COMMA, Cue, Meaning, Reading, cue_words, step
from racewire.figures.language import Language, language
from racewire.figures.lexicon import Lexicon
from racewire.figures.rounds import Rounds
from racewire.figures.sums import Sum
from racewire.model import Role

_BREAK = re.compile(r"[;；。:：—–()（）]|\.\s")
_FLOOR = 1.5  # a cue that scores less decides nothing
_LARGE = 1_000_000  # dollars; a sum this large is seldom a price
_SMALL = 10_000  # dollars; a sum this small is seldom anything else
# Units that make about a dollar, for plausibility only.
_ROUGH = {"JPY": 150, "KRW": 1400, "VND": 25_000, "IDR": 16_000, "INR": 85, "RUB": 85, "CNY": 7, "TWD": 32, "HKD": 8, "TRY": 35, "THB": 35,
          "PHP": 58, "HUF": 360, "CLP": 950, "COP": 4000, "ARS": 1000, "NGN": 1500, "MXN": 18, "SEK": 10, "NOK": 11, "CZK": 23, "UAH": 42,
          "KZT": 500, "IRR": 40_000, "PKR": 280, "MNT": 3400, "XBT": 0.00001}  # fmt: skip
_GRAND = frozenset(
    {"raised", "valuation", "acquisition", "fund", "market_size", "market_cap", "buyback", "contract", "debt", "investment"}
)
_PRICED = frozenset({"hour", "day", "share", "unit", "person", "week"})


@lru_cache(maxsize=64)
def reader(code: str) -> ContextReader:
    return ContextReader(language(code))


class ContextReader:
    """Reads the words around sums in one language."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.certainties = Certainties(lang)
        self.rounds = Rounds(lang)
        self._step = step(lang)

    @cached_property
    def cues(self) -> Lexicon[tuple[Meaning, ...]]:
        return cue_words(self.lang, "roles")

    @cached_property
    def cumulative(self) -> Lexicon[bool]:
        return self.lang.listed("cumulative", "near")

    def read(self, text: str, start: int, end: int, sums: Sequence[Sum], written: str) -> list[Reading]:
        """What the sentence `text[start:end]` says about each of `sums`, all of which stand in it.

        `text` is `written` in small letters; the offsets are the same in both.
        """
        cues = [Cue(a, b, m) for a, b, m in self.cues.find(text, start, end)]
        doubts = [Cue(a, b, m) for a, b, m in self.certainties.words.find(text, start, end)]
        totals = [(a, b) for a, b, _ in self.cumulative.find(text, start, end)]
        out: list[Reading] = []
        for i, one in enumerate(sums):
            reading = self._role(text, cues, sums, i)
            if out and self._compares(text, one):
                reading.role, reading.cue, reading.score = out[-1].role, out[-1].cue, 12.0
            elif reading.score < _FLOOR and out:
                reading.role, reading.cue = out[-1].role, out[-1].cue
            dollars = _dollars(one)
            if (one.per is not None and ((dollars < _LARGE and one.per in _PRICED) or reading.score < 8)) or (
                reading.role == "other" and reading.cue is None and dollars < _SMALL
            ):
                reading.role = "price"
            reading.certainty = self.certainties.certainty(text, start, end, doubts, sums, i, reading, out)
            left = sums[i - 1].right if i else start
            right = sums[i + 1].left if i + 1 < len(sums) else end
            if reading.role == "raised":
                reading.round = self.rounds.near(text, left, right, one, written)
            lo, hi = max(left, one.start - 50), min(right, one.end + 25)
            reading.cumulative = any(a >= lo and b <= hi for a, b in totals)
            out.append(reading)
        return out

    @cached_property
    def compare(self) -> Lexicon[bool]:
        """What puts a sum beside the one before it: up from, vs., compared with."""
        return self.lang.listed("compare", "before")

    def _compares(self, text: str, one: Sum) -> bool:
        return bool(self.compare.before(text, one.left) or self.compare.before(text, one.start))

    def _role(self, text: str, cues: Sequence[Cue], sums: Sequence[Sum], i: int) -> Reading:
        score, decided, role = 0.0, None, "other"
        one = sums[i]
        dollars = _dollars(one)
        for cue in cues:
            if (cue.start < one.end and cue.end > one.start) or one.end <= cue.start < cue.end <= one.right:
                continue  # inside the sum, or the words that made it "a month"
            for meaning in cue.meanings:
                if meaning.role == "none":
                    continue
                weight = self._score(text, cue, meaning, sums, i, score, dollars)
                if weight > score:
                    score, decided, role = weight, cue, meaning.role
        best = Reading(role=_as_role(role), cue=(decided.start, decided.end) if decided else None, score=score)
        return self._as_takeover(text, cues, one, best) if best.role in ("contract", "valuation") else best

    def _counts(self, text: str, at: int) -> bool:
        """Whether a number of things comes next: who acquires up to 6GW of chips orders goods and buys no company."""
        bound = self.lang.bounds_before.after(text, at)
        return re.compile(r"\s{0,2}\d[\d.,]*(?!\s?[%\d.,])").match(text, bound[1] if bound else at) is not None

    @cached_property
    def _deals(self) -> Lexicon[bool]:
        """Words for a deal of any kind."""
        return self.lang.listed("parties", "deal_words")

    def _as_takeover(self, text: str, cues: Sequence[Cue], one: Sum, best: Reading) -> Reading:
        """ "Sold to X in a deal worth $3bn": what kind of deal it is, the verb before it in the clause says."""
        if best.cue is None or best.cue[1] > one.start or not self._deals:
            return best
        if self._deals.value(text[best.cue[0] : best.cue[1]]) is None and not self._deals.before(text, best.cue[0]):
            return best
        for cue in reversed(cues):
            bought = any(m.role == "acquisition" and m.side == "before" for m in cue.meanings)
            if (
                bought
                and cue.end <= best.cue[0]
                and not _BREAK.search(text, cue.end, best.cue[0])
                and not self._counts(text, cue.end)
            ):
                return Reading(role="acquisition", cue=(cue.start, cue.end), score=best.score)
        return best

    def _score(self, text: str, cue: Cue, meaning: Meaning, sums: Sequence[Sum], i: int, least: float, dollars: float) -> float:
        """How strongly a cue speaks for a role of the sum; 0 where it cannot exceed `least`."""
        one = sums[i]
        ahead = cue.end <= one.start
        lo, hi = (cue.end, max(cue.end, one.left)) if ahead else (min(one.right, cue.start), cue.start)
        distance = (hi - lo) / self._step
        score = 0.1 * (cue.end - cue.start) / self._step
        if ahead:
            if meaning.side == "next" or (meaning.side == "prev" and hi - lo > 3):
                return 0.0
            score += (10.0 if meaning.side in ("before", "prev") else 6.0 if meaning.side == "near" else 5.0) - distance
            score += 1.5 if hi - lo <= 3 else 0
        elif meaning.side == "prev":
            return 0.0
        elif meaning.side in ("after", "next"):
            touching = not text[lo:hi].strip()
            if meaning.side == "next" and not touching:
                return 0.0
            score += 13.0 if touching else 9.0 - 1.6 * distance
        elif meaning.side == "near":
            score += 5.0 - distance
        else:
            score += 3.0 - 2 * distance
        if meaning.role == "price" and one.per is None and dollars >= _LARGE:
            score -= 8.0
        elif meaning.role in _GRAND and dollars < _SMALL:
            score -= 6.0
        if score <= least:
            return 0.0
        gap = text[lo:hi]
        score -= 4.0 * len(_BREAK.findall(gap)) + 1.2 * len(COMMA.findall(gap))
        if not ahead and self._stops and not self._stops.isdisjoint(gap.split()):
            score -= 3.0
        return score - 4.0 * sum(1 for other in sums if other is not one and other.start >= lo and other.end <= hi)

    @cached_property
    def _stops(self) -> frozenset[str]:
        """Small words that end a chain of nouns behind a sum."""
        return frozenset(self.lang.words("compare", "stops"))


def _dollars(one: Sum) -> float:
    """About how many dollars; 0 where the sum is not known."""
    return float(one.high or one.low or 0) / _ROUGH.get(one.currency or "", 1)


_ROLES: dict[str, Role] = {
    "raised": "raised", "valuation": "valuation", "acquisition": "acquisition", "investment": "investment", "fund": "fund",
    "market_size": "market_size", "market_cap": "market_cap", "revenue": "revenue", "profit": "profit", "loss": "loss", "fine": "fine",
    "price": "price", "contract": "contract", "debt": "debt", "grant": "grant", "spending": "spending", "buyback": "buyback",
}  # fmt: skip


def _as_role(name: str) -> Role:
    return _ROLES.get(name, "other")
