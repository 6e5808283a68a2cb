"""What a list of names adds to the entities that are tracked already, and what it changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from racewire.config.suggest import did_you_mean
from racewire.entities.gazetteer import Gazetteer
from racewire.entities.importing import COLUMNS, LISTS, Row, Values, slug
from racewire.text.fold import folded_text

Tables = Mapping[str, Mapping[str, object]]
"""The `[entity.ID]` tables of a file, by id."""

_SUGGESTIONS = 5  # problems with a suggestion: to look for one among thousands of ids takes time


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written: new tables, and for tables that are there the texts to set and the items to add, both by id.

    `same` counts the rows that say nothing new. `left_out` and `problems` say where a row stands and why it is not taken: the first
    because the name is known, the second because the row is wrong.
    """

    added: Mapping[str, Values]
    changed: Mapping[str, Values]
    same: int
    left_out: tuple[str, ...]
    problems: tuple[str, ...]


def plan(rows: Iterable[Row], own: Tables, tracked: Gazetteer) -> Plan:
    """How the rows fit into a file with the tables `own`, which is part of `tracked`.

    A row without an id means the table of that name in the file; else, where the name is tracked, it is left out; else it is new.
    """
    rows = tuple(rows)
    taken = {*own, *(entity.id for entity in tracked), *(row.id for row in rows if row.id)}
    left_out: list[str] = []
    problems: list[str] = []
    wanted = _by_id(rows, own, tracked, taken, left_out, problems)
    added: dict[str, Values] = {}
    changed: dict[str, Values] = {}
    same = 0
    for id, row in wanted.items():
        if problem := _unknown(row.values, taken, suggest=len(problems) < _SUGGESTIONS):
            problems.append(f"{row.at}{problem}")
            continue
        names = {folded_text(name) for name in tracked.names(id)}
        if id not in own:
            added[id] = _new(row.values, names)
        elif news := _news(own[id], row.values, names):
            changed[id] = news
        else:
            same += 1
    return Plan(added, changed, same, tuple(left_out), tuple(problems))


def _by_id(
    rows: Iterable[Row], own: Tables, tracked: Gazetteer, taken: set[str], left_out: list[str], problems: list[str]
) -> dict[str, Row]:
    """The rows that are taken, by the id that each has or gets; `taken`, `left_out` and `problems` grow."""
    ids = {folded_text(name): id for id, table in own.items() if isinstance(name := table.get("name"), str)}
    wanted: dict[str, Row] = {}
    for row in rows:
        name = str(row.values["name"])
        id = row.id or ids.get(folded_text(name))
        if id is None and (known := tracked.resolve(name)) is not None:
            left_out.append(f"{row.at}'{name}' is tracked already as '{known}'; give it that id to change it")
            continue
        if id is None:
            id = _free(slug(name), taken)
            taken.add(id)
        ids.setdefault(folded_text(name), id)
        if id in wanted:
            (problems if row.id else left_out).append(f"{row.at}'{row.id or name}' came before, at {wanted[id].where}")
        else:
            wanted[id] = row
    return wanted


def _free(id: str, taken: Collection[str]) -> str:
    number, found = 1, id
    while found in taken:
        number += 1
        found = f"{id}-{number}"
    return found


def _unknown(values: Values, ids: Collection[str], *, suggest: bool) -> str | None:
    for key in ("parent", "successor"):
        other = str(values.get(key, ""))
        if other and other not in ids:
            return f"{key}: unknown entity '{other[:60]}'" + (
                f"; {near}" if suggest and (near := did_you_mean(other, ids)) else ""
            )
    return None


def _new(values: Values, known: Collection[str]) -> Values:
    """The whole table. It is found by its name, unless that is ambiguous. `known`: folded names that it has, which keep their marks."""
    name, aliases = str(values["name"]), tuple(values.get("aliases", ()))
    if name not in aliases and name not in values.get("ambiguous", ()):
        aliases = (name, *aliases)
    whole = {**values, "aliases": tuple(alias for alias in aliases if folded_text(alias) not in known)}
    return {key: whole[key] for key in COLUMNS if whole.get(key)}


def _news(table: Mapping[str, object], values: Values, known: Collection[str]) -> Values:
    """What the row says and the table does not: other texts, further items of lists."""
    news: dict[str, str | tuple[str, ...]] = {}
    for key, value in values.items():
        there = table.get(key)
        if key not in LISTS:
            if value != there:
                news[key] = value
            continue
        there = there if isinstance(there, list) else []
        further = tuple(item for item in value if item not in there and not (key == "aliases" and folded_text(item) in known))
        if further:
            news[key] = further
    return news
