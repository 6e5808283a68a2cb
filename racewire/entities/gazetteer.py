"""The tracked entities, ready to be found."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from racewire.entities.entity import Entity
from racewire.entities.loading import shipped_entities
from racewire.entities.matcher import Matcher
from racewire.entities.meaning import CERTAIN, weigh
from racewire.entities.reading import Reading
from racewire.entities.shortforms import with_short_forms
from racewire.entities.words import Words
from racewire.model import Mention
from racewire.text.fold import folded_text


class Gazetteer:
    """A fixed set of entities. Immutable, so that one is shared by everything that reads texts."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._matcher = Matcher(with_short_forms(entity) for entity in self._entities.values())
        self._words = Words(self._entities.values())

    @classmethod
    def shipped(cls) -> Gazetteer:
        """The entities that come with racewire; built once."""
        return _shipped()

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Gazetteer:
        """The shipped entities with the user's changes from an `entities.toml`.

        Raises ConfigError with every problem of the file.
        """
        from racewire.entities.overrides import load_entities  # brings pydantic, which reading a text does not need

        return cls(load_entities(path, shipped_entities()))

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def __len__(self) -> int:
        return len(self._entities)

    def __contains__(self, id: object) -> bool:
        return id in self._entities

    def get(self, id: str) -> Entity | None:
        """The entity with this id, None where there is none."""
        return self._entities.get(id)

    def names(self, id: str) -> tuple[str, ...]:
        """Every way to write the name of entity `id`, its usual name first; nothing for an unknown id."""
        entity = self._entities.get(id)
        return tuple(dict.fromkeys([entity.name, *(alias.text for alias in entity.aliases)])) if entity else ()

    def select(self, country: str | None = None, type: str | None = None, tag: str | None = None) -> frozenset[str]:
        """Ids of the entities that have every property given. `tag` takes the name of a type as well."""
        return frozenset(
            entity.id
            for entity in self
            if (country is None or (entity.country or "").casefold() == country.casefold())
            and (type is None or entity.type == type)
            and (tag is None or tag in entity.tags or tag == entity.type)
        )

    def resolve(self, word: str) -> str | None:
        """The id that `word` stands for, an id or any name in any spelling; None where it is unknown or means several."""
        if word in self._entities:
            return word
        folded = folded_text(word.strip())
        if folded in self._entities:
            return folded
        number = self._matcher.patterns.get(folded)
        ids = {entity.id for entity, _ in self._matcher.owners[number]} if number is not None else set()
        ids = ids or self._by_name.get(folded, set())
        return next(iter(ids)) if len(ids) == 1 else None

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        ids: dict[str, set[str]] = {}
        for entity in self:
            ids.setdefault(folded_text(entity.name), set()).add(entity.id)
        return ids

    def find(self, text: str, lang: str | None = None) -> list[Mention]:
        """Every mention, certain or not, in order; no two overlap. Where a word may mean two entities the likelier one is given.

        `lang`: ISO 639-1 of the text, None where it is not known. Never raises; linear in the length of the text.
        """
        reading = Reading(text, lang)
        places, denied = self._matcher.hits(reading)
        if not places:
            return []
        weigh([hit for place in places for hit in place], reading, self._words, denied)
        named = {hit.entity.id for place in places for hit in place if not hit.alias.short and hit.score >= CERTAIN}
        mentions = []
        for place in places:
            hit = max(place, key=lambda hit: (not hit.alias.short or hit.entity.id in named, hit.score))
            if hit.alias.short and hit.entity.id not in named:
                continue
            mentions.append(
                Mention(hit.entity.id, hit.at, hit.to, text[hit.at : hit.to], hit.score >= CERTAIN, round(hit.score, 3))
            )
        return mentions


@lru_cache(maxsize=1)
def _shipped() -> Gazetteer:
    return Gazetteer(shipped_entities())


def find_mentions(text: str, lang: str | None = None, *, entities: Gazetteer | None = None) -> list[Mention]:
    """The tracked entities that `text` surely names, in order of place; spans never overlap.

    `lang` is the ISO 639-1 code of the text, None where it is not known. `entities` is the gazetteer to look in, that which
    comes with racewire where none is given.
    """
    gazetteer = Gazetteer.shipped() if entities is None else entities
    return [mention for mention in gazetteer.find(text, lang) if mention.certain]
