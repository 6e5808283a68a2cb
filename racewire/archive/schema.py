"""The tables of the archive, as migrations that sqlite-utils applies in order.

Public tables have plain plural names and every column of theirs is described in `_docs`; tables that begin
with `rw_` are ours and may change. All tables are STRICT; times are UTC ISO-8601 text that ends in `Z`, so they sort
as text. Within a major version public columns are only ever added.
"""

from __future__ import annotations

import sqlite3
import tomllib
from importlib.resources import files

APPLICATION_ID = 0x52574952  # "RWIR": tells our files from other SQLite files
VERSION = 5  # the number of the newest file in tables/


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the tables of an open read-write connection to VERSION, each step in a transaction of its own."""
    from sqlite_utils import Database, Migrations  # late: this import costs 70 ms that readers need not pay

    steps = Migrations("racewire")

    def step(number: int) -> None:
        def apply(db: Database) -> None:
            for statement in [*statements(number), *_old_samples(db.conn, number)]:
                db.execute(statement)
            db.execute(f"pragma application_id = {APPLICATION_ID}")
            db.execute(f"pragma user_version = {number}")

        steps(name=f"m{number:03}")(apply)

    for number in range(1, VERSION + 1):
        step(number)
    steps.apply(Database(connection))
    describe(connection)


def _old_samples(connection: sqlite3.Connection, number: int) -> list[str]:
    """What drops the monthly tables of samples of version 3 and before, whose numbers version 4 does not know."""
    glob = "name glob 'rw_shingles_[0-9]*'" if number == 4 else "false"
    return [f"drop table {name}" for (name,) in connection.execute(f"select name from sqlite_master where {glob}")]  # noqa: S608


def statements(number: int) -> list[str]:
    """The statements of one version's file."""
    text = (files("racewire.archive") / "tables" / f"{number:03}.sql").read_text("utf-8")
    return [part for part in text.split(";\n") if part.strip()]


def describe(connection: sqlite3.Connection) -> None:
    """Writes what each public table and column means into `_docs`."""
    tables = tomllib.loads((files("racewire.archive") / "tables" / "columns.toml").read_text("utf-8"))
    rows = []
    for name, table in tables.items():
        rows.append((name, "", "", "", table[""], "0.1"))
        types = dict(connection.execute("select name, type from pragma_table_info(?)", (name,)).fetchall())
        for column, meaning in table.items():
            if column:
                text, _, unit = meaning.partition(" | ")
                rows.append((name, column, types.get(column, ""), unit, text, "0.1"))
    connection.execute("begin immediate")
    connection.execute("delete from _docs")
    connection.executemany("insert into _docs(object, column, type, unit, meaning, since) values (?, ?, ?, ?, ?, ?)", rows)
    connection.execute("commit")
