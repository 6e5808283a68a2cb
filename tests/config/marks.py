"""Files that say themselves which mistakes are in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"#! (.+?) -> (.+)$")


@dataclass(frozen=True)
class Mark:
    """A mistake that must be found: its place, and the suggestion in single quotes, None for none."""

    line: int
    column: int
    length: int
    suggestion: str | None


def marks(path: Path) -> list[Mark]:
    found = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if mark := _MARK.search(line):
            column = line.index(mark[1]) + 1
            found.append(Mark(number, column, len(mark[1]), None if mark[2] == "-" else mark[2]))
    return found
