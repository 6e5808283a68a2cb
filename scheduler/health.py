"""Sources that went quiet: the failure that no error message tells.

A source is silent when nothing new has come from it for three times its usual gap, learnt from its own crawls, and for at
least three polls. One event says so when it begins, one when it is over; `status` and the source's row show it meanwhile.
"""

from __future__ import annotations

import sqlite3
import statistics
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

LEARN_FROM = 30
"""So many of the last crawls with something new are looked at."""
LEARN_AT_LEAST = 5
"""Fewer than that say nothing about what is usual."""
TIMES_USUAL = 3
POLLS = 3


@dataclass(frozen=True, slots=True)
class Silence:
    """A source that fell silent (`since` is when it last had something new), or speaks again."""

    source_id: str
    since: datetime
    usual_gap: timedelta
    over: bool


def usual_gap(times: list[datetime]) -> timedelta | None:
    """The median time between consecutive `times`; None where there are too few to tell."""
    if len(times) < LEARN_AT_LEAST:
        return None
    return timedelta(seconds=statistics.median((b - a).total_seconds() for a, b in pairwise(sorted(times))))


def changes(connection: sqlite3.Connection, now: datetime) -> list[Silence]:
    """The sources whose state changed since the last such event of theirs. Writes nothing."""
    found = []
    for source_id, every in connection.execute("select id, every_s from sources where enabled = 1 order by id").fetchall():
        rows = connection.execute(
            "select finished_at from crawls where source_id = ? and new + copies + revisions > 0 order by id desc limit ?",
            (source_id, LEARN_FROM),
        ).fetchall()
        times = [datetime.fromisoformat(row[0]) for row in rows]
        gap = usual_gap(times)
        if gap is None:
            continue
        last = max(times)
        silent = now - last > max(TIMES_USUAL * gap, POLLS * timedelta(seconds=every))
        said = connection.execute(
            "select kind from events where source_id = ? and kind in ('silent', 'recovered') order by id desc limit 1",
            (source_id,),
        ).fetchone()
        was_silent = said is not None and said[0] == "silent"
        if silent != was_silent:
            found.append(Silence(source_id, last, gap, over=not silent))
    return found
