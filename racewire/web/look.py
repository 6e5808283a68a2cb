"""One look at the database for one page, and what a page is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from racewire.archive.ask import Answer, run_sql
from racewire.archive.questions import ask
from racewire.web.asked import Asked
from racewire.web.site import Site
from racewire.web.tables import Table, question

SECONDS = 3.0  # how long one question of a page may take


@dataclass(frozen=True, slots=True)
class Look:
    """A connection that can only read, the site, what the address asks, and the time.

    `path` is the address without parameters, `place` what stands in the gaps of its pattern.
    """

    connection: sqlite3.Connection
    site: Site
    asked: Asked
    path: str
    place: Mapping[str, str]
    now: datetime

    def ask(self, name: str, values: Mapping[str, object] | None = None, *, limit: int) -> Table:
        """The answer to a prepared question as a table, with its `racewire ask`."""
        given = {key: str(value) for key, value in (values or {}).items() if value is not None}
        answer = ask(self.connection, name, given, now=self.now, seconds=SECONDS, limit=limit)
        return Table.of(answer, question(name, given, limit if answer.cut else None))

    def select(self, sql: str, parameters: Mapping[str, object] | None = None, *, limit: int) -> Answer:
        """The answer to a SELECT of ours."""
        return run_sql(self.connection, sql, parameters or {}, seconds=SECONDS, limit=limit)

    def address(self, **changes: object) -> str:
        """The address of this page with other parameters; None takes one away."""
        pairs = {**self.asked.pairs(), **{key: str(value) for key, value in changes.items() if value is not None}}
        pairs = {key: value for key, value in pairs.items() if not (key in changes and changes[key] is None)}
        return self.path + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True, slots=True)
class Page:
    """A template with its values, and the tables behind it by name, the main one first."""

    template: str
    title: str
    values: Mapping[str, object]
    tables: Mapping[str, Table] = field(default_factory=dict)


Maker = Callable[[Look], Page]


def chips(look: Look, name: str, choices: Iterable[str], chosen: str | None, *, none: str = "all") -> list[dict[str, object]]:
    """Links that set the parameter `name`, the first one, `none`, taking it away; whatever page of the list one was on is forgotten."""
    found: list[dict[str, object]] = [{"label": none, "href": look.address(**{name: None, "before": None}), "on": chosen is None}]
    names = list(dict.fromkeys([*choices, *([chosen] if chosen else [])]))
    return found + [{"label": one, "href": look.address(**{name: one, "before": None}), "on": one == chosen} for one in names]
