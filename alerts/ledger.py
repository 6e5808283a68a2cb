"""The rows of `deliveries` as the outbox reads and writes them. Every function takes an open connection and commits nothing."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from alerts.channels.base import Message, MessageType
from alerts.digests import MOST_ITEMS
from alerts.story import describe, family, rows
from racewire.archive.times import moment, stamp


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is to be tried now. `body` is None until it was composed; `alerts` counts what it carries."""

    id: str
    kind: str
    attempts: int
    alert_id: int | None
    body: str | None


_DUE = """
select id, kind, attempts, alert_id, body from deliveries
where state = 'waiting' and next_at <= ? and channel = ? and digest_id is null order by next_at, rowid limit ?
"""


def due(connection: sqlite3.Connection, channel: str, now: datetime, most: int) -> list[Due]:
    return [Due(*row) for row in rows(connection, _DUE, (stamp(now), channel, most))]


def next_due(connection: sqlite3.Connection, channel: str) -> datetime | None:
    """When the next delivery of a channel is due; None where none waits."""
    query = """
    select next_at from deliveries where state = 'waiting' and channel = ? and digest_id is null and next_at is not null order by next_at limit 1
    """
    row = connection.execute(query, (channel,)).fetchone()
    return moment(row[0]) if row else None


def unsent(connection: sqlite3.Connection, channel: str, now: datetime) -> list[str]:
    """Ids of single alerts that are due and were never tried, in order: those that may still go into a digest."""
    query = """
    select id from deliveries where state = 'waiting' and next_at <= ? and channel = ? and digest_id is null
    and kind = 'alert' and attempts = 0 and body is null order by next_at, rowid
    """
    return [row[0] for row in connection.execute(query, (stamp(now), channel))]


def delivered_since(connection: sqlite3.Connection, channel: str, start: datetime) -> int:
    query = "select count(*) from deliveries where channel = ? and kind = 'alert' and digest_id is null and delivered_at >= ?"
    return int(connection.execute(query, (channel, stamp(start))).fetchone()[0])


def message(connection: sqlite3.Connection, one: Due, channel: str) -> Message | None:
    """What a delivery says, with the sources of the story as they stand now; None for a digest with nothing in it."""
    if one.kind == "digest":
        return _digest(connection, one)
    alert = rows(connection, "select * from alerts where id = ?", (one.alert_id,))[0]
    data = _refreshed(connection, alert)
    kind: MessageType = "alert.updated" if alert["kind"] == "updated" else "alert.created"
    return Message(one.id, kind, moment(alert["created_at"]), data, _thread(connection, alert, one.id, channel))


def alert_data(connection: sqlite3.Connection, alert_id: int) -> dict[str, Any]:
    """`data` of an alert, with the sources of its story as they stand now."""
    return _refreshed(connection, rows(connection, "select * from alerts where id = ?", (alert_id,))[0])


def _refreshed(connection: sqlite3.Connection, alert: sqlite3.Row) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(alert["data"])
    figure = data["figures"][0] if data["figures"] else {}
    story = describe(connection, alert["story_id"], figure.get("role"), figure.get("recipient"))
    data["disagreement"] = story.pop("disagreement")
    return data | {"story": story}


def _thread(connection: sqlite3.Connection, alert: sqlite3.Row, id: str, channel: str) -> str | None:
    """The first message to the channel about the same story, when that is another one."""
    for story_id in family(connection, alert["story_id"]):
        query = """
        select d.id from deliveries d join alerts a on a.id = d.alert_id
        where a.story_id = ? and a.id < ? and d.channel = ? and d.digest_id is null order by a.id limit 1
        """
        row = connection.execute(query, (story_id, alert["id"], channel)).fetchone()
        if row is not None and row[0] != id:
            return str(row[0])
    return None


