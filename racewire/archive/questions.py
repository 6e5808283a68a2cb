"""The prepared questions of `racewire ask`: one SQL file each, with what it asks and its parameters in the head."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files

from racewire.archive.ask import Answer, run_sql
from racewire.archive.times import stamp
from racewire.errors import UsageError

NAMES = (
    "raised",
    "conflicts",
    "first",
    "mentions",
    "totals",
    "new",
    "investors",
    "rising",
    "said",
    "certainty",
    "late",
    "health",
    "reports",
    "about",
    "arrivals",
    "told",
)


@dataclass(frozen=True, slots=True)
class Question:
    """A prepared question. `parameters` maps each name to its default as text, "" for none."""

    name: str
    title: str
    parameters: Mapping[str, str]
    note: str
    sql: str


@lru_cache(maxsize=1)
def questions() -> dict[str, Question]:
    """All prepared questions by name."""
    return {name: _read(name) for name in NAMES}


def _read(name: str) -> Question:
    text = (files("racewire.archive") / "sql" / f"{name}.sql").read_text("utf-8")
    title = ""
    note: list[str] = []
    parameters: dict[str, str] = {}
    body: list[str] = []
    for line in text.splitlines():
        if line.startswith("-- :"):
            key, _, value = line[4:].partition("=")
            parameters[key.strip()] = value.strip()
        elif line.startswith("--") and not body:
            if title:
                note.append(line[2:].strip())
            else:
                title = line[2:].strip()
        else:
            body.append(line)
    return Question(name, title, parameters, " ".join(note), "\n".join(body).strip())


def ask(
    connection: sqlite3.Connection,
    name: str,
    given: Mapping[str, str] | None = None,
    *,
    now: datetime | None = None,
    seconds: float = 5.0,
    limit: int = 1000,
) -> Answer:
    """The answer to a prepared question.

    `given` replaces defaults; `90d` for `since` is that long before `now`, else it is a year, month, day or time in ISO 8601, in UTC where
    it names no zone. Raises UsageError for an unknown name or parameter, and for a value that is none of its kind.
    """
    question = questions().get(name)
    if question is None:
        raise UsageError(f"no question is called {name!r}: ask one of {', '.join(NAMES)}, or write a SELECT")
    unknown = sorted(set(given or {}) - set(question.parameters))
    if unknown:
        takes = ", ".join(question.parameters) or "nothing"
        raise UsageError(f"{name} does not take {', '.join(unknown)}: it takes {takes}")
    values = {**question.parameters, **(given or {})}
    moment = now or datetime.now(UTC)
    bound = {key: _value(key, value, question.parameters[key], moment) for key, value in values.items()}
    return run_sql(connection, question.sql, bound, seconds=seconds, limit=limit)


UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
NUMBER = re.compile(r"-?[0-9]{1,18}")
LENGTH = re.compile(r"([0-9]{1,18})([mhdw])")
MONTH = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
EARLIEST = "0001-01-01T00:00:00Z"


def _value(key: str, text: str, default: str, now: datetime) -> object:
    """What the SQL gets for `key`: a time for `since`, a number where the default is one, else the text. "" gives NULL."""
    if text == "":
        return None
    if key == "since":
        return _since(text, now)
    if not NUMBER.fullmatch(default):
        return text
    if not NUMBER.fullmatch(text):
        raise UsageError(f"{key}: '{text[:40]}' is not a whole number such as {default}")
    return int(text)


def _since(text: str, now: datetime) -> str:
    length = LENGTH.fullmatch(text)
    try:
        if length is not None:
            return stamp(now - int(length[1]) * UNITS[length[2]])
        moment = datetime.fromisoformat(f"{text}-01-01"[:10] if MONTH.fullmatch(text) else text)  # without a zone it is UTC
        return stamp(moment)
    except OverflowError:
        return EARLIEST
    except ValueError:
        raise UsageError(f"since: '{text[:40]}' is neither a time such as 90d nor a day such as 2026-01-31") from None
