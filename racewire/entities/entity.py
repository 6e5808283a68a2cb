"""What a tracked entity is."""

from __future__ import annotations

from dataclasses import dataclass

TYPES = (
    "company", "lab", "university", "fund", "regulator", "person", "org", "model", "chip", "product", "project", "law",
)  # fmt: skip

AMBIGUOUS = 0.4
"""The trust of an alias that a user calls ambiguous: a word of its context or of the field makes it certain."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write an entity's name.

    `trust` is how far the word alone, written as here, can be believed to mean the entity, from 0 to 1: 1 is a name that
    means nothing else, anything less is weighed against its surroundings. `within` lists longer words and phrases that contain
    the alias and mean something else. `everyday` lists languages (ISO 639-1) in which it is a common word, `only` the
    languages in which it means the entity at all (none: every language). `exact` forbids other capitals than these. `short`
    marks a part of a name that counts only where the full name stands in the same text.
    """

    text: str
    lang: str | None = None
    trust: float = 1.0
    within: tuple[str, ...] = ()
    everyday: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    exact: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A tracked company, person, fund, authority, model, chip, ….

    `id` is lower-case ASCII with hyphens and never changes. `native` is the name in the script of its home. `country` is
    ISO 3166-1 alpha-2, or EU. `parent` and `successor` are ids. `ticker` is EXCHANGE:SYMBOL. `context` lists words that speak
    for the entity where its name also means other things, `against` words that speak against it.
    """

    id: str
    name: str
    type: str
    country: str | None = None
    tags: frozenset[str] = frozenset()
    aliases: tuple[Alias, ...] = ()
    native: str | None = None
    parent: str | None = None
    successor: str | None = None
    ticker: str | None = None
    wikidata: str | None = None
    context: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
