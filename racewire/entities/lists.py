"""The rows of a user's list of names, as they stand in CSV, JSON or plain text, before anybody asks what they say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Literal

from racewire.config.suggest import closest
from racewire.errors import UsageError

Kind = Literal["csv", "json", "txt"]
Raw = tuple[str, Mapping[str, object]]  # where it stands ("line 3", "entry 3"), its cells by column

KINDS: Mapping[str, Kind] = {".csv": "csv", ".tsv": "csv", ".json": "json", ".jsonl": "json", ".ndjson": "json", ".txt": "txt"}
"""The kind of a list by the ending of its file's name."""

BEYOND = "\0beyond"
"""The column of cells that no column was named for."""

_SEPARATORS = ",;\t"


def decoded(content: bytes) -> str:
    """The text of a list: UTF-8, or UTF-16 as spreadsheets write it, with its mark. Raises UsageError."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"line {line} is no {encoding[:6].rstrip('-s').upper()} text: save the list as UTF-8") from error


def guessed(text: str) -> Kind:
    """The kind of a list whose name does not tell: JSON by its bracket, CSV by a head line with the column `name`, else plain text."""
    if text.lstrip()[:1] in ("[", "{"):
        return "json"
    return "csv" if "name" in _columns(text, _separator(text)) else "txt"


def raw_rows(text: str, kind: Kind) -> Iterator[Raw]:
    """The rows of a list, in order. Raises UsageError where the whole cannot be read."""
    if kind == "csv":
        return _csv(text)
    return _json(text) if kind == "json" else _plain(text)


def _csv(text: str) -> Iterator[Raw]:
    separator = _separator(text)
    columns = _columns(text, separator)
    if "name" not in columns:
        meant = next((column for column in columns if closest(column, ("name",))), None)
        wrong = f"; is '{meant[:40]}' meant?" if meant else f", which has: {', '.join(columns)[:200] or 'nothing'}"
        raise UsageError(f"the first line names no column 'name'{wrong}")
    twice = next((column for column in columns if column and columns.count(column) > 1), None)
    if twice:
        raise UsageError(f"the column '{twice[:40]}' is there twice")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    end = 0
    try:
        for number, cells in enumerate(rows):
            start, end = end + 1, rows.line_num
            if number and any(cell.strip() for cell in cells):
                row: dict[str, object] = dict(zip(columns, cells, strict=False))
                yield f"line {start}", {**row, BEYOND: "".join(cells[len(columns) :])}
    except csv.Error as error:
        raise UsageError(f"line {end + 1}: this is no CSV: {error}") from error


def _separator(text: str) -> str:
    """What parts the cells: comma, semicolon or tab, whichever makes the most columns of the first line."""
    return max(_SEPARATORS, key=lambda separator: len(_columns(text, separator)))


def _columns(text: str, separator: str) -> list[str]:
    first = text.split("\n", 1)[0].rstrip("\r")
    try:
        return [cell.strip().lower() for cell in next(csv.reader([first], delimiter=separator), [])]
    except csv.Error:
        return []


def _json(text: str) -> Iterator[Raw]:
    try:
        whole = json.loads(text)
    except RecursionError:
        raise UsageError("this is no list: it is nested too deep") from None
    except ValueError as error:
        items = _json_lines(text)
        if items is None:
            raise UsageError(f"this is no JSON: {error}") from error
    else:
        if not isinstance(whole, list):
            raise UsageError("the JSON must be a list of names, or of objects with a 'name' each")
        items = [(f"entry {number}", item) for number, item in enumerate(whole, 1)]
    for where, item in items:
        if not isinstance(item, (dict, str)):
            raise UsageError(f"{where} is neither a name nor an object with a 'name'")
        yield where, {"name": item} if isinstance(item, str) else {key.strip().lower(): value for key, value in item.items()}


def _json_lines(text: str) -> list[tuple[str, object]] | None:
    """The same, one JSON value a line; None where it is not that."""
    try:
        return [(f"line {number}", json.loads(line)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    except (ValueError, RecursionError):
        return None


def _plain(text: str) -> Iterator[Raw]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield f"line {number}", {"name": line}
