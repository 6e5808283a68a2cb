"""What keeps the file small and sound: forgetting indexes whose time is over, checkpoints, a look at the file's health."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from racewire.archive.times import stamp
from racewire.stories.copies import CopyIndex

KEPT_DAYS = 90  # a month of samples goes when nothing was added to it for so long


def forget_old_samples(connection: sqlite3.Connection, *, now: datetime) -> list[str]:
    """Drops the tables of samples by which copies are found, for months that gained no article for 90 days; returns their names.

    Call it inside a transaction, once a day or less often. Articles, stories and addresses are kept for ever: only a copy that comes
    even later would not be recognised.
    """
    before = stamp(now - timedelta(days=KEPT_DAYS))
    (newest_old,) = connection.execute("select max(id) from articles where first_seen_at < ?", (before,)).fetchone()
    return [] if newest_old is None else CopyIndex(connection).drop_older(newest_old + 1)


def checkpoint(connection: sqlite3.Connection) -> bool:
    """Writes the WAL back and empties it; False where a reader stood in the way. Call it outside any transaction."""
    (busy, _, _) = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
    return not busy


def damage(connection: sqlite3.Connection, *, thorough: bool = False) -> list[str]:
    """What SQLite finds wrong with the file; empty where it is sound. `thorough` also compares every index with its table."""
    pragma = "integrity_check" if thorough else "quick_check"
    found = [text for (text,) in connection.execute(f"pragma {pragma}(20)").fetchall()]
    return [] if found == ["ok"] else found
