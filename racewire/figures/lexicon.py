"""Word lists, and where their words stand in a text.

An entry is what a native speaker writes into a language file: letters as they are, a blank for any blank space or
hyphen, `*` for any ending or word (`доллар*`, `valued * at`). Entries are looked up in dictionaries by their first characters: nothing is
compiled, so a language costs little when its first text comes, however long its lists are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

T = TypeVar("T")

# Blank space, hyphens, and a line break only where the line goes on in small letters: another paragraph is another matter.
_SPACE = r"[^\S\n\r]|[\u200b-]"
BLANK = rf"(?:{_SPACE}|\n(?=(?-i:[a-z])))"
_BLANKS = re.compile(rf"{BLANK}+")
_SPACES = "-\u200b" + "".join(char for char in map(chr, range(0x3001)) if char.isspace() and char not in "\n\r")
_BLANK_SIGNS = frozenset(_SPACES)
_ODD = (_BLANK_SIGNS | {"\n", "’", "ʼ"}) - {" "}  # written otherwise in entries
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " ") | {"’": "'", "ʼ": "'"})
_SOFT_BREAK = re.compile(r"\n(?=[a-z])")
_SEVERAL = re.compile(" {2,3}(?! )")
_MOST_BLANKS = 3
# Marks that are no \w and yet part of a word: accents, the vowel signs of Indian scripts.
_MARK = re.compile(r"[\u0300-\u036f\u0900-\u0963\u0966-\u0dff]")
_ENDING = re.compile(r"[\w\u0300-\u036f]*")
_SHORT_ENDING = re.compile(
    r"[A-Za-z0-9]{0,3}"
)  # in scripts without blanks, where any other ending would run to the end of the clause
_RUN = re.compile(r"\w+")
_REACH = 40  # characters before a point that an entry may take up
_TAIL = 4  # characters by which an entry is known backwards


def tidy(surface: str) -> str:
    """The form under which a surface is looked up: small letters, single blanks."""
    return _BLANKS.sub(" ", surface.lower().replace("’", "'").replace("ʼ", "'")).strip()


def small(text: str) -> str:
    """`text` in small letters, character by character, so that offsets hold."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


class _Open(NamedTuple):
    """An entry with `*` in it: the literal parts, and the entry itself."""

    parts: tuple[str, ...]
    entry: str


class _Window(NamedTuple):
    """A stretch of a text as entries are written, and where its characters stand in the text (None: from `start` on, one by one)."""

    text: str
    start: int
    places: list[int] | None = None

    def end(self, at: int) -> int:
        """The offset in the text behind the character before `at`."""
        return self.start + at if self.places is None else self.places[at - 1] + 1

    def begin(self, at: int) -> int:
        """The offset in the text of the character at `at`."""
        return self.start + at if self.places is None else self.places[at]


def _window(text: str, start: int, end: int) -> _Window:
    plain = text[start:end].translate(_PLAIN)
    if "\n" in plain:
        plain = _SOFT_BREAK.sub(" ", plain)
    plain = small(plain)
    if "  " not in plain:
        return _Window(plain, start)
    kept: list[int] = []
    done = 0
    for several in _SEVERAL.finditer(plain):
        kept += range(done, several.start() + 1)
        done = several.end()
    kept += range(done, len(plain))
    return _Window("".join(plain[i] for i in kept), start, [start + i for i in kept])


_sentence = lru_cache(maxsize=8)(_window)  # several lexicons look at one sentence


@lru_cache(maxsize=8)
def _runs(text: str) -> list[tuple[int, str]]:
    """The runs of letters and digits of a window: (where, which)."""
    return [(run.start(), run.group()) for run in _RUN.finditer(text)]


