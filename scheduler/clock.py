"""The machine's clock, which may be wrong: set by hand, woken from sleep, without a battery at the start.

What is due when is told by wall-clock time, because that survives a restart. So when the wall clock jumps, what was planned by
the old time is planned again, and a time in the archive that no plan could have made is not believed.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from racewire.archive.times import stamp

LONGEST_PAUSE = timedelta(days=2)
"""No source is left alone for longer, whatever it asked for and whatever the archive says."""
JUMP = 5.0
"""Seconds by which the wall clock may move against the other one between two looks and still count as steady."""


class Jumps:
    """`jump()` gives the seconds that the wall clock jumped since the last look, 0 where it did not."""

    def __init__(self, wall: Callable[[], datetime], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._difference = self._now()

    def _now(self) -> float:
        return self._wall().timestamp() - self._monotonic()

    def jump(self) -> float:
        """Seconds, negative where the clock went back."""
        before, self._difference = self._difference, self._now()
        moved = self._difference - before
        return moved if abs(moved) > JUMP else 0.0


def credible(due: datetime | None, now: datetime) -> datetime | None:
    """`due`, or None where it lies so far ahead that it was written under a clock that was wrong."""
    return None if due is None or due > now + LONGEST_PAUSE else due


def pull_back(connection: sqlite3.Connection, *, now: datetime, longest_wait: float) -> int:
    """Deliveries that wait for a time that no retry leads to are due now; returns how many. `longest_wait` in seconds."""
    latest = now + max(LONGEST_PAUSE, timedelta(seconds=2 * longest_wait))
    return connection.execute(
        "update deliveries set next_at = ? where state = 'waiting' and next_at > ?", (stamp(now), stamp(latest))
    ).rowcount
