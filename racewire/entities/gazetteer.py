"""The tracked entities, ready to be found."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

import ahocorasick_rs

from racewire.entities.boundaries import is_word
from racewire.entities.entity import Alias, Entity
from racewire.entities.loading import shipped_entities
from racewire.model import Mention
from racewire.text.fold import fold


class Gazetteer:
    """A fixed set of entities. Immutable, so that one is shared by everything that reads texts."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = {entity.id: entity for entity in entities}
        owners: dict[str, list[tuple[Entity, Alias]]] = defaultdict(list)
        for entity in self._entities.values():
            for alias in entity.aliases:
                owners[fold(alias.text).text].append((entity, alias))
        self._owners = list(owners.values())
        self._patterns = list(owners)
        self._index = {pattern: i for i, pattern in enumerate(self._patterns)}
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._patterns, matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    @classmethod
    def shipped(cls) -> Gazetteer:
        """The entities that come with racewire; built once."""
        return _shipped()

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def __len__(self) -> int:
        return len(self._entities)

    def __contains__(self, id: object) -> bool:
        return id in self._entities

    def get(self, id: str) -> Entity | None:
        return self._entities.get(id)

    def names(self, id: str) -> tuple[str, ...]:
        """Every way to write the name of entity `id`, its usual name first; nothing for an unknown id."""
        entity = self._entities.get(id)
        return tuple(dict.fromkeys([entity.name, *(alias.text for alias in entity.aliases)])) if entity else ()

    def select(self, country: str | None = None, type: str | None = None, tag: str | None = None) -> frozenset[str]:
        """Ids of the entities that have every property given."""
        return frozenset(
            entity.id
            for entity in self
            if (country is None or entity.country == country.upper())
            and (type is None or entity.type == type)
            and (tag is None or tag in entity.tags)
        )

    def resolve(self, word: str) -> str | None:
        """The id that `word`, an id or any alias in any spelling, stands for; None where it is unknown or means several."""
        if word in self._entities:
            return word
        folded = fold(word).text
        if folded in self._entities:
            return folded
        found = self._index.get(folded)
        ids = {entity.id for entity, _ in self._owners[found]} if found is not None else set()
        ids = ids or {entity.id for entity in self if fold(entity.name).text == folded}
        return ids.pop() if len(ids) == 1 else None

    def find(self, text: str, lang: str | None = None) -> list[Mention]:
        """Every mention, certain or not, in order; no two overlap. Where one word may mean two entities the likelier is given."""
        folded = fold(text)
        spans = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            if is_word(folded.text, start, end) and folded.aligned(start) and folded.aligned(end):
                a, b = folded.start(start), folded.end(end)
                owners = [(e, alias) for e, alias in self._owners[pattern] if _same_case(text[a:b], alias.text, text)]
                if owners:
                    spans.append((a, b, owners))
        spans.sort(key=lambda span: (span[0] - span[1], span[0]))
        taken: list[tuple[int, int, list[tuple[Entity, Alias]]]] = []
        for span in spans:
            if all(span[1] <= other[0] or span[0] >= other[1] for other in taken):
                taken.append(span)
        taken.sort(key=lambda span: span[0])
        others = {owners[0][0].id for _, _, owners in taken}
        mentions = []
        for a, b, owners in taken:
            entity, alias = max(owners, key=lambda owner: sum(word in text for word in owner[0].context))
            certain = alias.trust == 1 or any(word in text for word in entity.context) or len(others) > 1 or _business(text)
            mentions.append(Mention(entity.id, a, b, text[a:b], certain, 1.0 if alias.trust == 1 else 0.6 if certain else 0.4))
        return mentions


_BUSINESS = re.compile(r"\bAI\b|raise|fund|chip|startup|invest|Series [A-F]|GPU|\$|融资|投资|人工智能|芯片|美元")


def _business(text: str) -> bool:
    return bool(_BUSINESS.search(text))


def _same_case(surface: str, alias: str, text: str) -> bool:
    surface = unicodedata.normalize("NFKC", surface)
    return (
        surface == alias
        or surface == alias.upper()
        or (len(alias) > 3 and surface[:1] == alias[:1] and surface.lower() == alias.lower() and not surface.islower())
    )


@lru_cache(maxsize=1)
def _shipped() -> Gazetteer:
    return Gazetteer(shipped_entities())


def find_mentions(text: str, lang: str | None = None, *, entities: Gazetteer | None = None) -> list[Mention]:
    """The tracked entities that `text` surely names, in order of place; spans never overlap.

    `lang` is the ISO 639-1 code of the text, None where it is not known. `entities` is the gazetteer to look in, that which
    comes with racewire where none is given.
    """
    return [mention for mention in (entities or Gazetteer.shipped()).find(text, lang) if mention.certain]
