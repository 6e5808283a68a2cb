"""The cases in `cases/*.txt`: text with the mentions that must be found in it, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from racewire.entities import find_mentions

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"\[([^\]]+)\]\(([a-z0-9-]+)\)")
_CODE = re.compile(r"\\u([0-9a-f]{4})")


def read(name: str) -> list[tuple[str, str, list[tuple[str, int, int]]]]:
    """(language, text, [(entity, start, end)]) of every case of a file."""
    cases = []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        lang, _, marked = _CODE.sub(lambda m: chr(int(m[1], 16)), line).partition(" | ")
        text, expected, done = "", [], 0
        for mark in _MARK.finditer(marked):
            text += marked[done : mark.start()]
            expected.append((mark[2], len(text), len(text) + len(mark[1])))
            text += mark[1]
            done = mark.end()
        cases.append((lang, text + marked[done:], expected))
    return cases


@pytest.mark.parametrize(
    ("lang", "text", "expected"), [case for name in ("boundaries.txt", "meaning.txt") for case in read(name)]
)
def test_finds_what_the_case_says_and_nothing_else(lang: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert [(m.entity, m.start, m.end) for m in find_mentions(text, lang)] == expected


def test_there_are_enough_boundary_cases_in_every_script() -> None:
    langs = [lang for lang, _, _ in read("boundaries.txt")]
    assert len(langs) >= 40
    assert {"vi", "zh", "ja", "ko", "th", "ar", "ru", "de", "en"} <= set(langs)
