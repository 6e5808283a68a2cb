"""Word lists compiled into one pattern each.

An entry is what a native speaker writes into a language file: letters as they are, a blank for any blank space or
hyphen, `*` for any ending (`доллар*`). The pattern is a trie, so its cost does not grow with the length of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

# Blank space, hyphens, and a line break only where the line goes on in small letters: another paragraph is another matter.
_SPACE = r"[^\S\n\r]|[\u200b-]"
BLANK = rf"(?:{_SPACE}|\n(?=(?-i:[a-z])))"
_BLANK_BACK = rf"(?:{_SPACE}|(?<=(?-i:[a-z]))\n)"  # in reversed text
# Letters for the borders of words: \w alone leaves out the vowel signs of Indian scripts.
LETTER = r"[\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff]"
_BLANKS = re.compile(rf"{BLANK}+")
_ENDING = r"[\w\u0300-\u036f]*"
_SHORT_ENDING = r"[A-Za-z0-9]{0,3}"  # in scripts without blanks, where any other ending would run to the end of the clause


_GROUP = 25  # branches of a trie that share one look at the next character


class _Node(dict[str, "_Node"]):
    final = False


def _atom(char: str, latin_border: bool) -> str:
    if char == " ":
        return rf"{BLANK}{{1,3}}"
    if char == "*":
        return _SHORT_ENDING if latin_border else _ENDING
    if char == "'":
        return "['’ʼ]"
    return re.escape(char)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def trie_pattern(entries: Iterable[str], *, latin_border: bool = False) -> str:
    """A regular expression that matches the longest of `entries`, or nothing where there are none.

    With `latin_border` an entry that ends in a Latin letter must not run on in another one: what a word border is
    in scripts that write without blanks.
    """
    root = _Node()
    for entry in entries:
        node = root
        for char in entry:
            node = node.setdefault(char, _Node())
        node.final = True
    return _branch(root, "", latin_border) if root else r"(?!)"


def _branch(node: _Node, last: str, latin_border: bool) -> str:
    options = _grouped([(char, _atom(char, latin_border) + _branch(child, char, latin_border)) for char, child in node.items()])
    stop = "(?![A-Za-z])" if latin_border and last and _is_latin(last) else ""
    if not options:
        return stop
    if node.final and last:
        return "(?:" + "|".join([*options, stop]) + ")"
    return options[0] if len(options) == 1 else "(?:" + "|".join(options) + ")"


def _grouped(options: list[tuple[str, str]]) -> list[str]:
    """Many branches put into groups behind a look at the next character: an engine that tries branches in turn tries fewer."""
    plain = [(char, option) for char, option in options if char.isalnum()]
    if len(plain) <= _GROUP:
        return [option for _, option in options]
    rest = [option for char, option in options if not char.isalnum()]
    groups = []
    for i in range(0, len(plain), _GROUP):
        chunk = plain[i : i + _GROUP]
        heads = "".join(re.escape(char) for char, _ in chunk)
        groups.append(f"(?=[{heads}])(?:{'|'.join(option for _, option in chunk)})")
    return groups + rest


def tidy(surface: str) -> str:
    """The form under which a surface is looked up: small letters, single blanks."""
    return _BLANKS.sub(" ", surface.lower().replace("’", "'").replace("ʼ", "'")).strip()


class Lexicon(Generic[T]):
    """Entries and what they mean; finds them in text, forwards, or backwards from a point."""

    def __init__(self, entries: Mapping[str, T], *, spaced: bool = True) -> None:
        self._exact: dict[str, T] = {}
        self._open: list[tuple[re.Pattern[str], T]] = []
        for key in sorted(entries, key=len, reverse=True):
            tidied = tidy(key)
            if "*" in tidied:
                self._open.append(
                    (re.compile(re.escape(tidied).replace(r"\*", _ENDING if spaced else _SHORT_ENDING)), entries[key])
                )
            else:
                self._exact.setdefault(tidied, entries[key])
        self.entries = sorted({tidy(key) for key in entries})
        self._spaced = spaced
        self.value = lru_cache(maxsize=4096)(self._value)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def _value(self, surface: str) -> T | None:
        """What `surface` means; None where it is no entry."""
        key = tidy(surface)
        if key in self._exact:
            return self._exact[key]
        for pattern, value in self._open:
            if pattern.fullmatch(key):
                return value
        return None

    @cached_property
    def pattern(self) -> str:
        """The alternation with word borders, for use inside a larger pattern."""
        if self._spaced:
            wordlike = [e for e in self.entries if e[0].isalnum()]
            marked = [e for e in self.entries if not e[0].isalnum()]
            parts = [rf"(?<![^\W\d]){trie_pattern(wordlike)}"] if wordlike or not marked else []
            if marked:
                parts.append(trie_pattern(marked))
            return rf"(?:{'|'.join(parts)})(?!\w)"
        latin = [e for e in self.entries if _is_latin(e[0])]
        other = [e for e in self.entries if not _is_latin(e[0])]
        parts = [trie_pattern(other, latin_border=True)] if other else []
        if latin:
            parts.append(rf"(?<![A-Za-z]){trie_pattern(latin, latin_border=True)}")
        return "(?:" + "|".join(parts or ["(?!)"]) + ")"

    @cached_property
    def forward(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    @cached_property
    def lowered(self) -> re.Pattern[str]:
        """As `forward`, for text in small letters: twice as fast, because no case has to be folded on the way."""
        heads = "".join(sorted({re.escape(entry[0]) for entry in self.entries}))
        if self._spaced and all(entry[0].isalnum() for entry in self.entries):
            return re.compile(rf"\b(?=[{heads}]){trie_pattern(self.entries)}(?!{LETTER})")
        return re.compile(f"(?=[{heads}]){self.pattern}") if self.entries else re.compile("(?!)")

    @cached_property
    def backward(self) -> re.Pattern[str]:
        """Matches reversed text, so that "what stands right before" is a match and not a search."""
        body = trie_pattern((entry[::-1] for entry in self.entries), latin_border=not self._spaced)
        border = rf"(?!{LETTER})" if self._spaced else ""
        return re.compile(rf"{_BLANK_BACK}{{0,3}}(?P<word>{body}){border}", re.IGNORECASE)

    def before(self, text: str, at: int, reach: int = 40) -> tuple[int, int, T] | None:
        """The entry that ends right before `at`, blank space allowed between: (start, end, meaning)."""
        shift = 1 if at < len(text) else 0  # the character behind the point tells whether a line goes on
        match = self.backward.match(text[max(0, at - reach) : at + 1][::-1], shift)
        if match is None or not match.group("word"):
            return None
        value = self.value(match.group("word")[::-1])
        return None if value is None else (at + shift - match.end("word"), at + shift - match.start("word"), value)

    def after(self, text: str, at: int) -> tuple[int, int, T] | None:
        """The entry that begins right after `at`, blank space allowed between: (start, end, meaning)."""
        blanks = _BLANKS.match(text, at, at + 4)
        match = self.forward.match(text, blanks.end() if blanks else at)
        if match is None or not match.group():
            return None
        value = self.value(match.group())
        return None if value is None else (match.start(), match.end(), value)

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, T]]:
        """Every entry between two offsets of a text in small letters, longest first where they overlap."""
        for match in self.lowered.finditer(text, start, end):
            if match.group():
                value = self.value(match.group())
                if value is not None:
                    yield match.start(), match.end(), value
