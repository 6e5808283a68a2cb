"""How often a rule may speak: once a story, once an entity in so many days, again when the figure changes.

The same decision serves the live engine, which reads what was said from the database, and the back-test, which keeps it in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from alerts.rules.compile import CompiledRule
from alerts.story import same_sum


@dataclass(frozen=True, slots=True)
class Fact:
    """What is new about a story for a rule. `key` is empty for the first word on it."""

    key: str
    kind: Literal["created", "updated"]


@dataclass(frozen=True, slots=True)
class Said:
    """An earlier alert of the rule."""

    fact: str
    at: datetime
    figures: list[Any]


class History(Protocol):
    def of_story(self, rule_id: str, story_id: int) -> list[Said]:
        """Earlier alerts of the rule for the story, for all that was merged into it and for every article that stands in it now."""

    def since(self, rule_id: str, fact: str | None, moment: datetime) -> bool:
        """Whether the rule said anything (with this fact, unless None) at or after a moment."""


def decide(
    rule: CompiledRule, *, story_id: int, entities: list[str], figures: list[Any], now: datetime, history: History
) -> Fact | None:
    """What the rule may say now, or None."""
    said = history.of_story(rule.id, story_id)
    start = now - timedelta(seconds=rule.window)
    if rule.once_per == "entity":
        for entity in entities[:1] or [""]:
            key = f"entity:{entity}"
            if any(one.fact == key for one in said) or history.since(rule.id, key, start):
                return None
            return Fact(key, "created")
    if rule.once_per == "rule":
        return None if said or history.since(rule.id, None, start) else Fact("", "created")
    if not said:
        return Fact("", "created")
    if rule.rule.send.again_when == "figure_changes" and figures:
        return _changed(figures, said)
    return None


def _changed(figures: list[Any], said: list[Said]) -> Fact | None:
    """The figure in question where it can be none of the sums told so far for the same role."""
    figure = figures[0]
    told = [other for one in said for other in one.figures if other["role"] == figure["role"]]
    if told and all(same_sum(figure, other) is False for other in told):
        return Fact(f"figure:{figure['currency']}:{figure['low']}:{figure['high']}", "updated")
    return None
