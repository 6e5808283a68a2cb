"""What is allowed in the two files and probably not meant; seen only when both are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from alerts.rules import RuleSet
from alerts.rules.model import Rule
from racewire.config import Config, Survey
from racewire.config.document import Document, Problem
from racewire.config.positions import Path
from racewire.config.suggest import did_you_mean


def doubts(survey: Survey, rules: RuleSet) -> Iterator[Problem]:
    """All of them, as warnings."""
    if survey.document is not None:
        yield from _channels(survey.document, survey.channels, rules)
    document = rules.document
    if document is None:
        return
    yield from _lists(document)
    for number, rule in enumerate(one.rule for one in rules.rules):
        place: Path = ("rule", number)
        yield from _tests(document, place, rule)
        yield from _twins(document, place, rule, [one.rule for one in rules.rules[:number]])
        if survey.config is not None:
            for part in ("when", "unless"):
                yield from _sources(document, (*place, part), survey.config)


def _doubt(document: Document, place: Path, message: str, help: str | None = None, *, key: bool = False) -> Problem:
    severity: Literal["warning"] = "warning"
    return document.problem(place, message, help, key=key, severity=severity)


def _channels(document: Document, named: frozenset[str], rules: RuleSet) -> Iterator[Problem]:
    for name in sorted(named - rules.channels):
        yield _doubt(document, ("channel", name), f"no rule sends to the channel '{name}'", key=True)


def _lists(document: Document) -> Iterator[Problem]:
    """A list that nothing names; looked for in the words of the file, which is where lists are named."""
    listed = document.data.get("list")
    for name in listed if isinstance(listed, dict) else ():
        if not re.search(rf"@{re.escape(name)}\b", document.text) and not _in_union(listed, name):
            yield _doubt(document, ("list", name), f"no rule uses the list '{name}'", f"rules name it '@{name}'", key=True)


def _in_union(listed: Any, name: str) -> bool:
    return any(name in (row.get("union") or ()) for row in listed.values() if isinstance(row, dict))


def _tests(document: Document, place: Path, rule: Rule) -> Iterator[Problem]:
    says = {test.fires for test in rule.test}
    if not says:
        yield _doubt(
            document, (*place, "id"), f"the rule '{rule.id}' has no test", "a [[rule.test]] shows what it fires on, and what not"
        )
    elif says == {True}:
        yield _doubt(document, (*place, "id"), f"the rule '{rule.id}' has no test in which it must stay silent", "fires = false")
    elif says == {False} and rule.when.sql is None:
        yield _doubt(document, (*place, "id"), f"the rule '{rule.id}' has no test in which it must fire", "fires = true")


def _twins(document: Document, place: Path, rule: Rule, before: list[Rule]) -> Iterator[Problem]:
    for other in before:
        if rule.when == other.when and rule.unless == other.unless and set(rule.send.to) & set(other.send.to):
            yield _doubt(document, (*place, "when"), f"the rule '{other.id}' says the same to the same channel", key=True)
            return


def _sources(document: Document, place: Path, config: Config) -> Iterator[Problem]:
    """Conditions on sources and languages that the config does not have."""
    table: Any = document.data
    for part in place:
        table = (
            table.get(part)
            if isinstance(table, dict)
            else table[part]
            if isinstance(table, list) and isinstance(part, int)
            else None
        )
    if not isinstance(table, dict):
        return
    known = [source.id for source in config.source]
    languages = {source.lang for source in config.sources()}
    for here, branch in [(place, table), *(((*place, "any_of", n), row) for n, row in enumerate(table.get("any_of") or ()))]:
        for name in _words(branch.get("source")):
            if name not in known:
                yield _doubt(document, (*here, "source"), f"no source has the id '{name}'", did_you_mean(name, known))
        for name in _words(branch.get("lang")):
            if None not in languages and name not in languages:
                yield _doubt(
                    document,
                    (*here, "lang"),
                    f"no source that is on has the language '{name}'",
                    did_you_mean(name, sorted(map(str, languages))),
                )


def _words(value: Any) -> list[str]:
    return (
        [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    )
