"""A table of a page as data: what CSV and JSON give of it, and the command that gives the same."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field

from racewire.archive.ask import Answer
from racewire.render.cells import plain_value, safe_cell

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by column. `command` is what to type for the same rows; `more` says that there are rows beyond these."""

    columns: tuple[str, ...]
    rows: list[Row]
    command: str
    more: bool = field(default=False)

    @classmethod
    def of(cls, answer: Answer, command: str) -> Table:
        return cls(answer.columns, answer.as_dicts(), command, answer.cut)

    def as_csv(self) -> str:
        """As `racewire export csv` writes it: lines end with CR LF, and no cell is a formula."""
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(self.columns)
        writer.writerows([safe_cell(_joined(row.get(name))) for name in self.columns] for row in self.rows)
        return stream.getvalue()

    def as_json(self) -> str:
        """One list of objects, as the commands' `--json`."""
        rows = [{name: row.get(name) for name in self.columns} for row in self.rows]
        return json.dumps(rows, ensure_ascii=False, default=plain_value) + "\n"


def _joined(value: object) -> object:
    return " | ".join(map(str, value)) if isinstance(value, list) else value


def command(*words: object) -> str:
    """What to type into a shell: each word quoted where it must be."""
    return shlex.join(["racewire", *map(str, words)])


def question(name: str, values: dict[str, str], limit: int | None = None) -> str:
    """The `racewire ask` of a prepared question."""
    given: Sequence[str] = [f"{key}={value}" for key, value in values.items() if value]
    return command("ask", name, *given, *(["--limit", limit] if limit else []))
