"""Writes tables out, row by row, so that size does not matter."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO

import click

from racewire.archive.questions import questions
from racewire.cli.output import as_json
from racewire.errors import UsageError
from racewire.render.cells import safe_cell

BATCH = 5000
# for columns that DuckDB and pandas should not have to guess
_ARROW = {"INTEGER": "int64", "REAL": "float64", "TEXT": "string"}


def public_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that are documented, without the full-text index, which holds no text of its own."""
    query = "select object from _docs where column = '' and object not in ('articles_fts', '_docs') order by object"
    return [row[0] for row in connection.execute(query)]


def to_stream(connection: sqlite3.Connection, table: str, form: str, stream: IO[str]) -> int:
    """Writes one table as csv, json or nl; returns the number of rows."""
    cursor = connection.execute(f'select * from "{table}"')  # noqa: S608 - the name is one of public_tables
    names = [column[0] for column in cursor.description]
    if form == "csv":
        writer = csv.writer(stream)
        writer.writerow(names)
        return _counted(cursor, lambda row: writer.writerow([safe_cell(value) for value in row]))
    if form == "nl":
        return _counted(cursor, lambda row: stream.write(as_json(dict(zip(names, row, strict=True))) + "\n"))
    stream.write("[")
    count = 0
    for row in cursor:
        stream.write((",\n " if count else "") + as_json(dict(zip(names, row, strict=True))))
        count += 1
    stream.write("]\n")
    return count


def to_file(connection: sqlite3.Connection, table: str, form: str, path: Path) -> int:
    """The same into a file, and parquet."""
    if form == "parquet":
        return _parquet(connection, table, path)
    with path.open("w", encoding="utf-8", newline="") as stream:
        return to_stream(connection, table, form, stream)


def _counted(cursor: Iterable[sqlite3.Row], write: Callable[[tuple[object, ...]], object]) -> int:
    count = 0
    for row in cursor:
        write(tuple(row))
        count += 1
    return count


def _parquet(connection: sqlite3.Connection, table: str, path: Path) -> int:
    try:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise UsageError("parquet needs the package pyarrow, which is not installed: pip install pyarrow") from None
    columns = [
        (row["name"], _ARROW.get(row["type"].upper(), "string"))
        for row in connection.execute("select * from pragma_table_info(?)", (table,))
    ]
    schema = pyarrow.schema([(name, getattr(pyarrow, kind)()) for name, kind in columns])
    count = 0
    with parquet.ParquetWriter(path, schema) as writer:
        for rows in _batches(connection.execute(f'select * from "{table}"')):  # noqa: S608 - as above
            arrays = [
                pyarrow.array([row[number] for row in rows], type=schema.field(number).type) for number in range(len(columns))
            ]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
            count += len(rows)
    return count


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[sqlite3.Row]]:
    while rows := cursor.fetchmany(BATCH):
        yield rows


def datasette(connection: sqlite3.Connection, database: str) -> None:
    """Prints Datasette's metadata: what each table and column means, facets, and the prepared questions as canned queries."""
    tables: dict[str, dict[str, object]] = {}
    for row in connection.execute("select object, column, unit, meaning from _docs order by object, column"):
        table = tables.setdefault(row["object"], {"columns": {}})
        if row["column"]:
            columns = table["columns"]
            assert isinstance(columns, dict)
            columns[row["column"]] = row["meaning"] + (f" ({row['unit']})" if row["unit"] else "")
        else:
            table["description"] = row["meaning"]
    hidden = [
        row[0]
        for row in connection.execute("select name from sqlite_master where type = 'table' and name like 'rw\\_%' escape '\\'")
    ]
    for name in hidden:
        tables[name] = {"hidden": True}
    for name, facets in {
        "articles": ["lang", "source_id"],
        "figures": ["role", "currency", "certainty"],
        "alerts": ["rule_id", "severity"],
    }.items():
        if name in tables:
            tables[name]["facets"] = facets
    canned = {
        q.name: {"title": q.title, "description": q.note, "sql": q.sql, "params": list(q.parameters)}
        for q in questions().values()
    }
    metadata = {"title": "racewire", "databases": {database: {"tables": tables, "queries": canned}}}
    click.echo(as_json(metadata, indent=2))
