"""What a sum is for: its role, how certain it is, which round, what it counts. Cue words in the sentence decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from racewire.figures.language import Language, language, split
from racewire.figures.lexicon import Lexicon
from racewire.figures.scan import Sum
from racewire.figures.surfaces import BLANK, any_of, is_apart
from racewire.model import Certainty, Role


class Meaning(NamedTuple):
    """What a cue says and where it stands: before the sum, after it, near it, prev or next (touching it) or at the
    start of the sentence."""

    role: str
    side: str


class Cue(NamedTuple):
    """A cue found in a text."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


@dataclass(slots=True, eq=False, repr=False)
class Reading:
    """What the words around a sum say about it. `cue` is the span that decided the role."""

    role: Role = "other"
    certainty: Certainty = "stated"
    round: str | None = None
    cumulative: bool = False
    cue: tuple[int, int] | None = None
    score: float = 0.0


_SIDES = ("before", "prev", "after", "near", "next", "start")
_BREAK = re.compile(r"[;；。:：—–()（）]|\.\s")
_COMMA = re.compile(r"[,，、]")
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
        self._step = 10.0 if lang.spaced else 4.0  # characters that weigh as much as one point

    @cached_property
    def cues(self) -> Lexicon[tuple[Meaning, ...]]:
        entries: dict[str, tuple[Meaning, ...]] = {}
        for role, sides in self.lang.section("roles").items():
            for side in _SIDES:
                for word in split(sides.get(side, "")):
                    entries[word] = (*entries.get(word, ()), Meaning(role, side))
        return Lexicon(entries, spaced=self.lang.spaced)

    @cached_property
    def certainties(self) -> Lexicon[tuple[Meaning, ...]]:
        entries: dict[str, tuple[Meaning, ...]] = {}
        for kind, sides in self.lang.section("certainty").items():
            for side in _SIDES:
                for word in split(sides.get(side, "")):
                    entries[word] = (*entries.get(word, ()), Meaning(kind, side))
        return Lexicon(entries, spaced=self.lang.spaced)

    @cached_property
    def cumulative(self) -> Lexicon[bool]:
        return self.lang.listed("cumulative", "near")

    @cached_property
    def rounds(self) -> Lexicon[str]:
        names = {
            w: name
            for name, words in self.lang.section("rounds").items()
            if name not in ("series", "letter_before")
            for w in split(words)
        }
        return Lexicon(names, spaced=self.lang.spaced)

    @cached_property
    def series(self) -> re.Pattern[str]:
        ahead = f"(?:{any_of(['series', *self.lang.words('rounds', 'series')])})"
        behind = f"(?:{any_of(self.lang.words('rounds', 'letter_before'))})"
        pre = rf"(?:pre{BLANK}?)?"
        return re.compile(rf"(?P<a>{pre}){ahead}{BLANK}{{0,2}}(?P<b>[a-k])|(?P<c>{pre})(?P<d>[a-k])\d?\+?{BLANK}?{behind}")

    def read(self, text: str, start: int, end: int, sums: Sequence[Sum], written: str) -> list[Reading]:
        """What the sentence `text[start:end]` says about each of `sums`, all of which stand in it.

        `text` is `written` in small letters; the offsets are the same in both.
        """
        cues = [Cue(a, b, m) for a, b, m in self.cues.find(text, start, end)]
        doubts = [Cue(a, b, m) for a, b, m in self.certainties.find(text, start, end)]
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
            reading.certainty = self._certainty(text, start, end, doubts, sums, i, reading, out)
            left = sums[i - 1].right if i else start
            right = sums[i + 1].left if i + 1 < len(sums) else end
            if reading.role == "raised":
                reading.round = self._round(text, left, right, one, written)
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
        score -= 4.0 * len(_BREAK.findall(gap)) + 1.2 * len(_COMMA.findall(gap))
        if not ahead and self._stops and not self._stops.isdisjoint(gap.split()):
            score -= 3.0
        return score - 4.0 * sum(1 for other in sums if other is not one and other.start >= lo and other.end <= hi)

    @cached_property
    def _stops(self) -> frozenset[str]:
        """Small words that end a chain of nouns behind a sum."""
        return frozenset(self.lang.words("compare", "stops"))

    def _certainty(
        self,
        text: str,
        start: int,
        end: int,
        doubts: Sequence[Cue],
        sums: Sequence[Sum],
        i: int,
        reading: Reading,
        before: Sequence[Reading],
    ) -> Certainty:
        one = sums[i]
        lo, hi = _clause(text, start, end, one)
        reported = planned = False
        for cue in doubts:
            kinds = {m.role: m.side for m in cue.meanings}
            if "denied" in kinds and cue.start >= lo and cue.end <= hi and not (cue.start < one.end and cue.end > one.start):
                return "denied"
            if "reported" in kinds and self._is_reported(text, cue, kinds["reported"], start, lo, hi):
                reported = True
            if "planned" in kinds and self._is_planned(text, cue, kinds["planned"], lo, hi, one, reading, sums, i):
                planned = True
        if reported:
            return "reported"
        if planned:
            return "planned"
        joined = i > 0 and sums[i - 1].end > lo and (reading.role == "valuation" or one.left - sums[i - 1].end < 12)
        return "planned" if joined and before[-1].certainty == "planned" else "stated"

    def _is_reported(self, text: str, cue: Cue, side: str, start: int, lo: int, hi: int) -> bool:
        """Hearsay at the head of a sentence ("Source: …") goes for all of it, elsewhere for its clause."""
        if side == "start":
            return cue.start < start + 3 and text[cue.end : cue.end + 1] in (":", "：")
        return cue.start < start + 25 or lo <= cue.start < hi

    def _is_planned(
        self, text: str, cue: Cue, side: str, lo: int, hi: int, one: Sum, reading: Reading, sums: Sequence[Sum], i: int
    ) -> bool:
        if cue.start < lo or cue.end > hi:
            return False
        if side == "after":
            near = cue.start >= one.end and cue.start - one.end <= 6 * self._step
            return near and not any(one.end <= other.start < cue.start for other in sums)
        if cue.end > one.start:
            return False
        target = one.start
        if reading.cue is not None and cue.start <= reading.cue[0] < one.start:
            target = max(reading.cue[0], cue.end)
        gap = text[cue.end : target]
        if len(gap) > 4.5 * self._step or len(_COMMA.findall(gap)) > 0:
            return False
        return not any(other.start >= cue.end and other.end <= one.start for other in sums[:i])

    def _round(self, text: str, left: int, right: int, one: Sum, written: str) -> str | None:
        lo, hi = max(left, one.start - 60), min(right, one.end + 60)
        best: tuple[int, str] | None = None
        for match in self.series.finditer(text, lo, hi):
            side = "b" if match.group("b") else "d"
            letter = match.group(side)
            if is_apart(text, match.start() - 1) or (side == "b" and is_apart(text, match.end())):
                continue
            if written[match.start(side)].islower() and (side == "b" or self.lang.spaced):
                continue  # "vòng gọi vốn", "una serie e altri": a round's letter is a capital, but for a轮
            pre = "pre-" if match.group("a") or match.group("c") else ""
            best = _closer(best, match.start(), match.end(), one, f"{pre}series-{letter}")
        for a, b, name in self.rounds.find(text, lo, hi):
            best = _closer(best, a, b, one, name)
        return best[1] if best else None


