"""The user's own entities: `entities.toml` adds to the shipped table, changes it and switches parts of it off.

[entity.acme]                  # a new entity; the id is yours
name = "Acme AI"
type = "company"
country = "US"
tags = ["llm"]
aliases = ["Acme AI", "艾克米"]
ambiguous = ["Acme"]           # names that mean other things too: they need support from the text
context = ["Jane Roe", "robot"]

[entity.openai]                # a known one: what is given is changed, names are added
aliases = ["OAI"]
drop = ["Open AI"]

[entity.white-house]
off = true                     # not looked for; also for one of your own
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from racewire.config.document import Document, Problem, in_order, survey, validate
from racewire.config.suggest import did_you_mean
from racewire.entities.entity import AMBIGUOUS, TYPES, Alias, Entity
from racewire.errors import ConfigError
from racewire.text.fold import fold

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class EntityChange(BaseModel):
    """One `[entity.ID]` table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Word | None = None
    native: Word | None = None
    type: Word | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    tags: tuple[Word, ...] | None = None
    parent: Word | None = None
    successor: Word | None = None
    ticker: Word | None = None
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = None
    aliases: tuple[Word, ...] = ()
    ambiguous: tuple[Word, ...] = ()
    drop: tuple[Word, ...] = ()
    context: tuple[Word, ...] = ()
    against: tuple[Word, ...] = ()
    within: dict[str, tuple[Word, ...]] = Field(default_factory=dict)
    off: bool = False


class EntitiesFile(BaseModel):
    """A whole `entities.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entity: dict[str, EntityChange] = Field(default_factory=dict)


def load_entities(path: str | os.PathLike[str], base: Iterable[Entity]) -> list[Entity]:
    """`base` with the changes of one file. Raises ConfigError with every problem of the file."""
    document, problems = survey(path)
    return entities_of(document, problems, path, base)


def entities_of(
    document: Document | None, problems: Sequence[Problem], path: str | os.PathLike[str], base: Iterable[Entity]
) -> list[Entity]:
    """The same for a file that was read, with the problems found so far; no document: they leave open what it means."""
    known = {entity.id: entity for entity in base}
    if document is None:
        raise ConfigError(f"{path} is not valid TOML", problems)
    file, wrong = validate(EntitiesFile, document)
    problems = [*problems, *wrong]
    if file is not None:
        problems += _doubts(file, known, document)
    if file is None or problems:
        raise ConfigError(f"{path} has {len(problems)} mistake{'s' if len(problems) != 1 else ''}", in_order(problems))
    for id, change in file.entity.items():
        if change.off:
            known.pop(id, None)
        else:
            known[id] = _changed(id, known.get(id), change)
    return list(known.values())


def _changed(id: str, entity: Entity | None, change: EntityChange) -> Entity:
    entity = entity or Entity(id, change.name or id, change.type or "company")
    given = {
        name: value
        for name in ("name", "native", "type", "country", "parent", "successor", "ticker", "wikidata")
        if (value := getattr(change, name)) is not None
    }
    if change.tags is not None:
        given["tags"] = frozenset(change.tags)
    dropped = {fold(word).text for word in change.drop}
    aliases = {alias.text: alias for alias in entity.aliases if fold(alias.text).text not in dropped}
    if not entity.aliases and not change.aliases and not change.ambiguous:
        aliases[change.name or id] = Alias(change.name or id)
    for text in change.aliases:
        aliases[text] = Alias(text)
    for text in change.ambiguous:
        aliases[text] = Alias(text, trust=AMBIGUOUS)
    for text, phrases in change.within.items():
        if text in aliases:
            aliases[text] = replace(aliases[text], within=(*aliases[text].within, *phrases))
    return replace(
        entity,
        **given,
        aliases=tuple(aliases.values()),
        context=(*entity.context, *change.context),
        against=(*entity.against, *change.against),
    )


def _doubts(file: EntitiesFile, known: dict[str, Entity], document: Document) -> Iterator[Problem]:
    """What a schema cannot see: ids, types, names that do not exist."""
    ids = {*known, *file.entity}
    for id, change in file.entity.items():
        here = ("entity", id)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
            yield document.problem(here, f"'{id[:60]}' is no id: lower-case ASCII letters, digits and single hyphens", key=True)
        if change.off:
            if id not in known and change.name is None:
                yield document.problem(here, f"unknown entity '{id[:60]}'", did_you_mean(id, known), key=True)
            continue
        if id not in known and change.name is None:
            yield document.problem(
                here, f"unknown entity '{id[:60]}'", did_you_mean(id, known) or "give a new one a 'name'", key=True
            )
        if change.type is not None and change.type not in TYPES:
            yield document.problem((*here, "type"), f"unknown type '{change.type[:60]}'", did_you_mean(change.type, TYPES))
        for key in ("parent", "successor"):
            other = getattr(change, key)
            if other is not None and other not in ids:
                yield document.problem((*here, key), f"unknown entity '{other[:60]}'", did_you_mean(other, ids))
        names = {alias.text for alias in known[id].aliases} if id in known else set()
        folded = {fold(name).text for name in names}
        for number, word in enumerate(change.drop):
            if fold(word).text not in folded:
                yield document.problem((*here, "drop", number), f"'{word[:60]}' is no name of '{id}'", did_you_mean(word, names))
        for word in change.within:
            if word not in names | {*change.aliases, *change.ambiguous}:
                yield document.problem(
                    (*here, "within", word), f"'{word[:60]}' is no name of '{id}'", did_you_mean(word, names), key=True
                )
