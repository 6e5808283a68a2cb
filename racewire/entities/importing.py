"""A user's own list of names: CSV, JSON or one name a line, turned into tables for `entities.toml`.

CSV has a head line. Its columns, in any order, only `name` being needed: `id`, `name`, `native`, `type`, `country`, `tags`, `aliases`,
`ambiguous`, `context`, `against`, `parent`, `successor`, `ticker`, `wikidata`; several values in one field are parted by `|`.
JSON is a list of objects with the same keys (lists as lists, or parted by `|`), or of plain names.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from racewire.entities.entity import TYPES
from racewire.errors import UsageError

_LISTS = ("tags", "aliases", "ambiguous", "context", "against")
_SINGLE = ("name", "native", "type", "country", "parent", "successor", "ticker", "wikidata")
_MOST = 200_000  # rows
_PLAIN = str.maketrans({"đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Row:
    """One imported entity: its id and what the list says of it, ready to be written."""

    id: str
    values: Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Imported:
    """`rows` in the order of the file; `problems` says, a line each, which rows were left out and why."""

    rows: tuple[Row, ...]
    problems: tuple[str, ...] = field(default=())


def import_file(path: Path, taken: Container[str] = ()) -> Imported:
    """Read a `.csv`, `.json` or plain text file. `taken`: ids that new rows must not get. Raises UsageError where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error.strerror if isinstance(error, OSError) else 'it is not UTF-8'}") from error
    kind = path.suffix.lower().removeprefix(".")
    return import_text(text, kind if kind in ("csv", "json") else "txt", taken)


def import_text(text: str, kind: str, taken: Container[str] = ()) -> Imported:
    """The same for the content of a file; `kind` is `csv`, `json` or `txt`."""
    rows: list[Row] = []
    problems: list[str] = []
    ids: set[str] = set()
    for number, raw in _raw(text, kind):
        if len(rows) == _MOST:
            problems.append(f"{number}: left out with all that follows, {_MOST} names are the most")
            break
        values = {key: value for key in (*_SINGLE, *_LISTS) if (value := _value(raw.get(key), key in _LISTS))}
        problem = _problem(values)
        if problem:
            problems.append(f"{number}: {problem}")
            continue
        given = raw.get("id")
        id = slug(str(given)) if given else _free(slug(str(values["name"])), ids, taken)
        if id in ids:
            problems.append(f"{number}: the id '{id}' came before")
            continue
        ids.add(id)
        rows.append(Row(id, values))
    return Imported(tuple(rows), tuple(problems))


def to_toml(rows: Iterable[Row]) -> str:
    """The rows as tables of `entities.toml`."""
    return "\n".join(_table(row) for row in rows)


def slug(name: str) -> str:
    """An id for a name: lower-case ASCII and hyphens; letters of other scripts become their code points."""
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    ascii_only = "".join(
        c if c.isascii() else "" if unicodedata.combining(c) else f"-{ord(c):x}-" if c.isalnum() else "-" for c in plain
    )
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:80].strip("-") or "unnamed"


def _free(id: str, ids: Container[str], taken: Container[str]) -> str:
    number, found = 1, id
    while found in ids or found in taken:
        number += 1
        found = f"{id}-{number}"
    return found


def _raw(text: str, kind: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    if kind == "csv":
        try:
            yield from enumerate(csv.DictReader(io.StringIO(text, newline="")), 2)
        except csv.Error as error:
            raise UsageError(f"this is no CSV: {error}") from error
    elif kind == "json":
        try:
            items = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"this is no JSON: {error}") from error
        for number, item in enumerate(items if isinstance(items, list) else [items], 1):
            yield number, item if isinstance(item, dict) else {"name": item}
    else:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield number, {"name": line}


def _value(raw: object, several: bool) -> str | tuple[str, ...] | None:
    if raw is None:
        return None
    parts: Sequence[object] = raw if isinstance(raw, list) else str(raw).split("|") if several else [raw]
    clean = tuple(dict.fromkeys(word for part in parts if (word := " ".join(str(part).split())[:200])))
    if not clean:
        return None
    return clean if several else clean[0]


def _problem(values: Mapping[str, str | tuple[str, ...]]) -> str | None:
    if "name" not in values:
        return "no name"
    if values.get("type", "company") not in TYPES:
        return f"unknown type '{str(values['type'])[:40]}'"
    if not re.fullmatch("[A-Z]{2}", str(values.get("country", "US"))):
        return f"'{str(values['country'])[:40]}' is no country code of two capitals"
    if not re.fullmatch("Q[1-9][0-9]*", str(values.get("wikidata", "Q1"))):
        return f"'{str(values['wikidata'])[:40]}' is no Wikidata id"
    return None


def _table(row: Row) -> str:
    values = dict(row.values)
    name = str(values["name"])
    aliases = tuple(values.get("aliases", ()))
    if name not in aliases and name not in values.get("ambiguous", ()):
        values["aliases"] = (name, *aliases)
    lines = [f"[entity.{row.id}]"]
    for key, value in values.items():
        lines.append(f"{key} = {_quoted(value) if isinstance(value, str) else '[' + ', '.join(map(_quoted, value)) + ']'}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # what JSON escapes in a string TOML reads alike, but for DEL, which TOML forbids
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
