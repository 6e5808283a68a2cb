"""Every public table and column is described."""

import sqlite3
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
def connection(tmp_path: Path) -> sqlite3.Connection:
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
