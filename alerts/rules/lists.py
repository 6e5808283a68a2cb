"""The entities that a rules file means by an id, `@list` or `@everything`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from alerts.rules.clauses import Ids
from alerts.rules.known import EVERYTHING
from alerts.rules.model import EntityList
from racewire.config.document import Document, Path, Problem
from racewire.entities import Gazetteer


class Lists:
    """The lists of one checked rules file over one gazetteer."""

    def __init__(self, lists: Mapping[str, EntityList], gazetteer: Gazetteer) -> None:
        self._lists = lists
        self._gazetteer = gazetteer

    def resolve(self, name: str) -> Ids:
        """The ids that a name stands for; None for every entity."""
        if name == EVERYTHING:
            return None
        return self._members(name[1:], ()) if name.startswith("@") else frozenset([name])

    def said(self, names: tuple[str, ...]) -> str:
        """Names for people: `Baichuan or one of @cn_llm`."""
        return " or ".join(self._said_one(name) for name in names[:4]) + (" or others" if len(names) > 4 else "")

    def _said_one(self, name: str) -> str:
        if name == EVERYTHING:
            return "any tracked name"
        if name.startswith("@"):
            return f"one of {name}"
        entity = self._gazetteer.get(name)
        return entity.name if entity else name

    def _members(self, name: str, above: tuple[str, ...]) -> frozenset[str]:
        if name in above:  # a circle, which `problems` tells
            return frozenset()
        entry = self._lists[name]
        found: set[str] = set(entry.entities or ())
        if entry.match:
            found |= self._gazetteer.select(**entry.match.model_dump())
        for inner in _inner(entry):
            if f"@{inner}" == EVERYTHING:
                found |= {entity.id for entity in self._gazetteer}
            else:
                found |= self._members(inner, (*above, name))
        return frozenset(member for member in found if not member.startswith("@"))

    def problems(self, document: Document) -> Iterator[Problem]:
        """What is wrong in the lists themselves: circles, and (as a warning) a list that nobody is on."""
        for name in self._lists:
            here: Path = ("list", name)
            if self._circular(name):
                yield document.problem(here, f"the list '{name}' contains itself", key=True)
            elif not self._members(name, ()):
                yield document.problem(here, f"the list '{name}' is empty: no tracked entity fits", key=True, severity="warning")

    def _circular(self, start: str) -> bool:
        """Whether following the lists inside leads back to `start`."""
        waiting, seen = [start], set[str]()
        while waiting:
            entry = self._lists.get(waiting.pop())
            inner = _inner(entry) if entry else ()
            if start in inner:
                return True
            waiting += [name for name in inner if name not in seen]
            seen.update(inner)
        return False


def _inner(entry: EntityList) -> tuple[str, ...]:
    """The names of the lists that a list takes in."""
    named = [member[1:] for member in entry.entities or () if member.startswith("@")]
    return (*named, *(other.removeprefix("@") for other in entry.union or ()))
