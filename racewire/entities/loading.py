"""Entities from the product's own table."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TypedDict

from racewire.entities.entity import Alias, Entity


class AliasRow(TypedDict, total=False):
    text: str
    lang: str
    trust: float
    within: list[str]
    short: bool


class EntityRow(TypedDict, total=False):
    id: str
    name: str
    type: str
    country: str
    tags: list[str]
    aliases: list[AliasRow]
    native: str
    parent: str
    successor: str
    ticker: str
    wikidata: str
    context: list[str]
    against: list[str]


def shipped_entities() -> list[Entity]:
    """The entities that come with racewire."""
    rows: list[EntityRow] = json.loads(files(__package__).joinpath("data/entities.json").read_text(encoding="utf-8"))["entities"]
    return [entity_from_row(row) for row in rows]


def entity_from_row(row: EntityRow) -> Entity:
    return Entity(
        id=row["id"],
        name=row["name"],
        type=row["type"],
        country=row.get("country"),
        tags=frozenset(row.get("tags", ())),
        aliases=tuple(alias_from_row(alias) for alias in row["aliases"]),
        native=row.get("native"),
        parent=row.get("parent"),
        successor=row.get("successor"),
        ticker=row.get("ticker"),
        wikidata=row.get("wikidata"),
        context=tuple(row.get("context", ())),
        against=tuple(row.get("against", ())),
    )


def alias_from_row(row: AliasRow) -> Alias:
    return Alias(row["text"], row.get("lang"), row.get("trust", 1.0), tuple(row.get("within", ())), row.get("short", False))
