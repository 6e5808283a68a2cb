"""Where the names of months stand in a line."""

from __future__ import annotations

import re
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from racewire.reading.date_words import months
from racewire.text.case import small

# Signs that no text needs: the first of a name, and those after it. Marked by them, one short pattern finds what would take three
# alternatives for each of a thousand names.
FIRST, LATER = "\ue000", "\ue001"
_BLANK = re.compile(r"\s")


@lru_cache(maxsize=1)
def _search() -> AhoCorasick:
    """All names, since what a page declares as its language is often wrong."""
    return AhoCorasick(list(months()), matchkind=MatchKind.LeftmostLongest)


def marked(line: str) -> str:
    """The line, each name of a month in any language written over with as many marks."""
    parts: list[str] = []
    done = 0
    for _, start, end in _search().find_matches_as_indexes(_BLANK.sub(" ", small(line))):
        parts += (line[done:start], FIRST, LATER * (end - start - 1))
        done = end
    return "".join([*parts, line[done:]]) if parts else line
