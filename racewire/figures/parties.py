"""Who gets a sum and who pays it, read from the order of names, verbs and prepositions in the clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from racewire.figures.context import ContextReader, Reading, reader
from racewire.figures.language import Language
from racewire.figures.lexicon import Lexicon
from racewire.figures.names import Name, names_in
from racewire.figures.scan import Sum
from racewire.figures.surfaces import small
from racewire.model import Mention

# Which of subject and object gets the money, for each role. The other one pays.
_TAKES = frozenset({"raised", "valuation", "revenue", "profit", "loss", "market_cap", "debt", "grant"})
_STATES = frozenset({"revenue", "profit", "loss", "valuation", "market_cap"})  # what a company has, not what it is given
_GIVES = frozenset({"investment", "acquisition", "contract", "spending", "buyback", "fund"})
NO_PARTIES = frozenset({"price", "other", "market_size"})
_PUNCTUATION = frozenset(",，(（:：–—-、")
_CLOSING = frozenset(")）」』")
_LETTER = re.compile(r"\w")


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
        self._lang: Language = context.lang

    @cached_property
    def _stop(self) -> frozenset[str]:
        """Words that end a name in a headline set in capitals: verbs of the trade and the small words around sums."""
        lexicons: Iterable[Lexicon[object]] = (self._context.cues, self._context.certainties, self._lang.bounds_before)  # type: ignore[assignment]
        words = {entry for lexicon in lexicons for entry in lexicon.entries if " " not in entry and "*" not in entry}
        return frozenset(words | set(self._lang.words("parties", "small_words"))) - frozenset(
            self._lang.words("parties", "in_names")
        )

    @cached_property
    def _alone(self) -> frozenset[str]:
        return frozenset(w.lower() for w in self._lang.words("parties", "not_names"))

    def _listed(self, name: str) -> Lexicon[bool]:
        return self._lang.listed("parties", name)

    @cached_property
    def _verbs(self) -> Lexicon[bool]:
        return self._listed("verbs")

    @cached_property
    def _payer_before(self) -> Lexicon[bool]:
        return self._listed("payer_before")

    @cached_property
    def _object_before(self) -> Lexicon[bool]:
        return self._listed("object_before")

    @cached_property
    def _skip_after(self) -> Lexicon[bool]:
        return self._listed("skip_after")

    @cached_property
    def _skip_before(self) -> Lexicon[bool]:
        return self._listed("skip_before")

    @cached_property
    def _leads(self) -> Lexicon[bool]:
        return self._listed("lead_verbs")

    @cached_property
    def _sold(self) -> Lexicon[bool]:
        return self._listed("sold_to")

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
        lo, hi = _clause(text, start, end, one)
        inside = [n for n in names if n.start >= lo and n.end <= hi and not (n.start < one.end and n.end > one.start)]
        if reading.cue is not None:  # Doanh in "Doanh thu" is no name
            inside = [n for n in inside if n.entity or not (n.start < reading.cue[1] and reading.cue[0] < n.end)]
        until = sums[i + 1].left if i + 1 < len(sums) else hi
        payer = self._marked(text, inside, one.right, until, self._payer_before)
        if reading.role in _TAKES:
            leader = next((n for n in inside if n.end <= one.start and self._leads.after(text, n.end)), None)
            if leader is not None and reading.role == "raised":
                return Parties(self._marked(text, inside, one.right, until, self._object_before), leader)
            recipient = self._owner(text, inside, one) or self._taker(text, inside, one, reading, lo)
            if (
                i
                and sums[i - 1].end > lo
                and (recipient is None or (reading.role == "valuation" and readings[i - 1].role in _GIVES))
            ):
                recipient = before[-1].recipient or recipient
            if recipient is None and reading.role in _STATES:
                recipient = self._between(inside, reading, one)
            recipient = recipient or self._late(text, inside, one) or self._possessor(inside, one, reading)
            return Parties(recipient, payer if payer != recipient else None)
        if reading.role == "acquisition" and self._lang.spaced:
            told = self._takeover(text, inside, one, lo, hi)
            if told is not None:
                return told
        if reading.role in _GIVES:
            return self._deal(text, inside, one, reading, lo, until, before[-1] if i else None)
        if reading.role == "fine":
            fined = self._between(inside, reading, one) or self._marked(text, inside, one.right, until, self._object_before)
            fined = fined or self._subject(text, inside, one, reading, lo)
            return Parties(None, fined)
        return Parties()

    def _deal(
        self, text: str, names: Sequence[Name], one: Sum, reading: Reading, lo: int, until: int, last: Parties | None
    ) -> Parties:
        payer = self._owner(text, names, one) or self._subject(text, names, one, reading, lo)
        target = self._marked(text, names, one.right, until, self._object_before) or self._adjacent(text, names, one)
        within = self._between(names, reading, one)
        target = within if reading.role == "acquisition" and within not in (None, payer) else target or within
        sold = self._marked(text, names, lo, one.start, self._sold)
        if sold is not None and reading.role == "acquisition":
            return Parties(self._subject(text, [n for n in names if n.end < sold.start], one, reading, lo) or payer, sold)
        marked = None
        if not self._lang.spaced:
            marked = self._marked(text, names, lo, one.start, self._object_before) or self._trailed(text, names, one)
            pair = self._pair(text, names, one) if reading.role == "contract" else None
            if pair is not None:
                return Parties(pair[1], pair[0])
        target = marked or target
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

    def _takeover(self, text: str, names: Sequence[Name], one: Sum, lo: int, hi: int) -> Parties | None:
        """Who buys whom, where voice and auxiliaries say it: "was bought by", "hat … übernommen"; None where they do not."""
        passive, have = self._listed("passive"), self._listed("have")
        low = small(text[lo:hi])
        voice = next(passive.find(low, 0, len(low)), None)
        buyer = self._marked(text, names, lo, hi, self._listed("passive_by")) if voice is not None else None
        if voice is not None and buyer is not None:
            between = text[min(lo + voice[1], buyer.end) : max(lo + voice[0], buyer.start)]
            bought = next((n for n in names if n.end <= buyer.start and not self._is_modifier(text, n)), None)
            if bought is not None and "," not in between:  # else the passive is of another clause
                return Parties(bought, buyer)
        buyer = next((n for n in names if n.end <= one.start and have.after(text, n.end)), None)
        if buyer is None or self._is_modifier(text, buyer):
            return None
        bought = next((n for n in names if n.start >= buyer.end and not self._payer_before.before(text, n.start)), None)
        return Parties(bought, buyer) if bought is not None else None

    def _taker(self, text: str, names: Sequence[Name], one: Sum, reading: Reading, lo: int) -> Name | None:
        if reading.role == "valuation" and reading.cue and reading.cue[1] <= one.start:
            valued = self._between(names, reading, one)
            if valued is not None:
                return valued
        return self._subject(text, names, one, reading, lo)

    def _late(self, text: str, names: Sequence[Name], one: Sum) -> Name | None:
        """The subject behind the sum: With $3.5B in fresh capital, Kleiner Perkins is …"""
        for name in names:
            if name.start >= one.end and text[one.end : name.start].rstrip().endswith((",", "，")):
                return name if self._acts(text, name, one) else None
        return None

    def _possessor(self, names: Sequence[Name], one: Sum, reading: Reading) -> Name | None:
        """ "OpenAI's ad pilot exceeds $100M": what is the owned thing's is the owner's, where nobody else is named."""
        if reading.role not in _STATES:
            return None
        return next((n for n in names if n.end <= one.start and n.owner), None)

    def _owner(self, text: str, names: Sequence[Name], one: Sum) -> Name | None:
        """The name in the possessive right before the sum: Anthropic's $60B."""
        last = next((n for n in reversed(names) if n.end <= one.left), None)
        if last is not None and last.owner and one.left - last.end <= 14:
            return last
        return None

    def _adjacent(self, text: str, names: Sequence[Name], one: Sum) -> Name | None:
        """The name right behind the sum: $40 billion OpenAI loan."""
        return next((n for n in names if 0 <= n.start - one.end <= 3 and text[one.end : n.start].strip() in ("", "的")), None)

    def _between(self, names: Sequence[Name], reading: Reading, one: Sum) -> Name | None:
        """The name between the deciding verb and the sum: acquire Astreya for $600 million."""
        if reading.cue is None or reading.cue[0] >= one.start:
            return None
        inside = [n for n in names if n.start >= reading.cue[0] and n.end <= one.start]
        return next((n for n in inside if n.entity), inside[-1] if inside else None)

    def _marked(self, text: str, names: Sequence[Name], lo: int, hi: int, marks: Lexicon[bool]) -> Name | None:
        """The first name between two offsets that one of `marks` (from, led by, in …) stands right before."""
        for name in names:
            if name.start >= lo and name.end <= hi:
                mark = marks.before(text, name.start)
                if mark is not None and mark[0] >= lo - 24:
                    return name
        return None

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

    def _subject(self, text: str, names: Sequence[Name], one: Sum, reading: Reading, lo: int) -> Name | None:
        limit = one.start
        if reading.cue is not None and reading.cue[0] < limit:
            limit = max(reading.cue[0], names[0].end if names else 0)
        candidates = self._heads(text, [n for n in names if n.end <= limit and not self._is_modifier(text, n)], limit)
        if not candidates:
            return None
        acting = [n for n in candidates if self._acts(text, n, one)]
        if acting:
            return acting[-1]
        apart = [
            n for n in candidates if text[n.end : n.end + 1] in _PUNCTUATION or text[n.end : n.end + 2] in (" (", " –", " —")
        ]
        if apart:
            return apart[0]
        if not self._verbs or not self._lang.spaced:
            return candidates[0]
        head = candidates[0]
        at_head = not text[lo : head.start].strip(" \n\"'„“«") and text[head.end + 1 : head.end + 2].islower()
        return head if at_head and "head_is_subject" not in self._lang.section("parties") else None

    def _heads(self, text: str, names: list[Name], limit: int) -> list[Name]:
        """Leaves out the names that only say whose founder or manager somebody is: X创始人Y创办的Z is Z."""
        ahead, behind, founded = self._listed("title_before"), self._listed("title_after"), self._listed("founded")
        told: list[Name] = []
        for name in names:
            title = behind.after(text, name.end + (text[name.end : name.end + 1] in _CLOSING))
            joined = bool(told) and self._lang.spaced and not text[told[-1].end : name.start].strip(" ")
            if (
                (title is not None and next(founded.find(text, title[1], limit), None) is not None)
                or ahead.before(text, name.start)
                or joined  # the person behind the title and the company: nhà sáng lập X Y
            ):
                told.append(name)
        known = {name.entity for name in told if name.entity}
        left = [name for name in names if name not in told and name.entity not in known]
        return left if left or not self._lang.spaced else names

    def _is_modifier(self, text: str, name: Name) -> bool:
        """ "Alibaba-backed", "ex-Meta", "X支持的", "向X投资": the name only describes another one, or is what something is done to."""
        if name.owner:
            return True
        if not self._lang.spaced and (
            self._object_before.before(text, name.start) or text.startswith(self._lang.words("parties", "object_after"), name.end)
        ):
            return True
        return bool(self._skip_after.after(text, name.end) or self._skip_before.before(text, name.start))

    def _acts(self, text: str, name: Name, one: Sum) -> bool:
        """Whether a verb stands right behind the name."""
        if self._verbs.after(text, name.end):
            return True
        cue = self._context.cues.after(text, name.end)
        if cue is not None and (cue[1] <= one.start or name.start > one.end) and cue[2][0].side != "near":
            return True
        doubt = self._context.certainties.after(text, name.end)
        return doubt is not None and doubt[1] <= one.start


def _clause(text: str, start: int, end: int, one: Sum) -> tuple[int, int]:
    lo, hi = start, end
    for mark in ";；":
        lo = max(lo, text.rfind(mark, start, one.start) + 1)
        at = text.find(mark, one.end, end)
        hi = min(hi, at) if at >= 0 else hi
    return lo, hi
