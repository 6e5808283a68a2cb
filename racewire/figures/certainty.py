"""How certain a sum is: stated, reported, planned or denied."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from racewire.figures.cues import COMMA, Cue, Meaning, Reading, clause, cue_words, step
from racewire.figures.language import Language
from racewire.figures.lexicon import Lexicon
from racewire.figures.sums import Sum
from racewire.model import Certainty


class Certainties:
    """Reads hearsay, plans and denials in one language."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang
        self._step = step(lang)

    @cached_property
    def words(self) -> Lexicon[tuple[Meaning, ...]]:
        """The cues of certainty."""
        return cue_words(self._lang, "certainty")

    def certainty(
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
        """How certain `sums[i]` is, by the cues `doubts` of its sentence; `before` are the readings of the sums before it."""
        one = sums[i]
        lo, hi = clause(text, start, end, one)
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
        if len(gap) > 4.5 * self._step or len(COMMA.findall(gap)) > 0:
            return False
        return not any(other.start >= cue.end and other.end <= one.start for other in sums[:i])
