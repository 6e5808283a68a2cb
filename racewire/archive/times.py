"""Times as the database writes them."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """UTC, whole seconds, ending in `Z`. A naive time is taken for UTC; a time at the edge of the calendar stays as it is."""
    if moment.tzinfo is not None:
        with contextlib.suppress(OverflowError):
            moment = moment.astimezone(UTC)
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def moment(text: str) -> datetime:
    """The aware time of a stamp."""
    return datetime.fromisoformat(text)
