"""What is wrong with a config file, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from racewire.text.terminal import printable, width

_RED, _YELLOW, _BOLD, _DIM, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
_WIDEST = 160


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake (or, as a warning, one doubt) at one place.

    `line` and `column` count from 1; line 0 means that the mistake is not in a file (an environment variable).
    `source` is the text of the line, secrets masked; `help` is one short sentence, a suggestion in single quotes.
    """

    file: str
    line: int
    column: int
    length: int
    severity: Literal["error", "warning"]
    message: str
    help: str | None = None
    source: str = ""

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file as first met, then by place; the same one twice is one."""
    problems = list(dict.fromkeys(problems))
    files = {file: number for number, file in enumerate(dict.fromkeys(p.file for p in problems))}
    return sorted(problems, key=lambda p: (files[p.file], p.line, p.column, p.message))


def render(problems: Iterable[Problem], colour: bool = False) -> str:
    """All problems as text: `FILE:LINE:COLUMN: error: …`, the line with carets under it, and the help."""
    return "\n".join(_one(problem, colour) for problem in problems)


def _one(problem: Problem, colour: bool) -> str:
    def paint(code: str, text: str) -> str:
        return f"{code}{text}{_PLAIN}" if colour else text

    loud = _RED if problem.severity == "error" else _YELLOW
    lines = [f"{paint(_BOLD, printable(problem.where))}: {paint(loud, problem.severity + ':')} {printable(problem.message)}"]
    if problem.line and problem.source.strip():
        before, marked, line = _window(problem)
        lines.append(f"{problem.line:6} {paint(_DIM, '|')} {line}")
        lines.append(f"       {paint(_DIM, '|')} {' ' * before}{paint(loud, '^' * marked)}")
    if problem.help:
        lines.append(f"       {paint(_DIM, '=')} help: {printable(problem.help)}")
    return "\n".join(lines)


def _window(problem: Problem) -> tuple[int, int, str]:
    """The columns before the mark, its width, and the line, cut to what fits a wide terminal."""
    start = problem.column - 1
    first = max(0, start - _WIDEST // 2) if len(problem.source) > _WIDEST else 0
    line = printable(problem.source[first : first + _WIDEST])
    start -= first
    marked = width(line[start : start + problem.length])
    return width(line[:start]), max(1, marked), line.rstrip()
