"""Writes tables of `entities.toml`, and changes those that a user wrote while all else in the file stays as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from racewire.config.positions import Places
from racewire.errors import UsageError

Change = tuple[int, int, int, str]  # line and column, both from 0; characters to take out; what to put there

_HEAD = re.compile(r"\s*\[\s*entity\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)\s*\]\s*(?:#.*)?")


def to_toml(tables: Mapping[str, Mapping[str, object]], within: Mapping[str, Iterable[str]] | None = None) -> str:
    """The entities as tables, by id. `within`: longer names that are somebody else's, by the name that they hold."""
    return "\n".join(_table(id, values, within or {}) for id, values in tables.items())


def with_values(text: str, changes: Mapping[str, Mapping[str, object]]) -> str:
    """The file with values set, and items added to lists, in tables that it has, by id.

    Raises UsageError where a table has no head of its own, as in `entity = { acme = {} }`. Other layouts may come out wrong, so the
    result is to be compared with what it should say.
    """
    layout = _Layout(text)
    return layout.with_changes(layout.setting(id, key, value) for id, values in changes.items() for key, value in values.items())


def without(text: str, id: str, key: str) -> str:
    """The file without the line of one key, and without its table where that leaves nothing of it. Raises UsageError likewise."""
    layout = _Layout(text)
    left = layout.with_changes(layout.removing(id, key))
    return left.rstrip("\n") + "\n" if left.strip() else ""


def _table(id: str, values: Mapping[str, object], within: Mapping[str, Iterable[str]]) -> str:
    lines = [f"[entity.{id}]", *(f"{key} = {_value(value)}" for key, value in values.items())]
    if within:
        lines.append("within = { " + ", ".join(f"{_quoted(name)} = {_value(longer)}" for name, longer in within.items()) + " }")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(value) if isinstance(value, str) else f"[{_items(value)}]"


def _items(value: object) -> str:
    assert isinstance(value, Iterable)
    return ", ".join(map(_quoted, value))


def _quoted(text: str) -> str:
    # what JSON escapes in a string TOML reads alike, but for DEL, which TOML forbids
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


class _Layout:
    """Where the tables and keys of a file stand."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._places = Places(text)
        self._keys: dict[str, dict[str, int]] = defaultdict(dict)  # by id: the lines of its keys and of tables inside it
        for path, place in self._places.keys.items():
            if len(path) == 3 and path[0] == "entity":
                self._keys[str(path[1])][str(path[2])] = place.line - 1

    def setting(self, id: str, key: str, value: object) -> Change:
        """A text or truth replaces the one that is there; items go behind those that are there."""
        head, path = self._head(id), ("entity", id, key)
        if key not in self._keys[id]:
            return self._new_line(id, head, f"{key} = {_value(value)}")
        if not isinstance(value, (str, bool)):
            count = 0
            while (*path, count) in self._places.values:
                count += 1
            if count:
                last = self._places.values[*path, count - 1]
                return last.line - 1, last.column - 1 + last.length, 0, f", {_items(value)}"
        place = self._places.values[path]
        return place.line - 1, place.column - 1, place.length, _value(value)

    def removing(self, id: str, key: str) -> list[Change]:
        """The line of the key; with it the head where the table has no other key."""
        lines = [self._keys[id][key], *([self._head(id)] if len(self._keys[id]) == 1 else [])]
        return [(line, 0, len(self._lines[line]) + 1, "") for line in lines]

    def with_changes(self, changes: Iterable[Change]) -> str:
        """The text with all changes made; those at one place in their order."""
        starts = [0]
        for there in self._lines:
            starts.append(starts[-1] + len(there) + 1)
        text, end = "\n".join(self._lines), 0
        parts: list[str] = []
        for line, column, length, put in sorted(changes, key=lambda change: change[:2]):
            start = starts[line] + column
            parts += [text[end:start], put]
            end = start + length
        return "".join([*parts, text[end:]])

    def _head(self, id: str) -> int:
        line = self._places.keys["entity", id].line - 1
        if not _HEAD.fullmatch(self._lines[line]):
            raise UsageError(f"line {line + 1}: '{id}' has no table of its own, headed [entity.{id}]: change it by hand")
        return line

    def _new_line(self, id: str, head: int, statement: str) -> Change:
        """Behind the last key of the table, or before it where it takes several lines."""
        last = max((line for line in self._keys[id].values() if not self._lines[line].lstrip().startswith("[")), default=head)
        try:
            tomllib.loads(self._lines[last])
        except tomllib.TOMLDecodeError:
            return last, 0, 0, statement + "\n"
        return last, len(self._lines[last]), 0, "\n" + statement
