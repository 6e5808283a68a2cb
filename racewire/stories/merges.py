"""Which story holds now, after merges."""

from __future__ import annotations

import sqlite3

LONGEST_CHAIN = 64


def current(connection: sqlite3.Connection, story_id: int) -> int:
    """The story that holds what `story_id` held, after every merge since."""
    for _ in range(LONGEST_CHAIN):
        row = connection.execute("select merged_into from stories where id = ?", (story_id,)).fetchone()
        if row is None or row[0] is None:
            break
        story_id = row[0]
    return story_id