def _dollars(one: Sum) -> float:
    """About how many dollars; 0 where the sum is not known."""
    return float(one.high or one.low or 0) / _ROUGH.get(one.currency or "", 1)


def _closer(best: tuple[int, str] | None, start: int, end: int, one: Sum, name: str) -> tuple[int, str]:
    distance = start - one.end if start >= one.end else 2 + one.start - end
    return min(best, (distance, name)) if best else (distance, name)


def _clause(text: str, start: int, end: int, one: Sum) -> tuple[int, int]:
    """The part of the sentence between semicolons that holds the sum."""
    lo, hi = start, end
    for mark in ";；":
        lo = max(lo, text.rfind(mark, start, one.start) + 1)
        at = text.find(mark, one.end, end)
        hi = min(hi, at) if at >= 0 else hi
    return lo, hi


_ROLES: dict[str, Role] = {
    "raised": "raised", "valuation": "valuation", "acquisition": "acquisition", "investment": "investment", "fund": "fund",
    "market_size": "market_size", "market_cap": "market_cap", "revenue": "revenue", "profit": "profit", "loss": "loss", "fine": "fine",
    "price": "price", "contract": "contract", "debt": "debt", "grant": "grant", "spending": "spending", "buyback": "buyback",
}  # fmt: skip


def _as_role(name: str) -> Role:
    return _ROLES.get(name, "other")
