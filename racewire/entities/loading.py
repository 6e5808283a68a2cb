"""The entities that come with racewire, from `data/entities.json`."""

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
    everyday: list[str]
    only: list[str]
    exact: bool
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
    """Every entity of the shipped table, in its order."""
    rows: list[EntityRow] = json.loads(files(__package__).joinpath("data/entities.json").read_text(encoding="utf-8"))["entities"]
    return [entity_from_row(row) for row in rows]


def entity_from_row(row: EntityRow) -> Entity:
    """An entity from its row; the row is trusted to be well formed."""
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
    """An alias from its row; the row is trusted to be well formed."""
    return Alias(
        text=row["text"],
        lang=row.get("lang"),
        trust=row.get("trust", 1.0),
        within=tuple(row.get("within", ())),
        everyday=frozenset(row.get("everyday", ())),
        only=frozenset(row.get("only", ())),
        exact=row.get("exact", False),
        short=row.get("short", False),
    )
