"""From a text to the places where aliases stand: automaton, boundaries, capitals, exclusions, longest first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import ahocorasick_rs

from racewire.entities.boundaries import ends_word, starts_word
from racewire.entities.casing import Case, case_of
from racewire.entities.entity import Alias, Entity
from racewire.entities.meaning import Hit
from racewire.text.fold import Folded, fold

Owner = tuple[Entity, Alias]
Within = tuple[tuple[str, int], ...]

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_VERSION = re.compile(r"[- .]?v?\d")


class Matcher:
    """The aliases of a set of entities, in one automaton over folded text."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        owners: dict[str, list[Owner]] = defaultdict(list)
        for entity in entities:
            for alias in entity.aliases:
                pattern = fold(alias.text).text
                if pattern:
                    owners[pattern].append((entity, alias))
        self.patterns = {pattern: i for i, pattern in enumerate(owners)}
        self.owners = list(owners.values())
        self._within = [_exclusions(pattern, found) for pattern, found in owners.items()]
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(owners), matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def hits(self, text: str, folded: Folded, lang: str | None) -> list[tuple[Hit, ...]]:
        """The places, in order, no two overlapping; more than one hit where a word belongs to several entities."""
        whole = folded.text
        found: list[tuple[int, int, int]] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(whole, overlapping=True):
            if not starts_word(whole, start):
                continue
            if not ends_word(whole, end, lang) and not self._inflected(whole, end, pattern):
                continue
            if self._within[pattern] and _excluded(whole, start, self._within[pattern]):
                continue
            found.append((start, end, pattern))
        if not found:
            return []
        found.sort(key=lambda place: (place[0] - place[1], place[0]))
        lines = _Lines(text)
        taken: list[tuple[Hit, ...]] = []
        spans: list[tuple[int, int]] = []
        for start, end, pattern in found:
            if any(start < b and a < end for a, b in spans):
                continue
            hits = self._read(text, folded, start, end, pattern, lines, lang)
            if hits:
                taken.append(hits)
                spans.append((start, end))
        taken.sort(key=lambda hits: hits[0].start)
        return taken

    def _read(
        self, text: str, folded: Folded, start: int, end: int, pattern: int, lines: _Lines, lang: str | None
    ) -> tuple[Hit, ...]:
        if not (folded.aligned(start) and folded.aligned(end)):
            return ()
        at, to = folded.start(start), folded.end(end)
        if lines.in_address(at, to):
            return ()
        surface, shouted = text[at:to], None
        hits = []
        for entity, alias in self.owners[pattern]:
            if alias.only and lang not in alias.only:
                continue
            if surface == alias.text and alias.trust == 1:
                hits.append(Hit(entity, alias, start, end, at, to))
                continue
            if shouted is None:
                shouted = lines.shouted(at, to)
            if case_of(surface, alias, shouted=shouted, quiet=lines.quiet) is not Case.WRONG:
                hits.append(Hit(entity, alias, start, end, at, to, shouted=shouted))
        return tuple(hits)

    def _inflected(self, whole: str, end: int, pattern: int) -> bool:
        """Endings that only some kinds of name take: the version of a model, the plural of a chip."""
        kinds = {entity.type for entity, _ in self.owners[pattern]}
        after = whole[end : end + 8]
        if "model" in kinds and re.match(r"\d{1,2}(?:\.\d+)?(?![^\W_])", after) and not whole[end - 1].isdigit():
            return True
        return "chip" in kinds and after[0] == "s" and ends_word(whole, end + 1)


class _Lines:
    """What is asked of the original text around a hit, computed when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._addresses: list[tuple[int, int]] | None = None
        self.quiet = text == text.lower()

    def in_address(self, at: int, to: int) -> bool:
        if self._addresses is None:
            quick = "://" in self._text or "www." in self._text or "@" in self._text
            self._addresses = [match.span() for match in _ADDRESS.finditer(self._text)] if quick else []
        return any(a <= at and to <= b for a, b in self._addresses)

    def shouted(self, at: int, to: int) -> bool:
        """Whether the line has capitals beyond the hit and hardly a small letter."""
        left = self._text.rfind("\n", 0, at) + 1
        right = self._text.find("\n", to)
        line = self._text[left : len(self._text) if right < 0 else right]
        rest = self._text[left:at] + self._text[to : left + len(line)]
        upper = sum(c.isupper() for c in rest)
        lower = sum(c.islower() for c in rest)
        return lower <= upper // 12 and upper >= 8


def _exclusions(pattern: str, owners: list[Owner]) -> Within:
    phrases = {fold(phrase).text for _, alias in owners for phrase in alias.within}
    return tuple((phrase, place) for phrase in sorted(phrases) for place in _all(phrase, pattern))


def _all(phrase: str, pattern: str) -> list[int]:
    return [i for i in range(len(phrase) - len(pattern) + 1) if phrase.startswith(pattern, i)]


def _excluded(whole: str, start: int, within: Within) -> bool:
    return any(start >= place and whole.startswith(phrase, start - place) for phrase, place in within)
