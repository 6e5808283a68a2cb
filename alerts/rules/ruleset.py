"""The rules of one file, run over the articles that were just added."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from time import monotonic

from alerts.rules.compile import CompiledRule, Compiler
from alerts.rules.evidence import find_match
from alerts.rules.recorder import Recorder
from alerts.story import rows
from racewire.config.document import Document, Problem
from racewire.entities import Gazetteer

SQL_SECONDS = 1.0  # how long the own SQL of a rule may run, a rule and a transaction


class RuleSet:
    """`rules` in the order of the file; `warnings` are doubts about the file that are no mistakes."""

    def __init__(
        self,
        rules: Sequence[CompiledRule],
        *,
        gazetteer: Gazetteer,
        timezone: tzinfo,
        warnings: Sequence[Problem] = (),
        document: Document | None = None,
        compiler: Compiler | None = None,
    ) -> None:
        self.rules = tuple(rules)
        self.gazetteer = gazetteer
        self.timezone = timezone
        self.warnings = tuple(warnings)
        self.document = document
        self.compiler = compiler
        self._filed: dict[str, list[int]] = defaultdict(list)
        self._unfiled: list[int] = []
        for number, rule in enumerate(self.rules):
            ids = rule.anchor
            if ids is None:
                self._unfiled.append(number)
            for id in ids or ():
                self._filed[id].append(number)

    @property
    def channels(self) -> frozenset[str]:
        """The channels that some rule sends to."""
        return frozenset(name for rule in self.rules for name in rule.rule.send.to)

    def rule(self, id: str) -> CompiledRule | None:
        return next((rule for rule in self.rules if rule.id == id), None)

    def evaluate(self, connection: sqlite3.Connection, article_ids: Iterable[int], *, now: datetime) -> list[int]:
        """Runs inside the open transaction that added the articles; inserts alerts and one delivery a channel, returns the alert ids.

        Articles that were on a source's page at first contact are passed over. Safe to repeat: what was told is not told again.
        """
        recorder = Recorder(connection, self.gazetteer, self.timezone, now)
        alerts = []
        for rule, candidates in self._candidates(connection, article_ids):
            try:
                with _limited(connection, rule):
                    matched = matching(connection, rule, candidates)
            except sqlite3.Error as error:
                if not rule.has_sql or error.sqlite_errorname not in _FAULTS_OF_SQL:
                    raise
                recorder.rule_failed(rule, str(error))
                continue
            for article_id in matched:
                alert_id = recorder.record(rule, find_match(connection, rule, article_id))
                if alert_id is not None:
                    alerts.append(alert_id)
        return alerts

    def _candidates(self, connection: sqlite3.Connection, article_ids: Iterable[int]) -> Iterator[tuple[CompiledRule, list[int]]]:
        """The rules that may hold, each with the articles for which it may."""
        wanted = json.dumps(sorted(set(article_ids)))
        names: dict[int, set[str]] = {}
        roles: dict[int, set[str]] = defaultdict(set)
        for row in rows(connection, _FRESH, (wanted,)):
            names[row["id"]] = set()
        for row in rows(connection, _NAMES, (wanted,)):
            if row["article_id"] in names:
                names[row["article_id"]].add(row["entity_id"])
        for row in rows(connection, _FIGURES, (wanted,)):
            if row["article_id"] in names:
                names[row["article_id"]].update(party for party in (row["recipient"], row["payer"]) if party)
                roles[row["article_id"]].add(row["role"])
        woken: dict[int, list[int]] = defaultdict(list)
        for article_id, entities in names.items():
            frozen, kinds = frozenset(entities), frozenset(roles[article_id])
            for number in {*self._unfiled, *(number for id in entities for number in self._filed.get(id, ()))}:
                if self.rules[number].may_hold(frozen, kinds):
                    woken[number].append(article_id)
        for number in sorted(woken):
            yield self.rules[number], woken[number]


_FAULTS_OF_SQL = frozenset(["SQLITE_ERROR", "SQLITE_INTERRUPT", "SQLITE_TOOBIG", "SQLITE_MISMATCH"])
_FRESH = """
select id from articles where id in (select value from json_each(?)) and seen_before_start = 0 and story_id is not null order by id
"""
_NAMES = (
    "select distinct article_id, entity_id from mentions where article_id in (select value from json_each(?)) and certain = 1"
)
_FIGURES = """
select distinct article_id, role, recipient, payer from figures where article_id in (select value from json_each(?))
"""


def matching(connection: sqlite3.Connection, rule: CompiledRule, article_ids: Iterable[int]) -> list[int]:
    """Those of the articles for which the rule holds, in order of arrival."""
    query = f"select a.id from articles a where a.id in (select value from json_each(:articles)) and {rule.where} order by a.id"  # noqa: S608
    parameters = {**rule.parameters, "articles": json.dumps(list(article_ids))}
    return [row[0] for row in connection.execute(query, parameters)]


@contextmanager
def _limited(connection: sqlite3.Connection, rule: CompiledRule) -> Iterator[None]:
    """Ends a user's SQL that runs too long or grows too large; a rule without SQL of its own needs no watching."""
    if not rule.has_sql:
        yield
        return
    end = monotonic() + SQL_SECONDS
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10_000_000)
    connection.set_progress_handler(lambda: monotonic() > end, 10_000)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
