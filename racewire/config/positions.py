"""Where in a TOML text each key and value stands.

`tomllib` says what a file means and forgets where it was said. This scanner walks the same text and remembers
the places. It expects a text that `tomllib` has accepted, so it checks nothing; the two agree on structure,
which a property test proves.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from typing import NamedTuple

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*+")
_SPACE = re.compile(r"[ \t]*+")
_BARE = re.compile(r"[A-Za-z0-9_-]++")
_SCALAR = re.compile(r"[^,\]}#\n]++")
# the longer quotes first; a closing triple quote may be followed by up to two that belong to the text
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)


class Place(NamedTuple):
    """A stretch of one line: `line` and `column` count from 1, `column` and `length` are in characters."""

    line: int
    column: int
    length: int


class Places:
    """The places of all keys and values of one TOML text, by path.

    A path names keys by text and items of arrays (and of arrays of tables) by number: `("rule", 0, "when", "figure")`.
    A table that was only implied (`a` in `a.b = 1`) stands where it is first named.
    """

    def __init__(self, text: str) -> None:
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self._text = text
        self._at = 0
        self._counts: dict[Path, int] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._document()

    def place(self, start: int, end: int) -> Place:
        """The place of text[start:end], cut off where its first line ends."""
        line = bisect_right(self._starts, start) - 1
        stop = self._text.find("\n", start)
        end = min(end, stop if stop >= 0 else len(self._text))
        return Place(line + 1, start - self._starts[line] + 1, max(1, end - start))

    def _document(self) -> None:
        base: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                base = self._header()
            else:
                self._pair(base)
            self._skip(_BLANK)

    def _header(self) -> Path:
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        parts = self._key()
        self._skip(_SPACE)
        self._at += brackets
        path: Path = ()
        for name, place in parts[:-1]:
            path = self._last(self._name((*path, name), place))
        name, place = parts[-1]
        path = self._name((*path, name), place)
        if brackets == 2:
            number = self._counts[path] = self._counts.get(path, -1) + 1
            return self._name((*path, number), place)
        return path

    def _last(self, path: Path) -> Path:
        """In an array of tables, what follows belongs to the table begun last."""
        return (*path, self._counts[path]) if path in self._counts else path

    def _name(self, path: Path, place: Place) -> Path:
        self.keys.setdefault(path, place)
        self.values.setdefault(path, place)
        return path

    def _pair(self, base: Path) -> None:
        path = base
        for name, place in self._key():
            path = self._name((*path, name), place)
        self._skip(_SPACE)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _key(self) -> list[tuple[str, Place]]:
        parts = []
        while True:
            self._skip(_SPACE)
            start = self._at
            if quoted := _STRING.match(self._text, start):
                self._at = quoted.end()
                name = str(tomllib.loads("k=" + quoted[0])["k"])
            else:
                self._skip(_BARE)
                name = self._text[start : self._at]
            parts.append((name, self.place(start, self._at)))
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path: Path) -> None:
        start = self._at
        first = self._text[start]
        if quoted := _STRING.match(self._text, start):
            self._at = quoted.end()
        elif first == "[":
            self._items(path)
        elif first == "{":
            self._pairs(path)
        else:
            self._skip(_SCALAR)
            self._at = start + len(self._text[start : self._at].rstrip(" \t"))
        self.values[path] = self.place(start, self._at)

    def _items(self, path: Path) -> None:
        self._at += 1
        number = 0
        while not self._closed("]"):
            self._value((*path, number))
            self.keys[*path, number] = self.values[*path, number]
            number += 1
            self._comma()

    def _pairs(self, path: Path) -> None:
        self._at += 1
        while not self._closed("}"):
            self._pair(path)
            self._comma()

    def _closed(self, bracket: str) -> bool:
        self._skip(_BLANK)
        if self._text.startswith(bracket, self._at):
            self._at += 1
            return True
        return False

    def _comma(self) -> None:
        self._skip(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self._text, self._at):
            self._at = found.end()
