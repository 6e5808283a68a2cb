"""Why a rule spoke, or did not: each of its demands, held or failed, with what was found in the text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from alerts.rules import tree
from alerts.rules.clauses import Clause
from alerts.rules.compile import CompiledRule
from alerts.rules.evidence import find_match, holds, witnesses
from alerts.rules.ruleset import RuleSet
from alerts.rules.silences import Silences
from alerts.story import family, rows, told
from racewire.errors import UsageError
from racewire.stories import url_key

Verdict = Literal["fired", "silenced", "held back", "not told", "failed"]


@dataclass(frozen=True, slots=True)
class Step:
    """One demand of a rule. `found` is what the text says about it; `inner` are the parts of a figure or the branches of an alternative."""

    held: bool
    words: str
    found: str = ""
    inner: tuple[Step, ...] = ()

    @property
    def score(self) -> float:
        """The share of what is demanded that held, 0 to 1."""
        if not self.inner:
            return float(self.held)
        return 1.0 if self.held else min(0.99, sum(step.score for step in self.inner) / len(self.inner))

    def lines(self, depth: int = 0) -> Iterator[str]:
        found = f"   {self.found}" if self.found else ""
        yield f"{'  ' * depth}{'✓' if self.held else '✗'} {self.words}{found}"
        for step in self.inner:
            yield from step.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule and one story, by the article that fulfils most of the rule.

    `verdict` is `fired` (with the alert and its deliveries), `silenced`, `held back` (seen at first contact), `not told` (the rule holds
    now, yet did not when the article came) or `failed`. `note` says it in a sentence.
    """

    rule_id: str
    verdict: Verdict
    note: str
    article_id: int
    url: str
    steps: tuple[Step, ...]
    alert_id: int | None = None
    deliveries: tuple[dict[str, str | int], ...] = ()

    @property
    def score(self) -> float:
        return sum(step.score for step in self.steps) / len(self.steps) if self.steps else 0.0

    def lines(self) -> Iterator[str]:
        yield f"{self.rule_id}: {self.note}"
        for step in self.steps:
            yield from step.lines(1)
        for row in self.deliveries:
            yield f"  -> {row['channel']}: {row['state']}, attempts {row['attempts']}{'   ' + str(row['error']) if row['error'] else ''}"


def explain(connection: sqlite3.Connection, rules: RuleSet, what: str, *, now: datetime) -> list[Explanation]:
    """Every rule against a story (its number) or an article (its address): those that fired first, then the nearest to firing.

    Raises UsageError where there is no such story or article.
    """
    articles = _articles(connection, what)
    stories = family(connection, articles[0]["story_id"]) if articles[0]["story_id"] is not None else []
    silences = Silences(connection, now)
    found = [_explain(connection, rule, articles, stories, silences) for rule in rules.rules]
    return sorted(found, key=lambda one: (one.verdict != "fired", -one.score))


def _articles(connection: sqlite3.Connection, what: str) -> list[sqlite3.Row]:
    columns = "id, url, story_id, seen_before_start"
    if what.isascii() and what.isdecimal() and len(what) < 19:
        stories = family(connection, int(what))
        found = rows(connection, f"select {columns} from articles where story_id = ? order by id limit 200", (stories[0],))  # noqa: S608
        if not found:
            raise UsageError(f"there is no story {what}; `racewire search` shows the numbers of stories")
        return found
    query = f"select {columns} from articles where id in (select article_id from rw_keys where key = ?)"  # noqa: S608
    found = rows(connection, query, (url_key(what),))
    if not found:
        raise UsageError(f"there is no article at {what[:200]} in the database")
    return found


