"""The tracked names as rows for people and programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from racewire.entities.gazetteer import Gazetteer

COLUMNS = ("id", "name", "native", "type", "country", "tags", "parent", "ticker", "wikidata", "aliases")


def entity_rows(gazetteer: Gazetteer, ids: Iterable[str]) -> list[dict[str, Any]]:
    """One row an entity by id, with the columns COLUMNS; `tags` and `aliases` (every way to write it) are lists."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "native": one.native,
            "type": one.type,
            "country": one.country,
            "tags": sorted(one.tags),
            "parent": one.parent,
            "ticker": one.ticker,
            "wikidata": one.wikidata,
            "aliases": list(gazetteer.names(one.id)),
        }
        for id in sorted(ids)
        if (one := gazetteer.get(id)) is not None
    ]
