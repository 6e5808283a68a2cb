"""A rule as written, made ready to run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alerts.rules import tree
from alerts.rules.clauses import (
    Clause,
    Ids,
    Names,
    Value,
    conflict_clause,
    entity_clause,
    figure_clause,
    member_clause,
    sql_clause,
    together_clause,
    together_words,
)
from alerts.rules.model import Branch, Rule, Unless, When
from alerts.rules.values import read_once_per


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its conditions as a tree and as the WHERE of a query over articles `a`."""

    rule: Rule
    when: tree.Node
    unless: tree.Node | None
    where: str
    parameters: dict[str, Value]
    once_per: str
    window: int

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def title(self) -> str:
        return self.rule.title or self.rule.id

    @property
    def anchor(self) -> frozenset[str] | None:
        return tree.anchor(self.when)

    @property
    def has_sql(self) -> bool:
        return any(clause.kind == "sql" for clause in tree.clauses(self.when))

    def may_hold(self, names: frozenset[str], roles: frozenset[str]) -> bool:
        return tree.possible(self.when, names, roles)


class Compiler:
    """`resolve` turns one name of a rule into entity ids (None for every entity), `said` several names into words."""

    def __init__(self, resolve: Callable[[str], Ids], said: Callable[[tuple[str, ...]], str]) -> None:
        self._resolve = resolve
        self._said = said

    def compile(self, rule: Rule) -> CompiledRule:
        names = Names()
        when = self._all(rule.when, names)
        unless = self._unless(rule.unless, names) if rule.unless else None
        where = tree.sql(when)
        parameters: dict[str, Value] = {}
        for clause in (*tree.clauses(when), *(tree.clauses(unless) if unless else ())):
            parameters |= clause.parameters
        if unless is not None:
            where += f" and not {tree.sql(unless)}"
        once_per, window = read_once_per(rule.send.once_per)
        return CompiledRule(rule, when, unless, where, parameters, once_per, window)

    def _all(self, when: When, names: Names) -> tree.Node:
        found: list[tree.Node] = list(self._clauses(when, names))
        if when.conflict:
            of = self._union(when.conflict.of) if when.conflict.of else None
            found.append(conflict_clause(when.conflict, of, names, self._said))
        if when.sql:
            found.append(sql_clause(when.sql))
        if when.any_of:
            found.append(tree.Any(tuple(tree.All(tuple(self._clauses(branch, names))) for branch in when.any_of)))
        return tree.All(tuple(found))

    def _unless(self, unless: Unless, names: Names) -> tree.Node:
        return tree.Any(tuple(self._clauses(unless, names)))

    def _clauses(self, branch: Branch, names: Names) -> list[Clause]:
        found = []
        if branch.figure:
            wanted = branch.figure
            of = self._union(wanted.of) if wanted.of else None
            by = self._union(wanted.by) if wanted.by else None
            found.append(figure_clause(wanted, of, by, names, self._said))
        if branch.entity:
            found.append(entity_clause(self._union(branch.entity), f"names {self._said(branch.entity)}", names))
        if branch.together:
            groups = [self._resolve(name) for name in branch.together.entities]
            words = together_words(branch.together, self._said)
            found.append(together_clause(groups, branch.together.within, words, names))
        if branch.source:
            found.append(member_clause("source", branch.source, names))
        if branch.lang:
            found.append(member_clause("lang", branch.lang, names))
        return found

    def _union(self, wanted: tuple[str, ...]) -> Ids:
        sets = [self._resolve(name) for name in wanted]
        known = [ids for ids in sets if ids is not None]
        return frozenset().union(*known) if len(known) == len(sets) else None
