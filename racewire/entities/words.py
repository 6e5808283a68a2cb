"""The words around an ambiguous name: of its own context, of another meaning, of the field."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

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

    def around(self, reading: Reading, ids: Iterable[str]) -> Surroundings:
        """What stands in a text of the words of the field, and of those that speak for or against the entities `ids`."""
        whole, folded = reading.folded.text, reading.folded
        wanted = self.field.union(*(words.get(id, _NONE) for id in ids for words in (self.context, self.against)))
        places: dict[int, list[Place]] = {}
        for word, start, end in self._automaton.find_matches_as_indexes(whole, overlapping=True):
            if word not in wanted:
                continue
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
        self._field = self._row(words.field)
        self._known: dict[str, tuple[_Row, _Row]] = {}

    def weight(self, hit: Hit) -> float:
        """Log-odds that the words around the hit add or take."""
        id = hit.entity.id
        if id not in self._known:
            self._known[id] = (self._row(self._words.context.get(id, _NONE)), self._row(self._words.against.get(id, _NONE)))
        speaks, denies = self._known[id]
        return speaks.weight(hit, _SPEAKS) - denies.weight(hit, _DENIES) + self._field.weight(hit, _FIELD)

    def _row(self, words: frozenset[int]) -> _Row:
        present = self._places.keys() & words
        return _Row({word: self._places[word] for word in present}) if present else _NOTHING


class _Row:
    """The places of some words in the order of the text."""

    def __init__(self, places: dict[int, list[Place]]) -> None:
        self._count = {word: len(found) for word, found in places.items()}
        self._places = sorted((start, end, word) for word, found in places.items() for start, end in found)
        self._longest = max((end - start for start, end, _ in self._places), default=0)

    def weight(self, hit: Hit, weights: tuple[float, float, float, float]) -> float:
        """The weights of the different words, by how near each comes to the hit; a word inside the hit itself says nothing."""
        if not self._places:
            return 0.0
        near, far, elsewhere, most = weights
        close = self._within(hit, NEAR)
        total = _more(0.0, near, 0, len(close))
        if total >= most:
            return most
        around = self._within(hit, FAR)
        total = _more(total, far, len(close), len(around))
        return min(most, _more(total, elsewhere, len(around), len(self._count) - len(self._only_inside(hit) - around)))

    def _within(self, hit: Hit, reach: int) -> set[int]:
        """The words that stand beside the hit with at most `reach` characters between."""
        found = set()
        for start, end, word in self._from(hit.start - reach):
            if start > hit.end + reach:
                break
            if start >= hit.end or hit.start - reach <= end <= hit.start:
                found.add(word)
        return found

    def _only_inside(self, hit: Hit) -> set[int]:
        """The words that stand nowhere but over the hit."""
        over: dict[int, int] = {}
        for start, end, word in self._from(hit.start):
            if start >= hit.end:
                break
            if end > hit.start:
                over[word] = over.get(word, 0) + 1
        return {word for word, count in over.items() if count == self._count[word]}

    def _from(self, place: int) -> Iterator[tuple[int, int, int]]:
        """The places that may reach to `place`, and all behind it."""
        for k in range(bisect_left(self._places, (place - self._longest,)), len(self._places)):
            yield self._places[k]


def _more(total: float, value: float, before: int, after: int) -> float:
    """`total` with what the words from number `before` on to number `after` add, each of them less."""
    for k in range(before, after):
        total += value / (k + 1)
    return total


_NOTHING = _Row({})
