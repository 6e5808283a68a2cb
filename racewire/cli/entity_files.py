"""Adds names to the user's own `entities.toml`, from a CSV file."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from racewire.cli.inputs import read_bytes
from racewire.cli.source_add import quote, replace_file
from racewire.config.document import read
from racewire.entities import Gazetteer
from racewire.errors import ConfigError, UsageError

TEXTS = ("name", "native", "type", "country", "parent", "successor", "ticker", "wikidata")
LISTS = ("tags", "aliases", "ambiguous", "drop", "context", "against")
COLUMNS = ("id", *TEXTS, *LISTS)


def imported(source: str, target: Path) -> list[str]:
    """Appends each row of a CSV file to `target` and returns the ids. Raises UsageError and ConfigError; the file is then as it was.

    The header names the columns (`name` must be there); lists are parted by `|`. An id that is missing is made of the name.
    """
    rows = _rows(source)
    known = set(read(target).data.get("entity", {})) if target.exists() else set()
    ids: list[str] = []
    blocks = []
    for number, row in enumerate(rows, 2):
        id = row.get("id") or _id(row["name"])
        if not id:
            raise UsageError(f"{source}, line {number}: no id can be made of '{row['name'][:60]}'; give it one in a column id")
        if id in known or id in ids:
            raise UsageError(f"{source}, line {number}: {target} has the entity '{id}' already")
        ids.append(id)
        blocks.append(_block(id, row))
    text = (target.read_text("utf-8").rstrip("\n") + "\n\n" if target.exists() else "") + "\n".join(blocks)
    _checked(text, target)
    if target.exists():
        replace_file(target, text)
    else:
        target.write_text(text, "utf-8")
    return ids


def _rows(source: str) -> list[dict[str, str]]:
    text = read_bytes(source).decode("utf-8-sig", "replace")
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    unknown = [name for name in names if name not in COLUMNS]
    if "name" not in names or unknown:
        wrong = f"the column '{unknown[0][:40]}' is unknown" if unknown else "there is no column 'name'"
        raise UsageError(f"{source}: {wrong}; columns are {', '.join(COLUMNS)}")
    reader.fieldnames = names
    rows = []
    try:
        for number, row in enumerate(reader, 2):
            if "" in row or not (row["name"] or "").strip():
                raise UsageError(
                    f"{source}, line {number}: " + ("more cells than columns" if "" in row else "a row without a name")
                )
            rows.append({key: value.strip() for key, value in row.items()})
    except csv.Error as error:
        raise UsageError(f"{source}: this is not CSV: {error}") from error
    return rows


def _id(name: str) -> str:
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D")) if not unicodedata.combining(c)
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _block(id: str, row: Mapping[str, str]) -> str:
    lines = [f"[entity.{id if re.fullmatch(r'[A-Za-z0-9_-]+', id) else quote(id)}]"]
    lines += [f"{key} = {quote(row[key])}" for key in TEXTS if row.get(key)]
    for key in LISTS:
        if words := [word.strip() for word in row.get(key, "").split("|") if word.strip()]:
            lines.append(f"{key} = [{', '.join(map(quote, words))}]")
    return "\n".join(lines) + "\n"


def _checked(text: str, target: Path) -> None:
    """Reads the new text as racewire would, from a file beside the target."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".toml")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Gazetteer.load(name)
    except ConfigError as error:
        problems = [replace(problem, file=str(target)) for problem in error.problems]
        raise ConfigError(f"{target} would not be valid with it, so it is as it was", problems) from error
    finally:
        Path(name).unlink(missing_ok=True)
