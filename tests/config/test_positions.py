"""The scanner and tomllib see the same structure, and each place holds what it says."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racewire.config.positions import Place, Places

EVERYTHING = '''# a comment with [brackets] = and "quotes"
top = 1 # behind a value
"quoted key" = 'literal # not a comment'
a.b . "c.d" = true
long = """
first "quoted" \\" line
a.b = 2 """""
raw = \'\'\'x
[not a table]\'\'\'
at = 2023-06-29 16:00:00
empty = [ ]
none = {}
list = [1, "two", [3.0,], {four = 4}, # comment, with ] bracket
  """five
""",
]
[ table . sub ] # comment
k = { x.y = 1, "z" = [{ w = "]" }] }
[[rule]]
id = "one"
  [[rule.test]]
  says = "百川"
  [[rule.test]]
[[rule]]
[rule.when.figure]
usd = ">= 10M"
[[rule.test]]
'''


def paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every path in parsed data but the root."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path} - {()} | {found for key, inner in items for found in paths(inner, (*path, key))}


def cut(text: str, place: Place) -> str:
    return text.split("\n")[place.line - 1][place.column - 1 : place.column - 1 + place.length]


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


def test_every_path_of_a_file_with_everything_has_a_place() -> None:
    places = Places(EVERYTHING)
    data = tomllib.loads(EVERYTHING)
    assert set(places.values) == paths(data)
    assert set(places.keys) == paths(data)


@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        (("top",), 2, "1"),
        (("quoted key",), 3, "'literal # not a comment'"),
        (("a", "b", "c.d"), 4, "true"),
        (("long",), 5, '"""'),
        (("at",), 10, "2023-06-29 16:00:00"),
        (("list", 2), 13, "[3.0,]"),
        (("list", 3, "four"), 13, "4"),
        (("list", 4), 14, '"""five'),
        (("table", "sub", "k", "z", 0, "w"), 18, '"]"'),
        (("rule", 0, "test", 0, "says"), 22, '"百川"'),
        (("rule", 0, "test", 1), 23, "test"),
        (("rule", 1, "when", "figure", "usd"), 26, '">= 10M"'),
    ],
)
def test_a_value_stands_where_it_is_written(path: tuple[str | int, ...], line: int, text: str) -> None:
    found = Places(EVERYTHING).values[path]
    assert (found.line, cut(EVERYTHING, found)) == (line, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("quoted key",), '"quoted key"'),
        (("a",), "a"),
        (("a", "b"), "b"),
        (("a", "b", "c.d"), '"c.d"'),
        (("rule", 1, "when"), "when"),
    ],
)
def test_a_key_stands_where_it_is_first_named(path: tuple[str | int, ...], text: str) -> None:
    assert cut(EVERYTHING, Places(EVERYTHING).keys[path]) == text


NAMES = st.one_of(st.text("abc_-1", min_size=1, max_size=4), st.text(max_size=4).filter(lambda s: "\r" not in s))
SCALARS = st.one_of(
    st.text(max_size=12).filter(lambda s: "\r" not in s and not any(0xD800 <= ord(c) <= 0xDFFF for c in s)),
    st.integers(-(2**40), 2**40),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.times(),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
TABLES = st.dictionaries(NAMES, VALUES | st.lists(st.dictionaries(NAMES, VALUES, max_size=3), min_size=1, max_size=3), max_size=4)


class Writer:
    """Writes data as TOML, each time in another of the ways that mean the same."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def one_of(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def key(self, name: str) -> str:
        ways = [basic(name)]
        if name and name.isascii() and name.replace("_", "a").replace("-", "a").isalnum():
            ways.append(name)
        if plain(name) and "'" not in name:
            ways.append(f"'{name}'")
        return self.one_of("", " ") + self.one_of(*ways)

    def text(self, value: str) -> str:
        ways = [basic(value), '"""' + self.one_of("", "\n") + basic(value)[1:-1].replace("\\n", "\n") + '"""']
        if value.startswith("\n"):
            ways.pop()
        if plain(value) and "'" not in value:
            ways += [f"'{value}'", f"'''{value}'''"]
        return self.one_of(*ways)

    def value(self, value: Any) -> str:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float)):
            return repr(value)
        if isinstance(value, list):
            gap = self.one_of("", " ", "\n", " # ], [ }\n")
            inside = ",".join(gap + self.value(item) for item in value)
            last = self.one_of("", ",") if value else ""
            return f"[{inside}{last}{gap}]"
        if isinstance(value, dict):
            return "{" + ",".join(f" {pair}" for pair in self.pairs(value)) + " }"
        return str(value.isoformat())

    def pairs(self, table: dict[str, Any]) -> list[str]:
        pairs = []
        for name, value in table.items():
            if isinstance(value, dict) and value and self.draw(st.booleans()):
                pairs += [f"{self.key(name)}{self.one_of('', ' ')}.{pair}" for pair in self.pairs(value)]
            else:
                pairs.append(f"{self.key(name)}{self.one_of('=', ' = ')}{self.value(value)}")
        return pairs

    def document(self, data: dict[str, Any], path: tuple[str, ...] = ()) -> str:
        below, lines = [], []
        for name, value in data.items():
            here = ".".join(self.key(part) for part in (*path, name))
            if isinstance(value, dict) and self.draw(st.booleans()):
                below.append(f"[{here}] # [x]\n{self.document(value, (*path, name))}")
            elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value) and self.draw(st.booleans()):
                below += [f"[[{here}]]\n{self.document(item, (*path, name))}" for item in value]
            else:
                lines += self.pairs({name: value})
        return "\n".join([*lines, self.one_of("", "# a = 1", "\t"), *below])


def basic(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def plain(text: str) -> bool:
    return all(c.isprintable() for c in text)


@st.composite
def documents(draw: st.DrawFn) -> str:
    return Writer(draw).document(draw(TABLES))


@settings(max_examples=300, deadline=None)
@given(documents())
def test_the_scanner_agrees_with_tomllib(text: str) -> None:
    data = tomllib.loads(text)
    places = Places(text)
    assert set(places.values) == set(places.keys) == paths(data)
    lines = text.split("\n")
    for path, place in places.values.items():
        value = at(data, path)
        written = cut(text, place)
        one_line = not written.startswith(('"""', "'''")) and place.column - 1 + place.length <= len(lines[place.line - 1])
        if isinstance(value, (str, int, float)) and one_line:
            assert tomllib.loads(f"v = {written}")["v"] == value
