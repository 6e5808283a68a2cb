"""One place where an alias stands, before it is decided what it means."""

from __future__ import annotations

from dataclasses import dataclass

from racewire.entities.entity import Alias, Entity


@dataclass(slots=True)
class Hit:
    """`start` and `end` are offsets in the folded text, `at` and `to` in the original. `shouted`: in a line without small letters."""

    entity: Entity
    alias: Alias
    start: int
    end: int
    at: int
    to: int
    shouted: bool = False
    score: float = 1.0
