"""Words that tell what an ambiguous name means, from `data/cues.txt`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def cues(section: str) -> frozenset[str]:
    """The words of one section of the table. Raises KeyError where there is no such section."""
    return _table()[section]


@cache
def plain_words() -> frozenset[str]:
    """Words that are nobody's name alone, and say nothing for one meaning of a name: grammar, news, and those of the field."""
    return cues("function") | cues("leading") | cues("deeds") | cues("topic")


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in files(__package__).joinpath("data/cues.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = table.setdefault(line.strip("[] "), set())
        elif line and not line.startswith("#"):
            section.update(word for part in line.split("|") if (word := part.strip()))
    return {name: frozenset(words) for name, words in table.items()}
