"""When articles that people were told of are to be read once more: papers change numbers and names without saying so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from racewire.archive.times import stamp

KEPT_DAYS = 7  # a look that its source gave no occasion for is let go


def plan_looks(connection: sqlite3.Connection, alert_ids: Iterable[int], waits: Iterable[float], *, now: datetime) -> None:
    """Notes that the articles of these alerts are to be read again after each of the waits, in seconds. Articles of no source are not."""
    connection.executemany(
        "insert or ignore into rw_looks(source_id, due_at, article_id) "
        "select source_id, ?, id from articles where source_id is not null and id = (select article_id from alerts where id = ?)",
        [(stamp(now + timedelta(seconds=wait)), alert_id) for alert_id in alert_ids for wait in waits],
    )


def due_looks(connection: sqlite3.Connection, source_id: str, *, now: datetime, most: int) -> list[tuple[int, str]]:
    """The articles of a source whose time has come, as (id, address), the longest due first."""
    query = """
    select a.id, a.url from rw_looks l join articles a on a.id = l.article_id where l.source_id = ? and l.due_at <= ?
    group by a.id order by min(l.due_at), a.id limit ?
    """
    return connection.execute(query, (source_id, stamp(now), most)).fetchall()


def note_look(connection: sqlite3.Connection, source_id: str, article_id: int, *, now: datetime, last: bool = False) -> None:
    """Takes off the looks that were due, with `last` those to come as well."""
    until = "9" if last else stamp(now)
    connection.execute(
        "delete from rw_looks where source_id = ? and article_id = ? and due_at <= ?", (source_id, article_id, until)
    )


def forget_old_looks(connection: sqlite3.Connection, *, now: datetime) -> None:
    """Lets go of looks that are long due: their source left the config, or has failed ever since."""
    connection.execute("delete from rw_looks where due_at < ?", (stamp(now - timedelta(days=KEPT_DAYS)),))
