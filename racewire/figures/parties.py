"""Who gets a sum and who pays it, read from the order of names, verbs and prepositions in the clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from racewire.figures.context import ContextReader, reader
from racewire.figures.cues import Reading, clause
from racewire.figures.lexicon import Lexicon
from racewire.figures.names import Name, names_in
from racewire.figures.positions import STATES, Subjects, adjacent, between, marked, owner, possessor
from racewire.figures.sums import Sum
from racewire.figures.surfaces import tidy
from racewire.model import Mention
from racewire.text.case import small

# Which of subject and object gets the money, for each role. The other one pays.
_TAKES = frozenset({"raised", "valuation", "revenue", "profit", "loss", "market_cap", "debt", "grant"})
_GIVES = frozenset({"investment", "acquisition", "contract", "spending", "buyback", "fund"})
_VERB_REACH = 30  # characters from a stake back to the verb that it is the object of
NO_PARTIES = frozenset({"price", "other", "market_size"})


class Parties(NamedTuple):
    """The two sides of a sum; either may be unknown."""

    recipient: Name | None = None
    payer: Name | None = None


@lru_cache(maxsize=64)
def party_reader(code: str) -> PartyReader:
    return PartyReader(reader(code))


class PartyReader:
    """Finds the parties in one language."""

    def __init__(self, context: ContextReader) -> None:
        self._context = context
        self._lang = context.lang
        self._subjects = Subjects(context)

    @cached_property
    def _stop(self) -> frozenset[str]:
        """Words that end a name in a headline set in capitals: verbs of the trade and the small words around sums."""
        lexicons: Iterable[Lexicon[object]] = (self._context.cues, self._context.certainties.words, self._lang.bounds_before)  # type: ignore[assignment]
        words = {entry for lexicon in lexicons for entry in lexicon.entries if " " not in entry and "*" not in entry}
        return frozenset(words | set(self._lang.words("parties", "small_words"))) - frozenset(
            self._lang.words("parties", "in_names")
        )

    @cached_property
    def _alone(self) -> frozenset[str]:
        return frozenset(w.lower() for w in self._lang.words("parties", "not_names"))

    def _listed(self, name: str) -> Lexicon[bool]:
        return self._lang.listed("parties", name)

    def read(
        self,
        text: str,
        start: int,
        end: int,
        sums: Sequence[Sum],
        readings: Sequence[Reading],
        mentions: Sequence[Mention],
    ) -> list[Parties]:
        """The parties of each of `sums`, all of which stand in the sentence `text[start:end]`."""
        if all(r.role in NO_PARTIES for r in readings):
            return [Parties()] * len(sums)
        names = [n for n in names_in(text, start, end, mentions, self._stop) if n.entity or n.text.lower() not in self._alone]
        names = [n for n in names if not any(n.start < one.end and one.start < n.end for one in sums)]
        if not names:
            return [Parties()] * len(sums)
        out: list[Parties] = []
        for i in range(len(sums)):
            out.append(self._one(text, start, end, sums, readings, i, names, out))
        return out

    def _one(
        self,
        text: str,
        start: int,
        end: int,
        sums: Sequence[Sum],
        readings: Sequence[Reading],
        i: int,
        names: Sequence[Name],
        before: Sequence[Parties],
    ) -> Parties:
        one, reading = sums[i], readings[i]
        lo, hi = clause(text, start, end, one)
        inside = [n for n in names if n.start >= lo and n.end <= hi and not (n.start < one.end and n.end > one.start)]
        if reading.cue is not None:  # Doanh in "Doanh thu" is no name
            inside = [n for n in inside if n.entity or not self._part_of(text, n, reading.cue)]
        until = sums[i + 1].left if i + 1 < len(sums) else hi
        payer = marked(text, inside, one.right, until, self._listed("payer_before"))
        if reading.role in _TAKES:
            leader = next((n for n in inside if n.end <= one.start and self._listed("lead_verbs").after(text, n.end)), None)
            if leader is not None and reading.role == "raised":
                return Parties(marked(text, inside, one.right, until, self._listed("object_before")), leader)
            recipient = owner(inside, one) or self._taker(text, inside, one, reading, lo)
            if (
                i
                and sums[i - 1].end > lo
                and (recipient is None or (reading.role == "valuation" and readings[i - 1].role in _GIVES))
            ):
                recipient = before[-1].recipient or recipient
            if recipient is None and reading.role in STATES:
                recipient = between(inside, reading, one)
            recipient = recipient or self._subjects.late(text, inside, one) or possessor(inside, one, reading)
            return Parties(recipient, payer if payer != recipient else None)
        if reading.role in ("acquisition", "investment"):
            told = self._sale(text, inside, one, reading, lo, hi)
            if told is None and self._lang.spaced and reading.role == "acquisition":
                told = self._takeover(text, inside, one, lo, hi)
            if told is not None:
                return told
        if reading.role in _GIVES:
            return self._deal(text, inside, one, reading, lo, until, before[-1] if i else None)
        if reading.role == "fine":
            fined = between(inside, reading, one) or marked(text, inside, one.right, until, self._listed("object_before"))
            fined = fined or self._subjects.subject(text, inside, one, reading, lo)
            return Parties(None, fined)
        return Parties()

    def _part_of(self, text: str, name: Name, cue: tuple[int, int]) -> bool:
        """Whether a name is made of a cue's own words; not where the cue leaves a place for it: bán Altera cho."""
        start, end = cue
        if name.end <= start or name.start >= end:
            return False
        return not (start < name.start and name.end < end) or tidy(text[start:end]) in self._context.cues.entries

    def _deal(
        self, text: str, names: Sequence[Name], one: Sum, reading: Reading, lo: int, until: int, last: Parties | None
    ) -> Parties:
        payer = owner(names, one) or self._subjects.subject(text, names, one, reading, lo)
        target = marked(text, names, one.right, until, self._listed("object_before")) or adjacent(text, names, one)
        within = between(names, reading, one)
        target = within if reading.role == "acquisition" and within not in (None, payer) else target or within
        sold = marked(text, names, lo, one.start, self._listed("sold_to"))
        if sold is not None and reading.role == "acquisition":
            return Parties(
                self._subjects.subject(text, [n for n in names if n.end < sold.start], one, reading, lo) or payer, sold
            )
        aim = None
        if not self._lang.spaced:
            aim = self._subjects.aim(text, names, lo, one.start) or self._trailed(text, names, one)
            pair = self._pair(text, names, one) if reading.role == "contract" else None
            if pair is not None:
                return Parties(pair[1], pair[0])
        target = aim or target
        if target is None and reading.role == "acquisition" and payer is not None and payer.owner:
            target = next((n for n in reversed(names) if n.end <= payer.start), None)
        if target == payer:
            target = None
        if target is None and last is not None and reading.role == "investment" and last.recipient != payer:
            target = last.recipient
        if payer is None and last is not None and last.payer is not None:
            payer = last.payer
            target = target or (last.recipient if reading.role in ("investment", "acquisition") else None)
        return Parties(target, payer)

    def _sale(self, text: str, names: Sequence[Name], one: Sum, reading: Reading, lo: int, hi: int) -> Parties | None:
        """Who buys what where the verb is the seller's: "sold its chip unit to Tencent for"; None where it is not, or in the passive.

        What is sold gets the price, and where that has no name the seller.
        """
        cue = reading.cue
        if cue is None or not self._sells(text, reading, lo):
            return None
        low = small(text[lo:hi])
        if self._lang.spaced and next(self._listed("passive").find(low, 0, len(low)), None):
            return None
        seller = self._subjects.subject(text, names, one, reading, lo) or next((n for n in names if n.end <= cue[0]), None)
        after, until = seller.end if seller else lo, max(one.start, cue[1])
        later = [n for n in names if n.start >= after]
        particles = self._lang.words("parties", "buyer_after")
        buyer = marked(text, later, after, hi, self._listed("buyer_before")) or next(
            (n for n in later if particles and text.startswith(particles, n.end)), None
        )
        sold = next(
            (
                n
                for n in later
                if n != buyer and n.end <= until and not (self._lang.spaced and self._subjects.is_modifier(text, n))
            ),
            None,
        )
        return Parties(sold or seller, buyer)

    def _sells(self, text: str, reading: Reading, lo: int) -> bool:
        """Whether the word that decided is a seller's, or a stake's behind such a verb: "sold its entire stake in"."""
        if reading.cue is None:
            return False
        start, end = reading.cue
        if reading.role == "investment":
            start = max(lo, text.rfind(",", 0, start) + 1, start - _VERB_REACH)
        low = small(text[start:end])
        return next(self._listed("sells").find(low, 0, len(low)), None) is not None

    def _takeover(self, text: str, names: Sequence[Name], one: Sum, lo: int, hi: int) -> Parties | None:
        """Who buys whom, where voice and auxiliaries say it: "was bought by", "hat … übernommen"; None where they do not."""
        passive, have = self._listed("passive"), self._listed("have")
        low = small(text[lo:hi])
        voice = next(passive.find(low, 0, len(low)), None)
        buyer = None
        if voice is not None:
            if next(self._listed("sells").find(low, 0, len(low)), None):  # "was sold by X to Y"
                buyer = marked(text, names, lo + voice[1], hi, self._listed("buyer_before"))
            buyer = buyer or marked(text, names, lo, hi, self._listed("passive_by"))
        if voice is not None and buyer is not None:
            gap = text[min(lo + voice[1], buyer.end) : max(lo + voice[0], buyer.start)]
            bought = next((n for n in names if n.end <= buyer.start and not self._subjects.is_modifier(text, n)), None)
            if bought is not None and "," not in gap:  # else the passive is of another clause
                return Parties(bought, buyer)
        buyer = next((n for n in names if n.end <= one.start and have.after(text, n.end)), None)
        if buyer is None or self._subjects.is_modifier(text, buyer):
            return None
        bought = next((n for n in names if n.start >= buyer.end and not self._listed("payer_before").before(text, n.start)), None)
        return Parties(bought, buyer) if bought is not None else None

    def _taker(self, text: str, names: Sequence[Name], one: Sum, reading: Reading, lo: int) -> Name | None:
        if reading.role == "valuation" and reading.cue and reading.cue[1] <= one.start:
            valued = between(names, reading, one)
            if valued is not None:
                return valued
        return self._subjects.subject(text, names, one, reading, lo)

    def _trailed(self, text: str, names: Sequence[Name], one: Sum) -> Name | None:
        """The name that a particle marks as the aim: OpenAIに出資."""
        marks = self._lang.words("parties", "object_after")
        return next((n for n in names if n.end <= one.start and text.startswith(marks, n.end)), None)

    def _pair(self, text: str, names: Sequence[Name], one: Sum) -> tuple[Name, Name] | None:
        """Two names joined by "with": the first is who orders, the second who delivers."""
        links = self._lang.words("parties", "together")
        before = [n for n in names if n.end <= one.start]
        for first, second in pairwise(before):
            if text[first.end : second.start].strip() in links:
                return first, second
        return None
