"""Opening, refusing, transactions: one clear sentence each time, and nothing half-written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from racewire.archive import open_archive
from racewire.archive.schema import APPLICATION_ID, VERSION
from racewire.archive.store import bring_up_to_date
from racewire.errors import StoreError
from racewire.model import Added
from tests.archive.conftest import NOW, connection_of, raise_report


def pragma(name: str, connection: sqlite3.Connection) -> object:
    return connection.execute(f"pragma {name}").fetchone()[0]


def test_a_new_file_is_created_with_its_settings(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        pragmas = {
            name: archive.write(partial(pragma, name))
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "application_id",
                "user_version",
                "busy_timeout",
            )
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "application_id": APPLICATION_ID,
        "user_version": VERSION,
        "busy_timeout": 5000,
    }


def test_every_table_of_ours_is_strict(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive, closing(archive.reader()) as reader:
        loose = reader.execute(
            "select name from pragma_table_list where schema = 'main' and type = 'table' and not strict "
            "and name not glob 'sqlite_*' and name not glob '_sqlite*' and name not glob 'articles_fts*'"
        ).fetchall()
    assert [row["name"] for row in loose] == []


def test_opening_again_keeps_everything(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_archive(path) as archive:
        (first,) = archive.add([raise_report("https://a.example/1")], now=NOW)
    with open_archive(path) as archive:
        (again,) = archive.add([raise_report("https://a.example/1")], now=NOW)
    assert (again.article_id, again.story_id, again.outcome) == (first.article_id, first.story_id, "unchanged")


def test_an_archive_of_version_3_keeps_its_articles_and_forgets_its_indexes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    with monkeypatch.context() as then:
        then.setattr("racewire.archive.schema.VERSION", 3)
        open_archive(path).close()
    with closing(connection_of(path)) as connection:
        connection.execute("create table rw_shingles_202603 (hash integer, article_id integer)")
        connection.execute(
            "insert into stories(id, headline, first_seen_at, last_seen_at, articles) values (7, 'Old', 'x', 'x', 1)"
        )
        connection.execute(
            "insert into articles(id, url, title, first_seen_at, story_id, content_hash, text) "
            "values (5, 'https://a.example/5', 'Old', 'x', 7, '', 'Old.')"
        )
        connection.execute("insert into rw_boilerplate values ('a.example', 1, 3)")
        connection.commit()
    with open_archive(path) as archive:
        (added,) = archive.add([raise_report("https://b.example/6")], now=NOW)
        assert (added.article_id, added.outcome) == (6, "new")
        with closing(archive.reader()) as reader:
            tables = {row["name"] for row in reader.execute("select name from sqlite_master where name glob 'rw_*'")}
            assert "rw_shingles_202603" not in tables
            assert reader.execute("select count(*) as n from rw_boilerplate").fetchone()["n"] == 0
            assert reader.execute("select story_id from articles where id = 5").fetchone()["story_id"] == 7


def foreign(path: Path) -> None:
    with closing(connection_of(path)) as connection:
        connection.execute("create table theirs (x)")


def newer(path: Path) -> None:
    open_archive(path).close()
    with closing(connection_of(path)) as connection:
        connection.execute(f"pragma user_version = {VERSION + 1}")


def no_database(path: Path) -> None:
    path.write_bytes(b"This is a letter to a friend, and no database at all. " * 40)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (foreign, "is not a racewire database"),
        (no_database, "is not a racewire database"),
        (newer, "was written by a newer racewire"),
    ],
)
@pytest.mark.parametrize("readonly", [False, True])
def test_what_is_not_ours_is_refused_and_left_alone(tmp_path: Path, make: object, says: str, readonly: bool) -> None:
    path = tmp_path / "a.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(StoreError, match=says) as caught:
        open_archive(path, readonly=readonly)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_archive(tmp_path / "nowhere" / "a.db")


def test_reading_does_not_create(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_archive(tmp_path / "a.db", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_creation_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("create table half (x)")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("racewire.archive.schema.migrate", fail)
    with pytest.raises(StoreError, match="is full"):
        open_archive(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_a_locked_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_archive(path) as archive, closing(connection_of(path)) as other:
        archive.write(lambda c: c.execute("pragma busy_timeout = 10"))
        other.execute("begin immediate")
        with pytest.raises(StoreError, match="is locked by another program"):
            archive.add([raise_report("https://a.example/1")], now=NOW)
        other.execute("rollback")
        (added,) = archive.add([raise_report("https://a.example/1")], now=NOW)
        assert added.outcome == "new"


def test_a_full_disk_writes_nothing_of_the_batch(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        archive.add([raise_report("https://a.example/1")], now=NOW)
        pages = archive.write(lambda c: c.execute("pragma page_count").fetchone()[0])
        archive.write(lambda c: c.execute(f"pragma max_page_count = {pages + 2}"))
        large = [raise_report(f"https://a.example/{n}", text=f"{n} " + "word " * 4000) for n in range(2, 6)]
        with pytest.raises(StoreError, match="is full"):
            archive.add(large, now=NOW)
        with closing(archive.reader()) as reader:
            assert reader.execute("select count(*) from articles").fetchone()[0] == 1
            assert reader.execute("pragma integrity_check").fetchone()[0] == "ok"
        archive.write(lambda c: c.execute("pragma max_page_count = 1000000"))
        assert [one.outcome for one in archive.add(large, now=NOW)] == ["new"] * 4


def test_what_then_raises_undoes_the_batch(tmp_path: Path) -> None:
    def fail(connection: sqlite3.Connection, added: list[Added]) -> None:
        assert connection.execute("select count(*) from articles").fetchone()[0] == 2
        raise RuntimeError("the alerts broke")

    with open_archive(tmp_path / "a.db") as archive:
        records = [raise_report("https://a.example/1"), raise_report("https://b.example/1")]
        with pytest.raises(RuntimeError, match="the alerts broke"):
            archive.add(records, now=NOW, then=fail)
        with closing(archive.reader()) as reader:
            for table in ("articles", "stories", "mentions", "figures", "rounds", "rw_keys", "mentions_daily"):
                assert reader.execute(f"select count(*) from {table}").fetchone()[0] == 0, table
        assert [one.outcome for one in archive.add(records, now=NOW)] == ["new", "copy"]


def test_write_gives_back_what_the_function_returns_and_rolls_back_when_it_raises(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        assert (
            archive.write(lambda c: c.execute("insert into rw_meta(key, value) values ('a', 'b') returning value").fetchone()[0])
            == "b"
        )

        def fail(connection: sqlite3.Connection) -> None:
            connection.execute("delete from rw_meta")
            raise ValueError

        with pytest.raises(ValueError):
            archive.write(fail)
        with closing(archive.reader()) as reader:
            assert reader.execute("select value from rw_meta where key = 'a'").fetchone()["value"] == "b"


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_archive(path) as archive, closing(archive.reader()) as reader, pytest.raises(sqlite3.OperationalError):
        reader.execute("delete from articles")
    with open_archive(path, readonly=True) as archive, pytest.raises(StoreError, match="reading only"):
        archive.add([raise_report("https://a.example/1")], now=NOW)


def test_upkeep_drops_old_samples_and_copies_are_found_all_the_same(tmp_path: Path) -> None:
    later = NOW.replace(year=2027)
    with open_archive(tmp_path / "a.db") as archive:
        archive.add([raise_report("https://a.example/1")], now=NOW)
        assert archive.upkeep(now=NOW) == []
        archive.add([raise_report("https://c.example/1", text="Another text. " * 20, published_at=later)], now=later)
        assert archive.upkeep(now=later) == ["rw_samples_202603"]
        (added,) = archive.add([raise_report("https://a.example/2", published_at=later)], now=later)
        assert added.outcome == "new"
        (added,) = archive.add([raise_report("https://b.example/3", published_at=later)], now=later)
        assert added.outcome == "copy"


@pytest.mark.parametrize("version", range(1, VERSION))
def test_an_older_file_is_brought_up_to_date_with_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    silence = "insert into silences(kind, target, created_at) values ('rule', 'r', '2026-01-02T03:04:05Z') returning id"
    with monkeypatch.context() as older:
        older.setattr("racewire.archive.schema.VERSION", version)
        with open_archive(tmp_path / "a.db") as archive:
            assert archive.write(partial(pragma, "user_version")) == version
            assert archive.write(lambda c: c.execute(silence).fetchone()) == (1,)
    with open_archive(tmp_path / "a.db") as archive:
        assert archive.write(partial(pragma, "user_version")) == VERSION
        assert archive.write(lambda c: c.execute("select id, target from silences").fetchall()) == [(1, "r")]
        archive.write(lambda c: c.execute("delete from silences"))
        assert archive.write(lambda c: c.execute(silence).fetchone()) == (2,)
        archive.add([raise_report("https://a.example/1")], now=NOW)


@pytest.mark.parametrize("version", range(1, VERSION))
def test_an_older_file_is_no_reader_s_until_it_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = tmp_path / "a.db"
    with monkeypatch.context() as older:
        older.setattr("racewire.archive.schema.VERSION", version)
        open_archive(path).close()
    with pytest.raises(StoreError, match="the tables of an older racewire"):
        open_archive(path, readonly=True)
    bring_up_to_date(path)
    with open_archive(path, readonly=True) as archive, closing(archive.reader()) as reader:
        assert reader.execute("pragma user_version").fetchone()[0] == VERSION


@pytest.mark.parametrize("version", range(1, VERSION))
def test_an_older_file_gets_the_tables_of_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    def tables(path: Path) -> dict[str, list[object]]:
        with open_archive(path) as archive, closing(archive.reader()) as reader:
            names = [name for (name,) in reader.execute("select name from sqlite_master where name not glob '*sqlite_*'")]
            return {name: [tuple(row) for row in reader.execute(f"pragma table_info({name})")] for name in names}

    with monkeypatch.context() as older:
        older.setattr("racewire.archive.schema.VERSION", version)
        open_archive(tmp_path / "old.db").close()
    assert tables(tmp_path / "old.db") == tables(tmp_path / "new.db")
