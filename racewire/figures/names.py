"""Names in running text, tracked or not: who could stand behind a sum.

A tracked name comes as a Mention. An untracked one is read off its capitals (scripts that have them); in scripts
without capitals a clause's first words up to its verb are taken, if they are short enough to be a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from racewire.model import Mention


@lru_cache(maxsize=1)
def _name() -> re.Pattern[str]:
    """Capitalised words in a row, small words between them allowed. Compiled on first use: importing stays cheap."""
    capitals = "A-Z" + "".join(
        c for c in map(chr, [*range(0xC0, 0x250), *range(0x386, 0x530), *range(0x1E00, 0x1F00)]) if c.isupper()
    )
    word = rf"(?:[{capitals}][A-Za-z0-9À-ɏḀ-ỿЀ-ӿ_.&+’'-]*|[a-z]\d\d?[a-z]\b|x[A-Z]\w+)"
    between = r"(?: |\u00a0)(?:(?:of|de|del|du|von|van|der|and|&|the)\s)?"
    return re.compile(rf"(?<![A-Za-z0-9À-ɏḀ-ỿЀ-ӿ]){word}(?:{between}(?:{word}|\d{{1,2}}\b))*")


_MODIFIER = re.compile(r".+-[a-z]+")  # Alibaba-backed, Helsinki-based
_TAIL = re.compile(r"(?:['’]s?|[.&+'’-]+)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; `entity` where it is tracked. `owner` says that it stands in the possessive."""

    start: int
    end: int
    text: str
    entity: str | None = None
    owner: bool = False


def names_in(text: str, start: int, end: int, mentions: Sequence[Mention], stop: frozenset[str]) -> list[Name]:
    """The names in `text[start:end]`, in order. `stop`: words in small letters that are no part of a name."""
    found = [_tracked(text, m) for m in _within(mentions, start, end)]
    covered = [(n.start, n.end) for n in found]
    for match in _name().finditer(text, start, end):
        for a, b in _parts(text, match.start(), match.end(), stop):
            if not any(a < y and x < b for x, y in covered):
                found.append(_untracked(text, a, b))
    found.sort(key=lambda n: n.start)
    return found


def _within(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    lo = bisect_left(mentions, start, key=lambda m: m.start)
    out = []
    for mention in mentions[lo:]:
        if mention.start >= end:
            break
        if mention.end <= end:
            out.append(mention)
    return out


def _tracked(text: str, mention: Mention) -> Name:
    behind = text[mention.end : mention.end + 2]
    return Name(mention.start, mention.end, mention.surface, mention.entity, behind in ("'s", "’s"))


def _untracked(text: str, start: int, end: int) -> Name:
    surface = text[start:end]
    tail = _TAIL.search(surface)
    if tail:
        return Name(start, start + tail.start(), surface[: tail.start()], None, "s" in tail.group())
    return Name(start, end, surface, None, text[end : end + 2] in ("'s", "’s"))


def _parts(text: str, start: int, end: int, stop: frozenset[str]) -> list[tuple[int, int]]:
    """Splits a run of capitalised words at those that are ordinary words in a headline ("Guangxiang Technology Raises Over")."""
    if " " not in text[start:end] and "\u00a0" not in text[start:end]:
        return [] if text[start:end].lower().strip(".'’") in stop else [(start, end)]
    out: list[tuple[int, int]] = []
    begin: int | None = None
    last = start
    for word in re.finditer(r"\S+", text[start:end]):
        a, b = start + word.start(), start + word.end()
        if word.group().lower().strip(".'’") in stop or _MODIFIER.fullmatch(word.group()):
            if begin is not None:
                out.append((begin, last))
            begin = None
        elif begin is None and not (word.group()[0].islower() and len(word.group()) > 3):
            begin = a
        last = b
    if begin is not None:
        out.append((begin, last))
    return [(a, b) for a, b in out if text[a:b].strip(".'’& ")]
