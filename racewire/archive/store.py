"""The archive: one SQLite file, one writing connection, readers beside it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from racewire.archive import schema
from racewire.archive.add import Adder
from racewire.archive.looks import forget_old_looks
from racewire.archive.rows import Arrival
from racewire.archive.upkeep import checkpoint, forget_old_samples
from racewire.errors import StoreError
from racewire.model import Added, Record

T = TypeVar("T")
Then = Callable[[sqlite3.Connection, list[Added]], None]
BUSY_MS = 5000


def open_archive(path: str | PathLike[str], *, readonly: bool = False) -> Archive:
    """Opens the SQLite file at `path`, created and migrated when it must be (never with `readonly`).

    Raises StoreError with one sentence when the file cannot be opened, is locked, damaged, full, another program's or a newer
    version's. A file whose creation failed is removed again.
    """
    path = Path(path)
    if readonly:
        return Archive(path, open_reader(path), readonly=True)
    fresh = not path.exists()
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
        _prepare(connection, path)
        return Archive(path, connection)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if fresh:
            for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                leftover.unlink(missing_ok=True)
        if isinstance(error, (sqlite3.Error, OSError)):
            raise store_error(error, path) from error
        raise


def bring_up_to_date(path: Path) -> None:
    """Gives an archive that an older racewire wrote the tables of this one. Raises StoreError."""
    with contextlib.closing(open_reader(path, older=True)) as connection:
        version = connection.execute("pragma user_version").fetchone()[0]
    if version < schema.VERSION:
        open_archive(path).close()


def open_reader(path: Path, *, older: bool = False) -> sqlite3.Connection:
    """A connection that can only read; rows come as sqlite3.Row. `older`: the tables may be those of an older version."""
    try:
        connection = sqlite3.connect(
            path.absolute().as_uri() + "?mode=ro", uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
        )
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma query_only = on")
        connection.execute("pragma trusted_schema = off")
        version = _check_identity(connection, path, may_be_empty=False)
        if version < schema.VERSION and not older:
            raise StoreError(
                f"{path} has the tables of an older racewire ({version}, here {schema.VERSION}): `racewire status` brings them up to date"
            )
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise store_error(error, path) from error
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute(f"pragma busy_timeout = {BUSY_MS}")
    version = _check_identity(connection, path, may_be_empty=True)
    for pragma in (
        "journal_mode = wal",
        "synchronous = full",
        "foreign_keys = on",
        "trusted_schema = off",
        "cell_size_check = on",
        "journal_size_limit = 67108864",
        "cache_size = -32768",
        "wal_autocheckpoint = 4000",  # pages; an index that takes in a thousand articles touches so many at once
        "temp_store = memory",
    ):
        connection.execute("pragma " + pragma)
    if version < schema.VERSION:
        schema.migrate(connection)


def _check_identity(connection: sqlite3.Connection, path: Path, *, may_be_empty: bool) -> int:
    """The version of the file's tables, 0 for an empty file."""
    application = connection.execute("pragma application_id").fetchone()[0]
    version: int = connection.execute("pragma user_version").fetchone()[0]
    if application == schema.APPLICATION_ID:
        if version > schema.VERSION:
            raise StoreError(
                f"{path} was written by a newer racewire (tables {version}, known here {schema.VERSION}): update racewire"
            )
        return version
    if may_be_empty and application == 0 and not connection.execute("select 1 from sqlite_master limit 1").fetchone():
        return 0
    raise StoreError(f"{path} is not a racewire database: give the path of another file, or of one that does not exist yet")


def store_error(error: BaseException, path: str | PathLike[str]) -> StoreError:
    """What a failure of SQLite or of the file system means, in one sentence."""
    if isinstance(error, StoreError):
        return error
    name = getattr(error, "sqlite_errorname", None) or ""
    text = str(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "locked" in text:
        return StoreError(f"{path} is locked by another program: close that program and try again")
    if name.startswith("SQLITE_FULL") or "full" in text:
        return StoreError(f"the disk that holds {path} is full: make room and try again; nothing was written")
    if name.startswith("SQLITE_IOERR"):
        return StoreError(
            f"{path} cannot be read or written (disk I/O error): check the disk and the space on it; nothing was written"
        )
    if name.startswith("SQLITE_NOTADB"):
        return StoreError(f"{path} is not a racewire database: give the path of another file, or of one that does not exist yet")
    if name.startswith("SQLITE_CORRUPT"):
        return StoreError(f"{path} is damaged: restore it from a backup, and keep the damaged file beside it")
    if name.startswith("SQLITE_READONLY"):
        return StoreError(f"{path} cannot be written: check who owns the file and its folder")
    if name.startswith("SQLITE_CANTOPEN") or isinstance(error, OSError):
        return StoreError(f"{path} cannot be opened: check that its folder exists and may be read and written")
    return StoreError(f"{path} cannot be used: {text}")


class Archive:
    """The archive of one file. One thread at a time may write; each reader is a connection of its own.

    Use as a context manager, or call `close`.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, readonly: bool = False) -> None:
        self.path = path
        self.readonly = readonly
        self._connection = connection
        self._adder = None if readonly else Adder(connection)

    def add(
        self,
        records: Iterable[Record],
        *,
        source_id: str | None = None,
        seen_before_start: bool = False,
        now: datetime | None = None,
        then: Then | None = None,
    ) -> list[Added]:
        """Stores the records in the order given, in one transaction, with all that follows from each.

        A record whose address and words are there already answers `unchanged` with the ids that hold now. `now` is the time of
        arrival (default: the clock). `then(connection, added)` runs inside the transaction just before the commit.
        Raises StoreError; then nothing was written.
        """
        arrival = Arrival.of(source_id, now or datetime.now(UTC), seen_before_start=seen_before_start)
        with self._transaction() as connection:
            assert self._adder is not None
            added = self._adder.add(records, arrival)
            if then is not None:
                then(connection, added)
        return added

    def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Runs `function(connection)` in one transaction and returns what it returns; rolled back when it raises."""
        with self._transaction() as connection:
            return function(connection)

    def reader(self) -> sqlite3.Connection:
        """A new read-only connection; close it after use."""
        return open_reader(self.path)

    def checkpoint(self) -> None:
        """Moves what the write-ahead log holds into the file and cuts the log, as far as readers allow."""
        try:
            self._connection.execute("pragma wal_checkpoint(truncate)")
        except sqlite3.Error as error:
            raise store_error(error, self.path) from error

    def upkeep(self, *, now: datetime) -> list[str]:
        """Forgets indexes whose time is over and empties the WAL; returns what was dropped. Worth calling once a day."""
        with self._transaction() as connection:
            dropped = forget_old_samples(connection, now=now)
            forget_old_looks(connection, now=now)
            if self._adder is not None:
                self._adder.save()
                self._adder.forget()
        checkpoint(self._connection)
        return dropped

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self.readonly or self._adder is None:
            raise StoreError(f"{self.path} was opened for reading only")
        try:
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            except BaseException:
                self._adder.forget()
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise
        except sqlite3.Error as error:
            raise store_error(error, self.path) from error

    def close(self) -> None:
        """Saves what was kept in memory and closes the file."""
        if self._adder is not None:
            with contextlib.suppress(StoreError, sqlite3.ProgrammingError), self._transaction():
                self._adder.save()
        self._connection.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
