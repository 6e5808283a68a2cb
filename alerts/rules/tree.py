"""How the clauses of a rule stand together: all of them, any of them.

Besides the SQL of the whole, a tree answers two cheap questions about an article whose names and roles are known: may it hold at all
(`possible`), and under which entities is the rule to be filed (`anchor`), so that an article only wakes the rules that ask for
somebody whom it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alerts.rules.clauses import Clause


@dataclass(frozen=True, slots=True)
class All:
    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    of: tuple[Node, ...]


Node = All | Any | Clause


def sql(node: Node) -> str:
    if isinstance(node, Clause):
        return node.sql
    joint = " and " if isinstance(node, All) else " or "
    return "(" + joint.join(sql(child) for child in node.of) + ")"


def clauses(node: Node) -> Iterator[Clause]:
    """Every clause, in the order of the rule file."""
    if isinstance(node, Clause):
        yield node
    else:
        for child in node.of:
            yield from clauses(child)


def possible(node: Node, names: frozenset[str], roles: frozenset[str]) -> bool:
    """False where an article with these entities and these roles of figures surely does not fulfil the tree."""
    if isinstance(node, Clause):
        return all(not need.isdisjoint(names) for need in node.needs) and (not node.roles or not node.roles.isdisjoint(roles))
    every = all if isinstance(node, All) else any
    return every(possible(child, names, roles) for child in node.of)


def anchor(node: Node) -> frozenset[str] | None:
    """A set of entities of which an article must name one, the smallest that is known; None where there is no such set."""
    if isinstance(node, Clause):
        return min(node.needs, key=len, default=None)
    found = [anchor(child) for child in node.of]
    known = [ids for ids in found if ids is not None]
    if isinstance(node, All):
        return min(known, key=len, default=None)
    return frozenset().union(*known) if len(known) == len(found) else None
