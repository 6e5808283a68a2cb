"""What a rule would have sent about the articles that are stored."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from alerts.rules.compile import CompiledRule
from alerts.rules.evidence import alert_data, find_match
from alerts.rules.model import FigureCondition, Rule, When
from alerts.rules.money import Comparison
from alerts.rules.once import Said, decide
from alerts.rules.ruleset import RuleSet
from racewire.archive.times import moment, stamp
from racewire.errors import UsageError
from racewire.render.words import subject
from racewire.stories import current

NEAR = 0.6  # of the threshold: what comes this close is a near miss


@dataclass(frozen=True, slots=True)
class Told:
    """One alert that would have been sent."""

    at: datetime
    story_id: int
    article_id: int
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Backtest:
    """`matched` counts articles for which the rule holds; `near` are stories that came within 60 % of its sum."""

    rule_id: str
    since: datetime
    matched: int
    alerts: tuple[Told, ...]
    near: tuple[int, ...]

    @property
    def weeks(self) -> dict[str, int]:
        """Alerts a week, `2023-W26`, weeks without one left out."""
        return dict(Counter("{}-W{:02}".format(*told.at.isocalendar()[:2]) for told in self.alerts))

    @property
    def busiest(self) -> int:
        """The most alerts in one week."""
        return max(self.weeks.values(), default=0)


def backtest(connection: sqlite3.Connection, rules: RuleSet, rule_id: str, *, since: datetime) -> Backtest:
    """Runs one rule over what arrived since a moment, in order of arrival, as the live engine does.

    Articles that were on a page at first contact count as well, silences do not: the question is what the rule says, not what was
    kept back. Raises UsageError for an unknown rule.
    """
    rule = rules.rule(rule_id)
    if rule is None:
        known = ", ".join(one.id for one in rules.rules)
        raise UsageError(f"there is no rule '{rule_id[:60]}'; there are: {known or 'none'}")
    history = _Memory()
    told: list[Told] = []
    matched = _matching_since(connection, rule, since)
    for article_id, at in matched:
        match = find_match(connection, rule, article_id)
        story_id = current(connection, match.article["story_id"])
        fact = decide(rule, story_id=story_id, entities=match.entities, figures=match.figures, now=at, history=history)
        if fact is None:
            continue
        history.add(story_id, Said(fact.key, at, [dict(figure) for figure in match.figures]))
        data = alert_data(connection, rule, match, rules.gazetteer) | {"updated": fact.kind == "updated"}
        told.append(Told(at, story_id, article_id, fact.kind, subject(data)))
    return Backtest(rule_id, since, len(matched), tuple(told), _near(connection, rules, rule, since))


def _matching_since(connection: sqlite3.Connection, rule: CompiledRule, since: datetime) -> list[tuple[int, datetime]]:
    query = f"""
    select a.id, a.first_seen_at from articles a
    where a.first_seen_at >= :since and a.story_id is not null and {rule.where} order by a.id
    """  # noqa: S608 (values are parameters)
    return [(id, moment(at)) for id, at in connection.execute(query, {**rule.parameters, "since": stamp(since)})]


def _near(connection: sqlite3.Connection, rules: RuleSet, rule: CompiledRule, since: datetime) -> tuple[int, ...]:
    """Stories for which the rule would hold if it asked for less, and does not."""
    lower = _lowered(rule.rule)
    if lower is None or rules.compiler is None:
        return ()
    found = {_story(connection, id) for id, _ in _matching_since(connection, rules.compiler.compile(lower), since)}
    found -= {_story(connection, id) for id, _ in _matching_since(connection, rule, since)}
    return tuple(sorted(found))


def _story(connection: sqlite3.Connection, article_id: int) -> int:
    return current(connection, connection.execute("select story_id from articles where id = ?", (article_id,)).fetchone()[0])


def _lowered(rule: Rule) -> Rule | None:
    """The rule with each lower limit of its figure at 60 %; None where it has none."""
    figure = rule.when.figure
    if figure is None:
        return None
    sums = {code.lower(): _lower(comparison) for code, comparison in figure.sums().items() if comparison.low is not None}
    if not sums:
        return None
    wanted: FigureCondition = figure.model_copy(update=sums)
    when: When = rule.when.model_copy(update={"figure": wanted})
    return rule.model_copy(update={"when": when})


def _lower(comparison: Comparison) -> Comparison:
    assert comparison.low is not None
    high = None if comparison.low == comparison.high else comparison.high
    return Comparison(comparison.written, comparison.low * 6 / 10, high, comparison.low_out, comparison.high_out)


@dataclass
class _Memory:
    """What was said so far in this run."""

    said: dict[int, list[Said]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, datetime] = field(default_factory=dict)
    last: datetime | None = None

    def add(self, story_id: int, said: Said) -> None:
        self.said[story_id].append(said)
        self.facts[said.fact] = self.last = said.at

    def of_story(self, rule_id: str, story_id: int) -> list[Said]:
        return self.said.get(story_id, [])

    def since(self, rule_id: str, fact: str | None, moment: datetime) -> bool:
        at = self.last if fact is None else self.facts.get(fact)
        return at is not None and at >= moment.replace(microsecond=0)
