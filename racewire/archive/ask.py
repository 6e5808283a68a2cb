"""Read-only SQL that a person typed, held in by all four fences that are needed.

A read-only connection, an authorizer that allows reading and nothing else, a time limit, and limits on the size of values and
answers: a time limit alone does not stop one long operation, such as making a string of a thousand million characters.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from racewire.errors import StoreError, UsageError

SECONDS = 5.0
ROWS = 1000
LARGEST_VALUE = 1_000_000
LONGEST_SQL = 100_000
STEPS = 2000  # virtual machine steps between two looks at the clock

ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
FORBIDDEN_FUNCTIONS = frozenset(["load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "randomblob", "zeroblob"])


class TooSlow(UsageError):
    """A question that was stopped because its time was over."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows; `cut` says that there were more rows than were asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    cut: bool = False

    def as_dicts(self) -> list[dict[str, object]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def run_sql(
    connection: sqlite3.Connection,
    sql: str,
    parameters: Mapping[str, object] | Sequence[object] = (),
    *,
    seconds: float = SECONDS,
    limit: int = ROWS,
) -> Answer:
    """Runs one SELECT on a read-only connection (`Archive.reader()`), which stays fenced in afterwards.

    Raises UsageError for SQL that is wrong, does anything but read, or takes too long.
    """
    fence(connection)
    with within(connection, seconds):
        cursor = connection.cursor()
        cursor.row_factory = None
        cursor.execute(sql, parameters)
        if cursor.description is None:
            raise UsageError("this is no question: write a SELECT")
        rows = cursor.fetchmany(limit + 1)
        columns = tuple(column[0] for column in cursor.description)
        cursor.close()
    return Answer(columns, tuple(tuple(row) for row in rows[:limit]), cut=len(rows) > limit)


@contextmanager
def within(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Stops what runs on the connection after so many seconds. Raises UsageError for that, and for whatever else SQLite refuses."""
    deadline = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), STEPS)
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(error, seconds) from error
    finally:
        connection.set_progress_handler(None, 0)


def fence(connection: sqlite3.Connection) -> None:
    """Puts up the fences that last: nothing but reading, and no huge values."""
    connection.set_authorizer(None)  # an earlier fence would forbid the pragma
    connection.execute("pragma query_only = on")
    for table in ("articles_fts", "json_each('[]')", "json_tree('[]')"):  # virtual tables: opened while that is still allowed
        connection.execute(f"select 1 from {table} limit 0").fetchall()  # noqa: S608
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000)
    connection.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in FORBIDDEN_FUNCTIONS else sqlite3.SQLITE_OK
    if action in ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first in ("table_info", "table_xinfo", "data_version"):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _explained(error: sqlite3.Error, seconds: float) -> UsageError | StoreError:
    text = str(error)
    if "interrupted" in text:
        return TooSlow(f"the question took more than {seconds:g} s and was stopped: ask for less, or use an indexed column")
    if "authoriz" in text or "prohibited" in text or "readonly" in text or "query_only" in text:
        return UsageError("only reading is allowed here: write a SELECT over the public tables")
    if "too big" in text or "too large" in text:
        return UsageError("a value in this question would be too large")
    if isinstance(error, (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.Warning, sqlite3.DataError)):
        return UsageError(f"SQL error: {text}")
    return StoreError(f"the database cannot be read: {text}")
