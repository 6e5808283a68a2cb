# ruff: noqa: S608  (statements are built from fixed parts here; every value is a parameter)
"""One condition of a rule as SQL over the public tables.

A clause is an expression that is true for an article `a`, and a query for its witnesses: the rows of `figures` or `mentions` that
make it true. Values travel as parameters, lists of entities as JSON arrays; nothing from a rule file enters the text of a
statement, except the SELECT of a `when.sql`, which `sandbox` has looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from alerts.rules.model import Conflict, FigureCondition, Together
from alerts.rules.money import Comparison

Value = str | float | int
Kind = Literal["figure", "entity", "together", "conflict", "source", "lang", "sql"]
Ids = frozenset[str] | None  # a set of entity ids; None is every entity


@dataclass(frozen=True, slots=True)
class Part:
    """One demand on a figure: an expression over its row `f`, and the same in words. `implied` is what holds without being written."""

    words: str
    sql: str
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """`sql` is an expression over an article `a`; `witness` selects rows for the article `:article`, or is empty.

    `words` is the clause for people. `needs` are sets of entities of each of which the article must name one (as a mention or as
    a party of a figure), `roles` the roles of which one of its figures must have one; both are necessary conditions that are cheap to look at first. `parts` are the
    demands of a figure clause one by one, for explanations.
    """

    kind: Kind
    words: str
    sql: str
    parameters: dict[str, Value] = field(default_factory=dict)
    witness: str = ""
    needs: tuple[frozenset[str], ...] = ()
    roles: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()


class Names:
    """Numbers the parameters of one rule, so that no two clauses share a name."""

    def __init__(self) -> None:
        self._count = 0
        self.values: dict[str, Value] = {}

    def put(self, value: Value) -> str:
        name = f"p{self._count}"
        self._count += 1
        self.values[name] = value
        return f":{name}"

    def array(self, values: Iterable[str]) -> str:
        """`(select …)`, for the right side of IN."""
        return f"(select value from json_each({self.put(json.dumps(sorted(values)))}))"

    def taken(self) -> dict[str, Value]:
        """The values put since the last call."""
        values, self.values = self.values, {}
        return values


def entity_clause(ids: Ids, words: str, names: Names) -> Clause:
    wanted = "m.certain = 1" if ids is None else f"m.certain = 1 and m.entity_id in {names.array(ids)}"
    return Clause(
        "entity",
        words,
        f"exists (select 1 from mentions m where m.article_id = a.id and {wanted})",
        names.taken(),
        f"select m.* from mentions m where m.article_id = :article and {wanted} order by m.start",
        needs=() if ids is None else (ids,),
    )


def together_clause(groups: list[Ids], within: str, words: str, names: Names) -> Clause:
    """The groups near each other: one mention of each, all of different entities."""
    count = range(len(groups))
    terms = [f"m{i}.certain = 1" for i in count]
    terms += [f"m{i}.entity_id in {names.array(ids)}" for i, ids in enumerate(groups) if ids is not None]
    terms += [f"m{i}.entity_id <> m{j}.entity_id" for i in count for j in range(i)]
    for i in count[1:]:
        terms += [f"m{i}.article_id = m0.article_id", f"m{i}.in_title = m0.in_title"]
        if within == "sentence":
            terms.append(f"m{i}.sentence_start = m0.sentence_start")
    if within == "paragraph":
        first = "min(" + ", ".join(f"m{i}.start" for i in count) + ")"
        last = "max(" + ", ".join(f'm{i}."end"' for i in count) + ")"
        text = "(select case when t.text = '' or m0.in_title then t.title else t.text end from articles t where t.id = m0.article_id)"
        terms.append(f"instr(substr({text}, {first} + 1, {last} - {first}), char(10)) = 0")
    tables = ", ".join(f"mentions m{i}" for i in count)
    where = " and ".join(terms)
    parts = " union ".join(f"select m{i}.* from {tables} where m0.article_id = :article and {where}" for i in count)
    return Clause(
        "together",
        words,
        f"exists (select 1 from {tables} where m0.article_id = a.id and {where})",
        names.taken(),
        f"select * from ({parts}) order by start limit 50",
        needs=tuple(ids for ids in groups if ids is not None),
    )


def member_clause(kind: Literal["source", "lang"], values: tuple[str, ...], names: Names) -> Clause:
    column = "source_id" if kind == "source" else "lang"
    said = f"the source is {_either(values)}" if kind == "source" else f"the language is {_either(values)}"
    return Clause(kind, said, f"coalesce(a.{column}, '') in {names.array(values)}", names.taken())


def sql_clause(select: str) -> Clause:
    """A user's SELECT that gives story_id; the line break ends a comment at its end."""
    return Clause(
        "sql", "the rule's own SQL gives the story", f"exists (select 1 from ({select}\n) q where q.story_id = a.story_id)"
    )


