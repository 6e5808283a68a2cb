"""Every public table and column is described."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from racewire.archive import open_archive

PUBLIC = [
    "sources",
    "crawls",
    "articles",
    "revisions",
    "stories",
    "mentions",
    "figures",
    "rounds",
    "alerts",
    "deliveries",
    "silences",
    "events",
    "mentions_daily",
    "articles_fts",
    "_docs",
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    archive = open_archive(tmp_path / "a.db")
    yield archive._connection
    archive.close()


@pytest.mark.parametrize("table", PUBLIC)
def test_each_public_column_is_described(connection: sqlite3.Connection, table: str) -> None:
    columns = {name for (name,) in connection.execute("select name from pragma_table_info(?)", (table,))}
    described = dict(connection.execute("select column, meaning from _docs where object = ?", (table,)).fetchall())
    assert columns
    assert set(described) == columns | {""}
    assert all(described.values())


def test_nothing_but_public_and_private_tables_is_there(connection: sqlite3.Connection) -> None:
    names = {name for (name,) in connection.execute("select name from sqlite_master where type in ('table', 'view')")}
    ours = {n for n in names if not n.startswith(("rw_", "sqlite_", "_sqlite_", "articles_fts_"))}
    assert ours == set(PUBLIC)


def test_the_page_on_the_database_says_the_same(connection: sqlite3.Connection) -> None:
    page = (Path(__file__).parents[2] / "docs" / "database.md").read_text("utf-8")
    for table, column, unit, meaning in connection.execute("select object, column, unit, meaning from _docs"):
        section = page.split(f"\n### {table}\n", 1)[1].split("\n### ", 1)[0]
        line = f"| `{column}` | {meaning} | {unit} |" if column else f"\n{meaning}\n"
        assert line in section, f"docs/database.md: {table}.{column}"


def test_types_and_units_are_told(connection: sqlite3.Connection) -> None:
    described = connection.execute("select type, unit from _docs where object = 'figures' and column = 'usd_low'").fetchone()
    assert described == ("REAL", "USD")
