"""The words around an ambiguous name: of its own context, of another meaning, of the field."""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick_rs

from racewire.entities.boundaries import ends_word, script, starts_word
from racewire.entities.cues import cues
from racewire.entities.entity import Entity
from racewire.entities.hit import Hit
from racewire.entities.reading import Reading
from racewire.text.fold import fold

NEAR, FAR = 90, 300  # characters
_MOST = 4.0

Places = dict[int, list[tuple[int, int]]]


class Words:
    """The context words of a set of entities, in one automaton over folded text."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._numbers: dict[str, int] = {}
        self._written: list[str | None] = []
        self._topic = self._all(cues("topic"))
        self._context: dict[str, frozenset[int]] = {}
        self._against: dict[str, frozenset[int]] = {}
        for entity in entities:
            if entity.context:
                self._context[entity.id] = self._all(entity.context)
            if entity.against:
                self._against[entity.id] = self._all(entity.against)
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(self._numbers), matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def _all(self, words: Iterable[str]) -> frozenset[int]:
        found = set()
        for word in words:
            folded = fold(word).text
            if folded not in self._numbers:
                self._numbers[folded] = len(self._numbers)
                # "US" and "IA" must not be found in "us" and "ia"
                self._written.append(word if len(word) <= 4 and word.isupper() and word.isascii() else None)
            found.add(self._numbers[folded])
        return frozenset(found)

    def places(self, reading: Reading) -> Places:
        """Where each word stands in the folded text."""
        whole, folded = reading.folded.text, reading.folded
        found: Places = {}
        for word, start, end in self._automaton.find_matches_as_indexes(whole, overlapping=True):
            if script(whole[start]) != "hangul":  # Korean writes compounds as one word
                if not starts_word(whole, start):
                    continue
                if not ends_word(whole, end) and not (whole[end] == "s" and ends_word(whole, end + 1)):
                    continue
            written = self._written[word]
            if written is None or reading.text[folded.start(start) : folded.end(end)] == written:
                found.setdefault(word, []).append((start, end))
        return found

    def weight(self, hit: Hit, places: Places) -> float:
        """Log-odds that the words around the hit add or take; the nearer the more, each further word less."""
        speaks = _sum(hit, places, self._context.get(hit.entity.id), (2.5, 1.6, 0.8), _MOST)
        denies = _sum(hit, places, self._against.get(hit.entity.id), (2.5, 1.8, 1.0), _MOST)
        field = _sum(hit, places, self._topic, (0.8, 0.5, 0.3), 1.2)
        return speaks - denies + field


def _sum(hit: Hit, places: Places, wanted: frozenset[int] | None, weights: tuple[float, float, float], most: float) -> float:
    values = []
    for word in places.keys() & wanted if wanted else ():
        # a word inside the hit itself says nothing
        gaps = [max(start - hit.end, hit.start - end) for start, end in places[word] if end <= hit.start or start >= hit.end]
        if gaps:
            gap = min(gaps)
            values.append(weights[0] if gap <= NEAR else weights[1] if gap <= FAR else weights[2])
    values.sort(reverse=True)
    return min(most, sum(value / (k + 1) for k, value in enumerate(values)))
