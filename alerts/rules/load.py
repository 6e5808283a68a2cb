"""Reads `rules.toml`: every mistake at once, names checked against the gazetteer, the lists and the channels."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo, available_timezones

from alerts.rules.compile import Compiler
from alerts.rules.known import Known
from alerts.rules.lists import Lists
from alerts.rules.model import RulesFile
from alerts.rules.ruleset import RuleSet
from racewire.config.document import Document, Problem, in_order, survey, validate
from racewire.config.suggest import did_you_mean
from racewire.entities import Gazetteer
from racewire.errors import ConfigError


def load_rules(
    path: str | os.PathLike[str], *, channels: Collection[str], gazetteer: Gazetteer | None = None, timezone: str = "UTC"
) -> RuleSet:
    """The rules of one file, ready to run. `channels` are the names that `send.to` may use, `timezone` that of digest hours.

    Raises ConfigError with every problem of the file. Doubts that are no mistakes are in `RuleSet.warnings`.
    """
    document, problems = survey(path)
    if document is None:
        raise ConfigError(f"{path} is not valid TOML", problems)
    names = Gazetteer.shipped() if gazetteer is None else gazetteer
    listed = document.data.get("list")
    known = Known(names, frozenset(listed if isinstance(listed, dict) else ()), frozenset(channels))
    file, wrong = validate(RulesFile, document, known)
    doubts = [*_timezone(document), *_ids(document)]
    lists = Lists(file.list if file else {}, names)
    doubts += lists.problems(document)
    problems = in_order([*problems, *wrong, *(doubt for doubt in doubts if doubt.severity == "error")])
    if problems or file is None:
        raise ConfigError(f"{path} has {len(problems)} mistake{'s' if len(problems) != 1 else ''}", problems)
    compiler = Compiler(lists.resolve, lists.said)
    return RuleSet(
        tuple(compiler.compile(rule) for rule in file.rule),
        gazetteer=names,
        timezone=ZoneInfo(file.timezone or timezone),
        warnings=tuple(in_order(doubts)),
        document=document,
        compiler=compiler,
    )


def _timezone(document: Document) -> Iterator[Problem]:
    name = document.data.get("timezone")
    if isinstance(name, str) and name not in available_timezones():
        yield document.problem(("timezone",), f"unknown time zone '{name[:60]}'", did_you_mean(name, available_timezones()))


def _ids(document: Document) -> Iterator[Problem]:
    """Two rules of one id; looked for in the raw data, so that other mistakes do not hide it."""
    rules = document.data.get("rule")
    first: dict[str, int] = {}
    for number, rule in enumerate(rules if isinstance(rules, list) else ()):
        name = rule.get("id") if isinstance(rule, dict) else None
        if not isinstance(name, str):
            continue
        if name in first:
            line = document.place(("rule", first[name], "id")).line
            yield document.problem(("rule", number, "id"), f"the id '{name[:60]}' is taken by the rule in line {line}")
        first.setdefault(name, number)
