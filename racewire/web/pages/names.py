"""The tracked names, and which of them are rising."""

from __future__ import annotations

from racewire.entities.entity import TYPES
from racewire.entities.listing import COLUMNS, entity_rows
from racewire.web.look import Look, Page, chips
from racewire.web.pages.listed import name_of
from racewire.web.tables import Table, command

RISING = 12
COUNTRIES = 10


def names(look: Look) -> Page:
    """`/names`: takes `type`, `country` and `tag`."""
    look.asked.only("type", "country", "tag")
    kind, country, tag = look.asked.one_of("type", TYPES), look.asked.word("country"), look.asked.word("tag")
    gazetteer = look.site.gazetteer
    rows = entity_rows(gazetteer, gazetteer.select(country=country, type=kind, tag=tag))
    given = [word for key, value in (("type", kind), ("country", country), ("tag", tag)) if value for word in (f"--{key}", value)]
    rising = look.ask("rising", {"days": 7}, limit=RISING)
    values = {
        "names": sorted(rows, key=lambda row: str(row["name"]).casefold()),
        "rising": [row | {"name": name_of(look, str(row["entity_id"]))} for row in rising.rows],
        "types": chips(look, "type", _common([one.type for one in gazetteer]), kind),
        "countries": chips(look, "country", _common([one.country or "" for one in gazetteer])[:COUNTRIES], country),
        "tags": chips(look, "tag", _common([tag for one in gazetteer for tag in one.tags])[:COUNTRIES], tag),
    }
    return Page(
        "names.html", "Names", values, {"names": Table(COLUMNS, rows, command("entity", "list", *given)), "rising": rising}
    )


def _common(words: list[str]) -> list[str]:
    counts = {word: words.count(word) for word in set(words) if word}
    return sorted(counts, key=lambda word: (-counts[word], word))
