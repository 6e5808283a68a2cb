"""What changed when the text at a known address is another one: how much, which pieces, and silent corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from racewire.stories.shingles import containment, resemblance, triples
from racewire.text.tokens import tokens

TRIVIAL = 0.97  # resemblance from which a change is only a matter of spelling or furniture
REWRITTEN = 0.35  # containment below which it is another text
PIECE = re.compile(r"[^\s\u3005-\u3007\u3041-\u30ff\u3400-\u9fff]+\s*|\S|\s+")
DIGITS = re.compile(r"\d+")
LONGEST = 6000  # pieces compared word by word; beyond that, paragraph by paragraph
LONG_CHANGE = 80  # characters; a longer one is a new passage, not a correction


@dataclass(frozen=True, slots=True)
class Change:
    """One replaced piece; `old_start` and `new_start` are offsets into the two texts."""

    before: str
    after: str
    old_start: int
    new_start: int


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of a text: trivial, updated or rewritten, and its pieces in order."""

    kind: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A sum or a tracked name in a text; `value` is equal for equal facts."""

    start: int
    end: int
    surface: str
    value: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """One number or name that took the place of another one."""

    before: str
    after: str


def compare(old: str, new: str) -> Revision:
    """What became of a text."""
    a, b = triples(tokens(old)), triples(tokens(new))
    changes = tuple(changed_pieces(old, new))
    if a and b and containment(a, b) < REWRITTEN:
        return Revision("rewritten", changes)
    numbers = any(DIGITS.findall(change.before) != DIGITS.findall(change.after) for change in changes)
    return Revision("trivial" if resemblance(a, b) >= TRIVIAL and not numbers else "updated", changes)


def changed_pieces(old: str, new: str) -> list[Change]:
    """The pieces in which two texts differ, in order."""
    old_pieces, new_pieces = PIECE.findall(old), PIECE.findall(new)
    if len(old_pieces) > LONGEST or len(new_pieces) > LONGEST:
        old_pieces, new_pieces = old.splitlines(keepends=True), new.splitlines(keepends=True)
    old_at, new_at = _offsets(old_pieces), _offsets(new_pieces)
    # its popularity rule stays on: it is what keeps a text of one repeated word from costing a cube of its length
    matcher = SequenceMatcher(None, old_pieces, new_pieces)
    return [
        Change(old[old_at[i1] : old_at[i2]], new[new_at[j1] : new_at[j2]], old_at[i1], new_at[j1])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _offsets(pieces: Sequence[str]) -> list[int]:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets


def corrections(changes: Sequence[Change], old_facts: Sequence[Fact], new_facts: Sequence[Fact]) -> list[Correction]:
    """The changes that put one number or tracked name in the place of another: what a paper corrects without saying so.

    Passages that came or went are no corrections, nor are sums that are written anew and stay the same.
    """
    found: dict[Correction, None] = {}
    for change in changes:
        if not change.before.strip() or not change.after.strip() or max(len(change.before), len(change.after)) > LONG_CHANGE:
            continue
        old_touched = _touched(old_facts, change.old_start, change.old_start + len(change.before.rstrip()))
        new_touched = _touched(new_facts, change.new_start, change.new_start + len(change.after.rstrip()))
        if old_touched and new_touched:
            found.update(
                (Correction(a.surface, b.surface), None)
                for a, b in zip(old_touched, new_touched, strict=False)
                if a.value != b.value
            )
        elif not old_touched and not new_touched and _other_number(change):
            found[Correction(change.before.strip(), change.after.strip())] = None
    return list(found)


def _touched(facts: Sequence[Fact], start: int, end: int) -> list[Fact]:
    return [fact for fact in facts if fact.start < end and start < fact.end]


def _other_number(change: Change) -> bool:
    before, after = DIGITS.findall(change.before), DIGITS.findall(change.after)
    return bool(before) and bool(after) and before != after
