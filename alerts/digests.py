"""Digests as rows: one delivery that stands for many. Those that it carries point to it and are no longer due themselves."""

from __future__ import annotations

import base64
import secrets
import sqlite3
from collections.abc import Sequence

MOST_ITEMS = 500  # so that the ids of all still fit into one message


def new_delivery_id() -> str:
    """`msg_` and 26 characters: 128 random bits, never a dot."""
    return "msg_" + base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def digest_for(connection: sqlite3.Connection, channel: str, *, now: str, due: str, or_sooner: bool = False) -> str:
    """The id of a digest to this channel that is still open, has room and is due at `due` (or, with `or_sooner`, before); made where none is."""
    query = f"""
    select d.id from deliveries d where d.state = 'waiting' and d.kind = 'digest' and d.channel = ? and d.body is null
    and d.next_at {"<=" if or_sooner else "="} ? and (select count(*) from deliveries i where i.digest_id = d.id) < ?
    order by d.next_at limit 1
    """  # noqa: S608 (one of two operators)
    row = connection.execute(query, (channel, due, MOST_ITEMS)).fetchone()
    if row is not None:
        return str(row[0])
    id = new_delivery_id()
    connection.execute(
        "insert into deliveries(id, channel, kind, created_at, next_at) values (?, ?, 'digest', ?, ?)", (id, channel, now, due)
    )
    return id


def put_off(connection: sqlite3.Connection, channel: str, ids: Sequence[str], *, now: str, due: str) -> None:
    """Moves waiting deliveries into digests that are due at `due` at the latest; one digest where it has room."""
    rest = list(ids)
    while rest:
        digest = digest_for(connection, channel, now=now, due=due, or_sooner=True)
        (taken,) = connection.execute("select count(*) from deliveries where digest_id = ?", (digest,)).fetchone()
        room = MOST_ITEMS - taken
        connection.executemany(
            "update deliveries set digest_id = ?, next_at = null where id = ? and state = 'waiting'",
            [(digest, id) for id in rest[:room]],
        )
        rest = rest[room:]
