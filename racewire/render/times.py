"""Moments for people, in the reader's zone."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def read(text: str | None) -> datetime | None:
    """The moment of a time in the database; None for anything else."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def day(moment: datetime, zone: tzinfo) -> str:
    """`29 Jun 2023`."""
    local = moment.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def clock(moment: datetime, zone: tzinfo) -> str:
    """`08:12`."""
    return moment.astimezone(zone).strftime("%H:%M")


def place(zone: tzinfo) -> str:
    """The zone as a reader knows it: `Ho Chi Minh`, `UTC`."""
    return str(getattr(zone, "key", None) or zone).rsplit("/", 1)[-1].replace("_", " ")


def full(moment: datetime, zone: tzinfo) -> str:
    """`29 Jun 2023, 08:12 Ho Chi Minh`."""
    return f"{day(moment, zone)}, {clock(moment, zone)} {place(zone)}"


def later(first: datetime, moment: datetime) -> str:
    """`+19 min`, `+3 h`, `+2 d`; "" for the first itself."""
    minutes = int((moment - first).total_seconds() // 60)
    if minutes < 1:
        return ""
    if minutes < 90:
        return f"+{minutes} min"
    hours = round(minutes / 60)
    return f"+{hours} h" if hours < 48 else f"+{round(hours / 24)} d"