def _explain(
    connection: sqlite3.Connection, rule: CompiledRule, articles: list[sqlite3.Row], stories: list[int], silences: Silences
) -> Explanation:
    looked = [(article, article_steps(connection, rule, article["id"])) for article in articles]
    article, steps = max(looked, key=lambda pair: sum(step.score for step in pair[1]))
    alert = next(iter(told(connection, rule.id, stories)), None) if stories else None
    if alert is not None:
        deliveries = rows(
            connection,
            "select channel, state, attempts, coalesce(last_error, '') as error from deliveries where alert_id = ?",
            (alert["id"],),
        )
        note = f"fired at {alert['created_at']} (alert {alert['id']})"
        return Explanation(
            rule.id, "fired", note, article["id"], article["url"], steps, alert["id"], tuple(dict(row) for row in deliveries)
        )
    if not all(step.held for step in steps):
        note = "did not fire: " + "; ".join(step.words for step in steps if not step.held)
        return Explanation(rule.id, "failed", note, article["id"], article["url"], steps)
    by = silences.hold(rule.id, stories, find_match(connection, rule, article["id"]))
    if by:
        return Explanation(rule.id, "silenced", f"holds, but is silenced: {by}", article["id"], article["url"], steps)
    if article["seen_before_start"]:
        note = "holds, but the article was there already when its source was met for the first time"
        return Explanation(rule.id, "held back", note, article["id"], article["url"], steps)
    note = "holds now, but nothing was sent: the rule changed since, or once_per kept it back"
    return Explanation(rule.id, "not told", note, article["id"], article["url"], steps)


def article_steps(connection: sqlite3.Connection, rule: CompiledRule, article_id: int) -> tuple[Step, ...]:
    """The demands of a rule on one article; a step for each of `when`, one for `unless`."""
    assert isinstance(rule.when, tree.All)
    steps = [_step(connection, rule, node, article_id) for node in rule.when.of]
    if rule.unless is not None:
        found = [_step(connection, rule, clause, article_id) for clause in tree.clauses(rule.unless)]
        loud = [step for step in found if step.held]
        words = f"not unless: {'; '.join(step.words for step in (loud or found))}"
        steps.append(Step(not loud, words, loud[0].found if loud else ""))
    return tuple(steps)


def _step(connection: sqlite3.Connection, rule: CompiledRule, node: tree.Node, article_id: int) -> Step:
    if isinstance(node, Clause):
        held = holds(connection, rule, node, article_id)
        if node.kind == "figure":
            return _figure(connection, rule, node, article_id, held)
        return Step(held, node.words, _surfaces(witnesses(connection, rule, node, article_id)))
    inner = tuple(_step(connection, rule, child, article_id) for child in node.of)
    if isinstance(node, tree.All):
        return inner[0] if len(inner) == 1 else Step(all(step.held for step in inner), "all of", inner=inner)
    return Step(any(step.held for step in inner), "any of", inner=inner)


def _figure(connection: sqlite3.Connection, rule: CompiledRule, clause: Clause, article_id: int, held: bool) -> Step:
    """The figure that fulfils most of what is demanded, part by part."""
    tests = ", ".join(f"coalesce({part.sql}, 0) as t{place}" for place, part in enumerate(clause.parts))
    query = f"select f.surface, f.role, f.recipient, f.certainty, {tests} from figures f where f.article_id = :article limit 500"  # noqa: S608
    figures = rows(connection, query, {**rule.parameters, "article": article_id})
    if not figures:
        return Step(False, clause.words, "the article has no figure")
    best = max(figures, key=lambda row: sum(row[f"t{place}"] for place in range(len(clause.parts))))
    found = [(part, bool(best[f"t{place}"])) for place, part in enumerate(clause.parts)]
    parts = tuple(Step(true, part.words) for part, true in found if not (part.implied and true))
    said = f"{best['surface']} ({', '.join(filter(None, (best['role'], best['recipient'], best['certainty'])))})"
    return Step(held, clause.words, said if held else f"nearest: {said}", parts)


def _surfaces(found: list[sqlite3.Row]) -> str:
    return ", ".join(dict.fromkeys(row["surface"] for row in found[:5]))
