"""What the pages are made for: a database, the reader's time zone, the tracked names and the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from racewire.entities import Gazetteer


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule of the file in words: `says` are its conditions, `unless` what silences it, `to` the channels that it sends to."""

    id: str
    title: str
    severity: str
    says: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    rhythm: str = ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of the file, or `problem`: one sentence on why there are none to show."""

    rules: tuple[RuleEntry, ...] = ()
    problem: str = ""


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Site:
    """`rulebook` is asked for each page that shows rules, so that a changed file is seen. `host` is the name that was listened on."""

    database: Path
    gazetteer: Gazetteer
    zone: tzinfo = UTC
    rulebook: Callable[[], Rulebook] = Rulebook
    host: str = "127.0.0.1"
    clock: Callable[[], datetime] = field(default=_clock)
