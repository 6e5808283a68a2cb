"""Where a name stands: beside the sum, behind a preposition, before the verb of its clause."""

from __future__ import annotations

from collections.abc import Sequence

from racewire.figures.context import ContextReader
from racewire.figures.cues import Reading
from racewire.figures.lexicon import Lexicon
from racewire.figures.names import Name
from racewire.figures.sums import Sum

# What a company has, not what it is given.
STATES = frozenset({"revenue", "profit", "loss", "valuation", "market_cap"})
_PUNCTUATION = frozenset(",，(（:：–—-、")
_CLOSING = frozenset(")）」』")


def owner(names: Sequence[Name], one: Sum) -> Name | None:
    """The name in the possessive right before the sum: Anthropic's $60B."""
    last = next((n for n in reversed(names) if n.end <= one.left), None)
    if last is not None and last.owner and one.left - last.end <= 14:
        return last
    return None


def adjacent(text: str, names: Sequence[Name], one: Sum) -> Name | None:
    """The name right behind the sum: $40 billion OpenAI loan."""
    return next((n for n in names if 0 <= n.start - one.end <= 3 and text[one.end : n.start].strip() in ("", "的")), None)


def between(names: Sequence[Name], reading: Reading, one: Sum) -> Name | None:
    """The name between the deciding verb and the sum: acquire Astreya for $600 million."""
    if reading.cue is None or reading.cue[0] >= one.start:
        return None
    inside = [n for n in names if n.start >= reading.cue[0] and n.end <= one.start]
    return next((n for n in inside if n.entity), inside[-1] if inside else None)


def marked(text: str, names: Sequence[Name], lo: int, hi: int, marks: Lexicon[bool]) -> Name | None:
    """The first name between two offsets that one of `marks` (from, led by, in …) stands right before."""
    for name in names:
        if name.start >= lo and name.end <= hi:
            mark = marks.before(text, name.start)
            if mark is not None and mark[0] >= lo - 24:
                return name
    return None


def possessor(names: Sequence[Name], one: Sum, reading: Reading) -> Name | None:
    """ "OpenAI's ad pilot exceeds $100M": what is the owned thing's is the owner's, where nobody else is named."""
    if reading.role not in STATES:
        return None
    return next((n for n in names if n.end <= one.start and n.owner), None)


class Subjects:
    """Finds the subject of a sum's clause in one language."""

    def __init__(self, context: ContextReader) -> None:
        self._context = context
        self._lang = lang = context.lang
        self._verbs = lang.listed("parties", "verbs")
        self._title_before, self._title_after = lang.listed("parties", "title_before"), lang.listed("parties", "title_after")
        self._skip_before, self._skip_after = lang.listed("parties", "skip_before"), lang.listed("parties", "skip_after")
        self._object_before = lang.listed("parties", "object_before")
        self._object_after = lang.words("parties", "object_after")

    def subject(self, text: str, names: Sequence[Name], one: Sum, reading: Reading, lo: int) -> Name | None:
        """Who does what the sum is told of, of the names behind `lo`."""
        limit = one.start
        if reading.cue is not None and reading.cue[0] < limit:
            limit = max(reading.cue[0], names[0].end if names else 0)
        aim = self.aim(text, names, lo, limit)
        ahead = [n for n in names if n.end <= limit and n != aim and not self.is_modifier(text, n)]
        candidates = self._heads(text, ahead, limit)
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

    def aim(self, text: str, names: Sequence[Name], lo: int, hi: int) -> Name | None:
        """Whom a preposition before the verb makes the aim, in scripts without blanks: Y of 向X创办的Y投资."""
        name = None if self._lang.spaced else marked(text, names, lo, hi, self._object_before)
        if name is None:
            return None
        for later in names:
            if later.start < name.end:
                continue
            told = self._skip_after.after(text, name.end)
            if told is None or text[told[1] : later.start].strip() not in ("", "的"):
                break
            name = later
        return name

    def late(self, text: str, names: Sequence[Name], one: Sum) -> Name | None:
        """The subject behind the sum: With $3.5B in fresh capital, Kleiner Perkins is …"""
        for name in names:
            if name.start >= one.end and text[one.end : name.start].rstrip().endswith((",", "，")):
                return name if self._acts(text, name, one) else None
        return None

    def _heads(self, text: str, names: list[Name], limit: int) -> list[Name]:
        """Leaves out the names that only say whose founder or manager somebody is: X创始人Y创办的Z is Z."""
        founded = self._lang.listed("parties", "founded")
        told: list[Name] = []
        for name in names:
            title = self._title_after.after(text, name.end + (text[name.end : name.end + 1] in _CLOSING))
            joined = bool(told) and self._lang.spaced and not text[told[-1].end : name.start].strip(" ")
            if (
                (title is not None and next(founded.find(text, title[1], limit), None) is not None)
                or self._title_before.before(text, name.start)
                or joined  # the person behind the title and the company: nhà sáng lập X Y
            ):
                told.append(name)
        known = {name.entity for name in told if name.entity}
        left = [name for name in names if name not in told and name.entity not in known]
        return left if left or not self._lang.spaced else names

    def is_modifier(self, text: str, name: Name) -> bool:
        """ "Alibaba-backed", "ex-Meta", "X支持的", "向X投资": the name only describes another one, or is what something is done to."""
        if name.owner:
            return True
        if not self._lang.spaced and (
            self._object_before.before(text, name.start) or text.startswith(self._object_after, name.end)
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
        doubt = self._context.certainties.words.after(text, name.end)
        return doubt is not None and doubt[1] <= one.start
