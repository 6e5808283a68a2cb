"""Looks at the SELECT of a `when.sql` before it may ever run: one statement, reading public tables only, with harmless functions."""

from __future__ import annotations

import sqlite3
from functools import cache

from racewire.archive import schema

PUBLIC = frozenset(
    {
        "sources", "crawls", "articles", "revisions", "stories", "mentions", "figures", "rounds", "alerts", "deliveries",
        "silences", "events", "mentions_daily", "articles_fts",
    }
)  # fmt: skip
_FORBIDDEN_FUNCTIONS = frozenset(["load_extension", "fts3_tokenizer", "randomblob", "zeroblob", "readfile", "writefile", "edit"])
_SHADOW = "articles_fts_"


def check_select(select: str) -> str | None:
    """What is wrong with a SELECT for `when.sql`, in a few words; None where it may be used."""
    if "\x00" in select:
        return "a NUL character"
    refused: list[str] = []

    def allow(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ:
            if not first or first in PUBLIC or first.startswith(_SHADOW):
                return sqlite3.SQLITE_OK
            refused.append(f"the table '{first}' is not public")
        elif action == sqlite3.SQLITE_FUNCTION:
            if (second or "").lower() not in _FORBIDDEN_FUNCTIONS:
                return sqlite3.SQLITE_OK
            refused.append(f"the function {second}() is not allowed")
        else:
            refused.append("only SELECT is allowed")
        return sqlite3.SQLITE_DENY

    connection = _empty()
    connection.set_authorizer(allow)
    try:
        columns = [column[0] for column in connection.execute(f"select * from ({select}\n) limit 0").description]  # noqa: S608
    except (sqlite3.Error, sqlite3.Warning) as error:
        return refused[0] if refused else str(error)
    finally:
        connection.set_authorizer(None)
    return None if "story_id" in columns else f"it gives no column story_id (only {', '.join(columns)})"


@cache
def _empty() -> sqlite3.Connection:
    """An archive without rows, in memory."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    for number in range(1, schema.VERSION + 1):
        for statement in schema.statements(number):
            connection.execute(statement)
    connection.execute("select count(*) from articles_fts")  # opens the table, which takes more than a SELECT may do
    return connection
