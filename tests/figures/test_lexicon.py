"""Word lists: every entry is found where a slow and simple search finds it, and what a language costs at first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racewire.figures import find_figures
from racewire.figures.language import available
from racewire.figures.lexicon import Lexicon

ENTRIES = ["a", "ab", "ab b", "abb", "b a", "b*", "c'", "ba* c", "u.b.", "é", "元", "b元"]
TEXTS = st.text(alphabet="abcu .-'’\n元éB1", max_size=14)


def naive(entry: str, spaced: bool, strict: bool) -> re.Pattern[str]:
    """An entry as a pattern with its borders, as docs/figures.md tells them."""
    ending = r"[\w\u0300-\u036f]*" if spaced else "[A-Za-z0-9]{0,3}"
    atoms = {" ": "(?:[ -]|\n(?=(?-i:[a-z]))){1,3}", "'": "['’]", "*": ending}
    body = "".join(atoms.get(char, re.escape(char)) for char in entry)
    if spaced:
        ahead = r"(?<!\w)" if strict else r"(?<![^\W\d])" if entry[0].isalnum() else ""
        return re.compile(rf"{ahead}{body}(?!\w)", re.IGNORECASE)
    ahead = "(?<![A-Za-z])" if entry[0].isascii() and entry[0].isalpha() else ""
    behind = "(?![A-Za-z])" if entry[-1].isascii() and entry[-1].isalpha() else ""
    return re.compile(f"{ahead}{body}{behind}", re.IGNORECASE)


def lexicon(spaced: bool) -> Lexicon[str]:
    return Lexicon({entry: entry for entry in ENTRIES}, spaced=spaced)


@pytest.mark.parametrize("spaced", [True, False])
@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_what_begins_at_a_place_is_found_the_longest_first(spaced: bool, text: str) -> None:
    for at in range(len(text)):
        ends = {match.end() for entry in ENTRIES if (match := naive(entry, spaced, False).match(text, at))}
        found = [end for end, _ in lexicon(spaced).matches(text, at)]
        assert sorted(set(found), reverse=True) == sorted(ends, reverse=True)
        assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("spaced", [True, False])
@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_all_of_a_text_is_found_from_left_to_right(spaced: bool, text: str) -> None:
    low, expected, done = text.lower(), [], 0
    for at in range(len(text)):
        ends = [match.end() for entry in ENTRIES if (match := naive(entry, spaced, True).match(low, at))]
        if ends and at >= done:
            done = max(ends)
            expected.append((at, done))
    assert [(start, end) for start, end, _ in lexicon(spaced).find(low, 0, len(low))] == expected


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_what_ends_before_a_place_reaches_as_far_back_as_it_can(text: str) -> None:
    for at in range(len(text) + 1):
        end = at
        while end and at - end < 3 and re.match(r"[ -]|\n(?=[a-z])", text[end - 1 : end + 1]):
            end -= 1
        starts = [
            start
            for entry in ENTRIES
            for start in range(end)
            if not re.match(r"\w", text[start - 1 : start]) and naive(entry, True, False).fullmatch(text, start, end)
        ]
        found = lexicon(True).before(text, at)
        assert (found and found[:2]) == ((min(starts), end) if starts else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Series  A", (0, 9, "series a")),
        ("series-a", (0, 8, "series a")),
        ("series\u00a0a", (0, 8, "series a")),
        ("series\na", (0, 8, "series a")),
        ("series\nA", None),
        ("series    a", None),
        ("l’euro", (0, 6, "l'euro")),
        ("eurozone", None),
        ("доллары", (0, 7, "доллар*")),
        ("доллары сша", (0, 11, "доллар* сша")),
    ],
)
def test_blanks_apostrophes_and_endings(text: str, expected: tuple[int, int, str] | None) -> None:
    words = ["series a", "l'euro", "euro", "доллар*", "доллар* сша"]
    assert Lexicon({word: word for word in words}).after(text, 0) == expected


@pytest.mark.parametrize("code", sorted(available()))
def test_the_first_text_of_a_language_compiles_no_word_list(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from racewire.figures import context, language, parties, scan

    find_figures("OpenAI raised $50 million.", "en")  # compiles what all languages share
    compiled: list[str] = []
    compile_pattern = re.compile

    def watched(pattern: str | re.Pattern[str], flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern if isinstance(pattern, str) else pattern.pattern)
        return compile_pattern(pattern, flags)

    for table in (language.load, scan.scanner, context.reader, parties.party_reader):
        table.cache_clear()
    monkeypatch.setattr(re, "compile", watched)
    assert find_figures("OpenAI $50 million, 50 млн, 5亿美元, 3 billion euros.", code)
    assert compiled
    assert sum(map(len, compiled)) < 1_000  # the lists have up to 27,000 characters