def figure_clause(wanted: FigureCondition, of: Ids, by: Ids, names: Names, said: Callable[[tuple[str, ...]], str]) -> Clause:
    """`of` and `by` are the resolved sets (None where the rule does not ask); `said` puts entity names of the rule into words."""
    parts: list[Part] = []
    if wanted.role:
        parts.append(Part(f"role {_either(wanted.role)}", f"f.role in {names.array(wanted.role)}"))
    if wanted.of is not None:
        parts.append(Part(f"of {said(wanted.of)}", _of(of, names)))
    if wanted.by is not None:
        parts.append(Part(f"by {said(wanted.by)}", _party("payer", by, names)))
    if wanted.round:
        parts.append(Part(f"round {_either(wanted.round)}", f"f.round in {names.array(wanted.round)}"))
    if wanted.per:
        parts.append(Part(f"per {_either(wanted.per)}", f"f.per in {names.array(wanted.per)}"))
    for currency, comparison in wanted.sums().items():
        parts.append(Part(comparison.words(currency), _sum(currency, comparison, names)))
    words = ", ".join(part.words for part in parts) or "of any kind"
    unwritten = "certainty" not in wanted.model_fields_set
    parts.append(Part(_either(wanted.certainty), f"f.certainty in {names.array(wanted.certainty)}", implied=unwritten))
    if not wanted.cumulative:
        parts.append(Part("not a total so far", "f.cumulative = 0", implied=True))
    where = " and ".join(part.sql for part in parts)
    return Clause(
        "figure",
        f"a figure: {words}",
        f"exists (select 1 from figures f where f.article_id = a.id and {where})",
        names.taken(),
        f"select f.* from figures f where f.article_id = :article and {where} order by f.position",
        needs=tuple(ids for ids in (of, by) if ids is not None),
        roles=frozenset(wanted.role or ()),
        parts=tuple(parts),
    )


def conflict_clause(wanted: Conflict, of: Ids, names: Names, said: Callable[[tuple[str, ...]], str]) -> Clause:
    """`of` is the resolved set, None where the rule does not ask or asks for anybody."""
    about = "" if of is None else f" and r.company in {names.array(of)}"
    limits, words = [], [f"sources disagree about what {said(wanted.of) if wanted.of else 'a company'} raised"]
    if wanted.ratio:
        ratio = "max(coalesce(r.usd_high, r.usd_low)) / max(min(coalesce(r.usd_low, r.usd_high)), 1)"
        limits.append(_compared(ratio, ratio, wanted.ratio, names))
        words.append(f"ratio {wanted.ratio.written}")
    if wanted.sources:
        count = "count(distinct b.domain)"
        limits.append(_compared(count, count, wanted.sources, names))
        words.append(f"sources {wanted.sources.written}")
    having = f" having {' and '.join(limits)}" if limits else ""
    return Clause(
        "conflict",
        ", ".join(words),
        "exists (select 1 from rounds r join articles b on b.id = r.article_id where r.story_id = a.story_id and r.conflicts = 1"
        f"{about} group by coalesce(r.company, r.company_name){having})",
        names.taken(),
        "select f.* from figures f join rounds r on r.figure_id = f.id where f.article_id = :article and r.conflicts = 1"
        f"{about} order by f.position",
    )


def _of(ids: Ids, names: Names) -> str:
    """Whose sum it is: the side that gets it, or for what a company spends the side that pays."""
    return f"({_party('recipient', ids, names)} or f.role in {_SPENT} and {_party('payer', ids, names)})"


_SPENT = "('fine', 'spending', 'buyback', 'fund', 'contract')"


def _party(column: str, ids: Ids, names: Names) -> str:
    return f"f.{column} is not null" if ids is None else f"f.{column} in {names.array(ids)}"


def _sum(currency: str, comparison: Comparison, names: Names) -> str:
    """An interval is compared by the end that the writer vouches for: "up to 50" by 50, "more than 40" by 40.

    A sum that has no value in USD satisfies every comparison in USD: a needless message costs less than a missed one.
    """
    low, high = ("usd_low", "usd_high") if currency == "USD" else ("low", "high")
    compared = _compared(f"coalesce(f.{high}, f.{low})", f"coalesce(f.{low}, f.{high})", comparison, names)
    if currency != "USD":
        return f"(f.currency = {names.put(currency)} and {compared})"
    return f"({compared} or ({UNCONVERTED}))"


def _compared(most: str, least: str, comparison: Comparison, names: Names) -> str:
    """Lower limits are held against the expression `most`, upper ones against `least`."""
    terms = []
    if comparison.low is not None:
        terms.append(f"{most} {'>' if comparison.low_out else '>='} {names.put(_real(comparison.low))}")
    if comparison.high is not None:
        terms.append(f"{least} {'<' if comparison.high_out else '<='} {names.put(_real(comparison.high))}")
    return " and ".join(terms)


# A figure whose amount is known and whose value in USD is not.
UNCONVERTED = "f.usd_low is null and f.usd_high is null and coalesce(f.low, f.high) is not null"


def _real(amount: Decimal) -> float:
    return float(amount)


def _either(words: Iterable[str]) -> str:
    *most, last = [word.replace("_", " ") for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def together_words(wanted: Together, said: Callable[[tuple[str, ...]], str]) -> str:
    return f"{' and '.join(said((name,)) for name in wanted.entities)} in one {wanted.within}"
