"""The tests that stand beside a rule: each text goes through the whole reading of names and figures into an archive in memory."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from alerts.rules.compile import CompiledRule
from alerts.rules.evidence import Match, find_match
from alerts.rules.explain import Step, article_steps
from alerts.rules.model import RuleTest
from alerts.rules.ruleset import RuleSet, matching
from racewire.archive import Archive, open_archive
from racewire.config.document import Problem
from racewire.entities import Gazetteer
from racewire.figures import find_figures
from racewire.model import Added, Record

TOLERANCE = 0.01  # between the `usd` of a test and what was found
_WITHOUT_DATE = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one test. `trouble` is "" where it passed; `steps` are the demands of the rule; `problem` points to the test in the file."""

    rule_id: str
    says: str
    trouble: str
    steps: tuple[Step, ...] = ()
    problem: Problem | None = None

    @property
    def passed(self) -> bool:
        return not self.trouble


def run_tests(rules: RuleSet, rule_id: str | None = None) -> list[Outcome]:
    """Every test of the rules (or of one), in the order of the file."""
    outcomes = []
    with open_archive(":memory:") as archive:
        for number, rule in enumerate(rules.rules):
            if rule_id is not None and rule.id != rule_id:
                continue
            for place, test in enumerate(rule.rule.test):
                outcome = _run(archive, rules, rule, test)
                outcomes.append(_placed(rules, outcome, number, place))
    return outcomes


def _placed(rules: RuleSet, outcome: Outcome, number: int, place: int) -> Outcome:
    if outcome.passed or rules.document is None:
        return outcome
    message = f"the test '{outcome.says}' of rule '{outcome.rule_id}' fails: {outcome.trouble}"
    problem = rules.document.problem(("rule", number, "test", place, "text"), message)
    return Outcome(outcome.rule_id, outcome.says, outcome.trouble, outcome.steps, problem)


class _Seen(Exception):
    """Ends the transaction of a test, so that nothing of it stays."""


def _run(archive: Archive, rules: RuleSet, rule: CompiledRule, test: RuleTest) -> Outcome:
    found: list[tuple[Match | None, tuple[Step, ...]]] = []

    def look(connection: sqlite3.Connection, added: list[Added]) -> None:
        article_id = added[0].article_id
        held = bool(matching(connection, rule, [article_id]))
        match = find_match(connection, rule, article_id) if held else None
        found.append((match, article_steps(connection, rule, article_id)))
        raise _Seen

    with suppress(_Seen):
        archive.add([_record(test, rules.gazetteer)], now=_moment(test.at) or _WITHOUT_DATE, then=look)
    match, steps = found[0]
    return Outcome(rule.id, test.says or test.text[:60], _trouble(test, match), steps)


def _record(test: RuleTest, gazetteer: Gazetteer) -> Record:
    """What the reading of a page makes of its text, for the text of a test."""
    published = _moment(test.at)
    mentions = gazetteer.find(test.text, test.lang)
    certain = [mention for mention in mentions if mention.certain]
    figures = find_figures(test.text, test.lang, published_on=published.date() if published else None, mentions=certain)
    return Record(
        url="test:rule",
        text=test.text,
        lang=test.lang,
        published_at=published,
        published_precision="day" if published else "none",
        mentions=tuple(certain),
        uncertain=tuple(mention for mention in mentions if not mention.certain),
        figures=tuple(figures),
    )


def _moment(at: date | datetime | None) -> datetime | None:
    if at is None:
        return None
    moment = at if isinstance(at, datetime) else datetime.combine(at, time(12))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _trouble(test: RuleTest, match: Match | None) -> str:
    if match is None:
        return "it does not fire" if test.fires else ""
    if not test.fires:
        return "it fires"
    if test.entity is not None and test.entity not in match.entities:
        return f"it fires for {', '.join(match.entities) or 'nobody'}, not for {test.entity}"
    if test.usd is not None and not any(_is(figure, test.usd) for figure in match.figures):
        found = ", ".join(f"{figure['usd_low']}" for figure in match.figures) or "no figure"
        return f"it fires with USD {found}, not {test.usd:g}"
    return ""


def _is(figure: sqlite3.Row, usd: float) -> bool:
    low, high = figure["usd_low"], figure["usd_high"]
    if low is None and high is None:
        return False
    slack = abs(usd) * TOLERANCE
    return bool((high if low is None else low) - slack <= usd <= (low if high is None else high) + slack)
