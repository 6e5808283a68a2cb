"""The words around an ambiguous name: of its own context, of another meaning, of the field."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable

import ahocorasick_rs

from racewire.entities.boundaries import ends_word, script, starts_word
from racewire.entities.cues import cues
from racewire.entities.entity import Entity
from racewire.entities.hit import Hit
from racewire.entities.reading import Reading
from racewire.text.fold import folded_text

NEAR, FAR = 90, 300  # characters

# Log-odds of one word near, at some distance, elsewhere in the text; each further word counts less, all together at most the last.
_SPEAKS = (2.5, 1.6, 0.8, 4.0)
_DENIES = (2.5, 1.8, 1.0, 4.0)
_FIELD = (0.8, 0.5, 0.3, 1.2)

Place = tuple[int, int]
_NONE: frozenset[int] = frozenset()


class Words:
    """The context words of a set of entities, in one automaton over folded text."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._numbers: dict[str, int] = {}
        self._written: list[str | None] = []
        self.field = self._all(cues("topic"))
        self.context: dict[str, frozenset[int]] = {}
        self.against: dict[str, frozenset[int]] = {}
        for entity in entities:
            if entity.context:
                self.context[entity.id] = self._all(entity.context)
            if entity.against:
                self.against[entity.id] = self._all(entity.against)
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(self._numbers), matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def _all(self, words: Iterable[str]) -> frozenset[int]:
        found = set()
        for word in words:
            folded = folded_text(word)
            if folded not in self._numbers:
                self._numbers[folded] = len(self._numbers)
                # "US" and "IA" must not be found in "us" and "ia"
                self._written.append(word if len(word) <= 4 and word.isupper() and word.isascii() else None)
            found.add(self._numbers[folded])
        return frozenset(found)

    def around(self, reading: Reading) -> Surroundings:
        """What of these words stands in a text."""
        whole, folded = reading.folded.text, reading.folded
        places: dict[int, list[Place]] = {}
        for word, start, end in self._automaton.find_matches_as_indexes(whole, overlapping=True):
            if script(whole[start]) != "hangul":  # Korean writes compounds as one word
                if not starts_word(whole, start):
                    continue
                if not ends_word(whole, end) and not (whole[end] == "s" and ends_word(whole, end + 1)):
                    continue
            written = self._written[word]
            if written is None or reading.text[folded.start(start) : folded.end(end)] == written:
                places.setdefault(word, []).append((start, end))
        return Surroundings(self, places)


class Surroundings:
    """Where the words stand in one text."""

    def __init__(self, words: Words, places: dict[int, list[Place]]) -> None:
        self._words = words
        self._places = places
        self._field = places.keys() & words.field
        self._known: dict[str, tuple[Collection[int], Collection[int]]] = {}

    def weight(self, hit: Hit) -> float:
        """Log-odds that the words around the hit add or take."""
        id = hit.entity.id
        if id not in self._known:
            present = self._places.keys()
            self._known[id] = (present & self._words.context.get(id, _NONE), present & self._words.against.get(id, _NONE))
        speaks, denies = self._known[id]
        return self._sum(hit, speaks, _SPEAKS) - self._sum(hit, denies, _DENIES) + self._sum(hit, self._field, _FIELD)

    def _sum(self, hit: Hit, present: Collection[int], weights: tuple[float, float, float, float]) -> float:
        near, far, elsewhere, most = weights
        values = []
        for word in present:
            gap = _gap(hit, self._places[word])
            if gap is not None:
                values.append(near if gap <= NEAR else far if gap <= FAR else elsewhere)
                if values.count(near) == 3:  # no more can be reached
                    return most
        values.sort(reverse=True)
        return min(most, sum(value / (k + 1) for k, value in enumerate(values)))


def _gap(hit: Hit, places: list[Place]) -> int | None:
    """Characters to the nearest place that does not overlap the hit; a word inside the hit itself says nothing."""
    k = bisect_left(places, (hit.start, hit.start))
    best = None
    for start, end in places[max(0, k - 2) : k + 3]:
        gap = start - hit.end if start >= hit.end else hit.start - end
        if gap >= 0 and (best is None or gap < best):
            best = gap
    return best