class Lexicon(Generic[T]):
    """Entries and what they mean; finds them in text, forwards, or backwards from a point."""

    def __init__(self, entries: Mapping[str, T], *, spaced: bool = True) -> None:
        self._values: dict[str, T] = {}
        for key in sorted(entries, key=len, reverse=True):
            self._values.setdefault(tidy(key), entries[key])
        self.entries = sorted(self._values)
        self._spaced = spaced
        self._exact = {entry for entry in self.entries if "*" not in entry}
        self._open = [_Open(tuple(entry.split("*")), entry) for entry in self.entries if "*" in entry]
        self._longest = max((len(entry) + 24 * entry.count("*") for entry in self.entries), default=0)
        self.value = lru_cache(maxsize=4096)(self._value)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def _value(self, surface: str) -> T | None:
        """What `surface` means; None where it is no entry."""
        key = tidy(surface)
        if key in self._exact:
            return self._values[key]
        return next((self._values[one.entry] for one in self._open if self._open_end(one, key, 0) == len(key)), None)

    # -- where an entry begins ---------------------------------------------------------------------

    def _head(self, entry: str) -> str:
        """By what an entry is looked up: its first word, in scripts without blanks its first two characters."""
        run = _RUN.match(entry) if self._spaced else None
        return run.group() if run else entry[: 1 if self._spaced else 2]

    @cached_property
    def _heads(self) -> dict[str, tuple[int, ...]]:
        """The lengths, longest first, of the entries of each head."""
        return _by_edge(self._exact, self._head)

    @cached_property
    def _open_heads(self) -> dict[str, tuple[_Open, ...]]:
        """The entries with `*`, by their first two characters, or one where there is no more."""
        heads: dict[str, tuple[_Open, ...]] = {}
        for one in self._open:
            head = one.parts[0][:2]
            heads[head] = (*heads.get(head, ()), one)
        return heads

    @cached_property
    def _search(self) -> AhoCorasick:
        """Finds entries, those with `*` by their first part, wherever they stand."""
        return AhoCorasick([*self._exact, *(one.parts[0] for one in self._open)])

    @cached_property
    def first_signs(self) -> frozenset[str]:
        """The first characters of the entries, small."""
        return frozenset(entry[0] for entry in self.entries)

    @cached_property
    def _words_only(self) -> bool:
        return all(entry[0].isalnum() for entry in self.entries)

    def _has(self, head: str) -> bool:
        """Whether any entry may begin with these characters."""
        if head in self._heads:
            return True
        if not self._spaced and head[:1] in self._heads:
            return True
        return bool(self._open) and (head[:2] in self._open_heads or head[:1] in self._open_heads)

    def _ends_at(self, text: str, at: int, head: str, strict: bool) -> list[tuple[int, T]]:
        """The entries that begin at `at` of a window, as (end, meaning), longest first. `strict`: words apart from digits and marks too."""
        found: list[tuple[int, T]] = []
        lengths = self._heads.get(head, ())
        if not self._spaced and len(head) > 1:
            lengths = (*lengths, *self._heads.get(head[:1], ()))
        for length in lengths:
            entry = text[at : at + length]
            if len(entry) == length and entry in self._exact and self._stands(text, at, at + length, entry, strict):
                found.append((at + length, self._values[entry]))
        if self._open:
            for one in (*self._open_heads.get(head[:2], ()), *(self._open_heads.get(head[:1], ()) if len(head) > 1 else ())):
                end = self._open_end(one, text, at)
                if end is not None and self._stands(text, at, end, one.entry, strict):
                    found.append((end, self._values[one.entry]))
            found.sort(key=lambda match: -match[0])
        return found

    def _open_end(self, one: _Open, text: str, at: int) -> int | None:
        ending = _ENDING if self._spaced else _SHORT_ENDING
        last = len(one.parts) - 1
        for number, part in enumerate(one.parts):
            if not text.startswith(part, at):
                return None
            at += len(part)
            if number < last:
                run = ending.match(text, at)
                at = run.end() if run else at
        return at

    def _stands(self, text: str, start: int, end: int, entry: str, strict: bool) -> bool:
        """Whether the characters around let `text[start:end]` be the entry."""
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if not self._spaced:
            return not (before and _is_latin(before) and _is_latin(entry[0])) and not (
                after and _is_latin(after) and _is_latin(entry[-1])
            )
        if strict:
            return not (before and _is_word(before)) and not (after and (_is_word(after) or _MARK.match(after)))
        if before and entry[0].isalnum() and (before.isalpha() or before == "_"):
            return False
        return not (after and _is_word(after))

    # -- looking up --------------------------------------------------------------------------------

    def matches(self, text: str, at: int) -> list[tuple[int, T]]:
        """The entries that begin right at `at`, as (end, meaning), longest first."""
        head = self._head(text[at : at + 2]) if not self._spaced else self._head_at(text, at)
        head = _as_written(head)
        if not head or not self._has(head):
            return []
        start = at - 1 if at else 0
        window = _window(text, start, at + self._longest + 2 * _MOST_BLANKS)
        return [(window.end(end), value) for end, value in self._ends_at(window.text, at - start, head, False)]

    def _head_at(self, text: str, at: int) -> str:
        run = _RUN.match(text, at)
        return run.group() if run else text[at : at + 1]

    def before(self, text: str, at: int) -> tuple[int, int, T] | None:
        """The entry that ends right before `at`, blank space allowed between: (start, end, meaning)."""
        if not self.entries:
            return None
        end = at
        while end and end > at - _MOST_BLANKS and _is_blank(text, end - 1):
            end -= 1
        tail = _as_written(text[end - _TAIL if end > _TAIL else 0 : end])
        tails = self._tails
        if not (tail in tails or tail[-3:] in tails or tail[-2:] in tails or tail[-1:] in tails or self._open):
            return None
        start = max(0, at - _REACH, end - self._longest - 1 - 2 * _MOST_BLANKS)
        window = _window(text, start, end)
        best = self._start_before(window.text)
        return None if best is None else (window.begin(best[0]), end, best[1])

    @cached_property
    def _tails(self) -> dict[str, tuple[int, ...]]:
        """The lengths, longest first, of the entries that end in four characters, or have no more."""
        return _by_edge(self._exact, lambda entry: entry[-_TAIL:])

    def _start_before(self, text: str) -> tuple[int, T] | None:
        """The longest entry at the end of a window, as (start, meaning)."""
        best = self._open_before(text) if self._open else None
        for reach in (_TAIL, 3, 2, 1):
            for length in self._tails.get(text[-reach:], ()):
                start = len(text) - length
                if start < 0:
                    continue
                if best is not None and best[0] < start:
                    break
                if text[start:] in self._exact and self._begins(text, start):
                    return start, self._values[text[start:]]
        return best

    def _open_before(self, text: str) -> tuple[int, T] | None:
        for start, head in self._starts(text, 0):
            if self._begins(text, start):
                for one in (*self._open_heads.get(head[:2], ()), *self._open_heads.get(head[:1], ())):
                    if self._open_end(one, text, start) == len(text):
                        return start, self._values[one.entry]
        return None

    def _begins(self, text: str, start: int) -> bool:
        if not start:
            return True
        before = text[start - 1]
        if self._spaced:
            return not (_is_word(before) or _MARK.match(before))
        return not (_is_latin(before) and _is_latin(text[start]))

    def after(self, text: str, at: int) -> tuple[int, int, T] | None:
        """The entry that begins right after `at`, blank space allowed between: (start, end, meaning)."""
        blanks = _BLANKS.match(text, at, at + 4)
        start = blanks.end() if blanks else at
        found = self.matches(text, start)
        return (start, *found[0]) if found else None

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, T]]:
        """Every entry between two offsets of a text in small letters, longest first where they overlap."""
        if not self.entries:
            return
        first = max(0, start - 1)
        window = _sentence(text, first, end)
        done = 0
        for at, head in self._starts(window.text, start - first):
            if at >= done:
                found = self._ends_at(window.text, at, head, self._words_only)
                if found:
                    done = found[0][0]
                    yield window.begin(at), window.end(done), found[0][1]

    def _starts(self, text: str, start: int) -> list[tuple[int, str]]:
        """Where in a window an entry may begin, and with which head."""
        heads = self._heads
        if not self._spaced:
            places = {at for _, at, _ in self._search.find_matches_as_indexes(text, overlapping=True) if at >= start}
            return [(at, text[at : at + 2]) for at in sorted(places)]
        runs = _runs(text)
        if self._open or not self._words_only:
            found = [(at, run) for at, run in runs if at >= start and self._has(run)]
            if not self._words_only:
                found += [(at, text[at]) for at in range(start, len(text)) if text[at] in heads and not _is_word(text[at])]
                found.sort()
            return found
        return [(at, run) for at, run in runs if run in heads and at >= start]


def is_apart(text: str, at: int) -> bool:
    """Whether a letter stands at `at`, of a script that writes words apart (ò as well as o, not 元)."""
    sign = text[at : at + 1] if at >= 0 else ""
    return sign.isalpha() and not "\u2e80" <= sign <= "\uffef"


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of a few words, blanks and apostrophes as in a lexicon; it matches nothing where there are none."""
    atoms = {" ": rf"{BLANK}{{1,3}}", "'": "['’ʼ]"}
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join("".join(atoms.get(char, re.escape(char)) for char in word) for word in ordered) or "(?!)"


def _by_edge(entries: Iterable[str], edge: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for entry in entries:
        lengths.setdefault(edge(entry), set()).add(len(entry))
    return {key: tuple(sorted(found, reverse=True)) for key, found in lengths.items()}


def _is_blank(text: str, at: int) -> bool:
    sign = text[at]
    return sign in _BLANK_SIGNS or (sign == "\n" and "a" <= text[at + 1 : at + 2] <= "z")


def _as_written(signs: str) -> str:
    """A few characters as entries have them."""
    small_signs = signs.lower()
    return small_signs if _ODD.isdisjoint(small_signs) else small_signs.translate(_PLAIN).replace("\n", " ")
