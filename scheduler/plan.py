"""When each source is due.

A source is polled on a grid of its own: every `every` seconds, shifted by an offset that is derived from its id. So sources
with the same interval do not all start at once, and a restart keeps the same times. (APScheduler's `jitter` was measured to
drift: with 120 s of it a ten-minute interval takes eleven.)
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
BACKOFF_AFTER = 3
"""So many failures in a row are borne at the usual pace before a source is asked less often."""
BACKOFF_CAP = timedelta(hours=6)


def offset(source_id: str, every: float) -> float:
    """Seconds in [0, every) by which this source's grid is shifted; the same on each machine and at each start."""
    share = int.from_bytes(hashlib.sha256(source_id.encode()).digest()[:8], "big") / 2**64
    return share * every


def grid_start(source_id: str, every: float) -> datetime:
    """A moment on the grid of the source, from which its interval counts."""
    return EPOCH + timedelta(seconds=offset(source_id, every))


def next_due(source_id: str, every: float, after: datetime, *, failures: int = 0, not_before: datetime | None = None) -> datetime:
    """The first moment on the source's grid after `after`.

    With `failures` in a row beyond BACKOFF_AFTER the wait doubles with each, up to BACKOFF_CAP; `not_before` is what the
    site asked for by Retry-After.
    """
    earliest = after
    if failures >= BACKOFF_AFTER:
        wait = min(timedelta(seconds=every) * 2 ** min(failures - BACKOFF_AFTER, 12), BACKOFF_CAP)
        earliest = max(earliest, after + wait - timedelta(seconds=every))
    if not_before is not None:
        earliest = max(earliest, not_before)
    start = grid_start(source_id, every)
    periods = int((earliest - start).total_seconds() // every) + 1
    return start + timedelta(seconds=periods * every)