def _digest(connection: sqlite3.Connection, one: Due) -> Message | None:
    query = """
    select a.*, d.id as delivery_id, d.channel from deliveries d join alerts a on a.id = d.alert_id
    where d.digest_id = ? and d.state = 'waiting' order by a.id limit ?
    """
    found = [alert for alert in rows(connection, query, (one.id, MOST_ITEMS)) if not _left_out(connection, alert)]
    if not found:
        return None
    items = [_refreshed(connection, alert) | {"delivery_id": alert["delivery_id"]} for alert in found]
    times = [alert["created_at"] for alert in found]
    (at,) = connection.execute("select next_at from deliveries where id = ?", (one.id,)).fetchone()
    data = {"count": len(items), "since": min(times), "until": max(times), "alerts": items}
    return Message(one.id, "digest", moment(at), data)


def save_bodies(connection: sqlite3.Connection, bodies: dict[str, str]) -> None:
    """Fixes what each delivery says, before it is sent for the first time."""
    connection.executemany(
        "update deliveries set body = ? where id = ? and body is null", [(body, id) for id, body in bodies.items()]
    )


def _left_out(connection: sqlite3.Connection, alert: sqlite3.Row) -> bool:
    """Whether the rule leaves out of digests what the channel was told already, and it was."""
    if not json.loads(alert["data"])["rule"].get("unless_sent"):
        return False
    query = """
    select 1 from deliveries d join alerts a on a.id = d.alert_id
    where a.story_id = ? and d.channel = ? and d.digest_id is null and d.state = 'delivered' limit 1
    """
    stories = family(connection, alert["story_id"])
    return any(connection.execute(query, (story, alert["channel"])).fetchone() for story in stories)


def nothing_to_say(connection: sqlite3.Connection, id: str, now: datetime) -> None:
    """Settles a digest that would say nothing: what it carries was told already, or it carries nothing."""
    connection.execute(
        "update deliveries set state = 'delivered', delivered_at = ?, next_at = null where id = ? or digest_id = ?",
        (stamp(now), id, id),
    )
    connection.execute(
        "delete from deliveries where id = ? and not exists (select 1 from deliveries i where i.digest_id = ?)", (id, id)
    )


def delivered(connection: sqlite3.Connection, id: str, now: datetime) -> None:
    """The other side took it, and with a digest all that it carries."""
    connection.execute(
        "update deliveries set state = 'delivered', attempts = attempts + 1, delivered_at = ?, next_at = null, last_error = null "
        "where id = ? or digest_id = ?",
        (stamp(now), id, id),
    )


def not_delivered(connection: sqlite3.Connection, id: str, message: str, now: datetime, wait: float | None) -> None:
    """An attempt failed; `wait` is how many seconds until the next, None where there will be none."""
    connection.execute(
        "update deliveries set attempts = attempts + 1, last_error = ? where id = ? or digest_id = ?", (message[:500], id, id)
    )
    if wait is None:
        connection.execute("update deliveries set state = 'failed', next_at = null where id = ? or digest_id = ?", (id, id))
    else:
        at = stamp(now + timedelta(seconds=ceil(wait + now.microsecond / 1e6)) - timedelta(microseconds=now.microsecond))
        connection.execute("update deliveries set next_at = ? where id = ?", (at, id))


def replay(connection: sqlite3.Connection, now: datetime, *, id: str | None = None) -> list[str]:
    """Puts a delivery (or every failed one) back to be tried, under the same id and with the same body; returns the ids.

    For one that a digest carried, the digest is sent again.
    """
    if id is None:
        found = [row[0] for row in connection.execute("select id from deliveries where state = 'failed' and digest_id is null")]
    else:
        found = [row[0] for row in connection.execute("select coalesce(digest_id, id) from deliveries where id = ?", (id,))]
    for one in found:
        connection.execute(
            "update deliveries set state = 'waiting', attempts = 0, delivered_at = null, last_error = null, "
            "next_at = case when id = ? then ? end where id = ? or digest_id = ?",
            (one, stamp(now), one, one),
        )
    return found
