"""From a text to the places where aliases stand: automaton, boundaries, capitals, exclusions, longest first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import ahocorasick_rs

from racewire.entities.boundaries import ends_word, may_inflect, starts_word
from racewire.entities.casing import Case, case_of
from racewire.entities.entity import Alias, Entity
from racewire.entities.hit import Hit
from racewire.entities.reading import Reading
from racewire.text.fold import folded_text

Owner = tuple[Entity, Alias]
Within = tuple[tuple[int, int, frozenset[str]], ...]  # characters before the alias, length of the phrase, the phrases

_VERSION = re.compile(r"\d{1,2}(?:\.\d+)?(?![^\W_])")


class Matcher:
    """The aliases of a set of entities, in one automaton over folded text."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        owners: dict[str, list[Owner]] = defaultdict(list)
        for entity in entities:
            for alias in entity.aliases:
                pattern = folded_text(alias.text)
                if pattern:
                    owners[pattern].append((entity, alias))
        self.patterns = {pattern: i for i, pattern in enumerate(owners)}
        self.owners = list(owners.values())
        self._inflects = [
            len(pattern) >= 4 and any(alias.trust >= 0.7 for _, alias in found) for pattern, found in owners.items()
        ]
        self._within = [
            _exclusions(pattern, found) if any(alias.within for _, alias in found) else () for pattern, found in owners.items()
        ]
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(owners), matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def hits(self, reading: Reading) -> tuple[list[tuple[Hit, ...]], frozenset[str]]:
        """The places, in order, no two overlapping; more than one hit where a word belongs to several entities.

        Second: the aliases that stand in a longer word or phrase of another meaning somewhere in the text.
        """
        whole = reading.folded.text
        found: list[tuple[int, int, int]] = []
        denied: set[int] = set()
        for pattern, start, end in self._automaton.find_matches_as_indexes(whole, overlapping=True):
            if not starts_word(whole, start) or not self._ends(reading, start, end, pattern):
                continue
            if self._within[pattern] and _excluded(whole, start, self._within[pattern]):
                denied.add(pattern)
            else:
                found.append((start, end, pattern))
        found.sort(key=lambda place: (place[0] - place[1], place[0]))
        taken: list[tuple[Hit, ...]] = []
        covered = bytearray(len(whole))
        for start, end, pattern in found:
            if covered.find(1, start, end) < 0 and (hits := self._read(reading, start, end, pattern)):
                taken.append(hits)
                covered[start:end] = b"\1" * (end - start)
        taken.sort(key=lambda hits: hits[0].start)
        return taken, frozenset(alias.text for pattern in denied for _, alias in self.owners[pattern])

    def _read(self, reading: Reading, start: int, end: int, pattern: int) -> tuple[Hit, ...]:
        folded = reading.folded
        if not (folded.aligned(start) and folded.aligned(end)):
            return ()
        at, to = folded.start(start), folded.end(end)
        if reading.in_address(at, to):
            return ()
        surface = reading.text[at:to]
        hits = []
        shouted: bool | None = None
        for entity, alias in self.owners[pattern]:
            if alias.only and reading.lang not in alias.only:
                continue
            if alias.trust < 1 or surface != alias.text:
                if shouted is None:
                    shouted = reading.shouted(at, to)
                if case_of(surface, alias, shouted=shouted, quiet=reading.quiet) is Case.WRONG:
                    continue
            hits.append(Hit(entity, alias, start, end, at, to, shouted=bool(shouted)))
        return tuple(hits)

    def _ends(self, reading: Reading, start: int, end: int, pattern: int) -> bool:
        """Whether a name may end here; some kinds take more: the version of a model, the plural of a chip."""
        whole = reading.folded.text
        if ends_word(whole, end):
            return True
        kinds = {entity.type for entity, _ in self.owners[pattern]}
        if "model" in kinds and not whole[end - 1].isdigit() and _VERSION.match(whole, end):
            return True
        if "chip" in kinds and whole[end] == "s" and ends_word(whole, end + 1):
            return True
        if not self._inflects[pattern] or not may_inflect(whole, end):
            return False
        folded = reading.folded
        surface = reading.text[folded.start(start) : folded.end(end)]
        return any(surface == alias.text for _, alias in self.owners[pattern]) and ends_word(whole, end, reading.lang)


def _exclusions(pattern: str, owners: list[Owner]) -> Within:
    groups: dict[tuple[int, int], set[str]] = defaultdict(set)
    for phrase in {folded_text(phrase) for _, alias in owners for phrase in alias.within}:
        for place in range(len(phrase) - len(pattern) + 1):
            if phrase.startswith(pattern, place):
                groups[place, len(phrase)].add(phrase)
    return tuple((place, length, frozenset(phrases)) for (place, length), phrases in groups.items())


def _excluded(whole: str, start: int, within: Within) -> bool:
    for place, length, phrases in within:
        begin = start - place
        if begin >= 0 and whole[begin : begin + length] in phrases and _stands(whole, begin, begin + length):
            return True
    return False


def _stands(whole: str, start: int, end: int) -> bool:
    """Whether a phrase is no part of longer words, but for an English plural."""
    return starts_word(whole, start) and (ends_word(whole, end) or (whole[end] == "s" and ends_word(whole, end + 1)))
