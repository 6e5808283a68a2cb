"""Word lists, and where their words stand in a text.

An entry is what a native speaker writes into a language file: letters as they are, a blank for any blank space or
hyphen, `*` for any ending or word (`доллар*`, `valued * at`). Entries are looked up in dictionaries by their first characters: nothing is
compiled, so a language costs little when its first text comes, however long its lists are. Nearly all places that are
asked about hold no entry, so two characters of the text are compared with those of all entries before anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from racewire.figures.surfaces import (
    MOST_BLANKS,
    as_looked_up,
    before_blanks,
    is_latin,
    is_mark,
    is_word,
    past_blanks,
    runs,
    sentence_window,
    tidy,
    window,
)

T = TypeVar("T")

_ENDING = re.compile(r"[\w\u0300-\u036f]*")
_SHORT_ENDING = re.compile(r"[A-Za-z0-9]{0,3}")  # without blanks any other ending would run to the end of the clause
_RUN = re.compile(r"\w+")
_REACH = 40  # characters before a point that an entry may take up
_LONGEST_WORD = 48  # characters; hostile text has words without end
_TAIL = 4  # characters by which an entry is known backwards
_ANY_WORD = 24  # characters that `*` is reckoned to stand for


class _Open(NamedTuple):
    """An entry with `*` in it, and its literal parts."""

    parts: tuple[str, ...]
    entry: str


class Lexicon(Generic[T]):
    """Entries and what they mean; finds them in text, forwards, or backwards from a point."""

    def __init__(self, entries: Mapping[str, T], *, spaced: bool = True) -> None:
        self._values: dict[str, T] = {}
        for key in sorted(entries, key=len, reverse=True):
            self._values.setdefault(tidy(key), entries[key])
        self.entries = tuple(self._values)
        self._spaced = spaced
        self._open = [_Open(tuple(entry.split("*")), entry) for entry in sorted(self.entries) if "*" in entry]
        self._exact = {key: value for key, value in self._values.items() if "*" not in key} if self._open else self._values
        longest_open = max((len(one.entry) + _ANY_WORD * (len(one.parts) - 1) for one in self._open), default=0)
        self._longest = max(longest_open, max(map(len, self._exact), default=0))
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

    @cached_property
    def _heads(self) -> dict[str, tuple[int, ...]]:
        """The lengths, longest first, of the entries of each head: the first word, in scripts without blanks two characters."""
        if not self._spaced:
            return _lengths((entry[:2], entry) for entry in self._exact)
        words = [entry.partition(" ")[0] for entry in self._exact]
        return _lengths((w if w.isalnum() else _first_word(w, 0), entry) for w, entry in zip(words, self._exact, strict=True))

    @cached_property
    def _open_heads(self) -> dict[str, tuple[_Open, ...]]:
        """The entries with `*`, by their first two characters, or one where there is no more of a word."""
        heads: dict[str, tuple[_Open, ...]] = {}
        for one in self._open:
            head = _opening(one.parts[0])
            heads[head] = (*heads.get(head, ()), one)
        return heads

    @cached_property
    def _openings(self) -> frozenset[str]:
        """The first two characters of the entries, one where either is no letter or digit; apostrophes in all their forms."""
        return _with_apostrophes({*map(_opening, self._heads), *self._open_heads})

    @cached_property
    def first_signs(self) -> frozenset[str]:
        """The first characters of the entries, small."""
        return frozenset(entry[0] for entry in self.entries)

    @cached_property
    def _signs(self) -> list[str]:
        """The heads that are no words."""
        return [head for head in self._heads if not is_word(head[0])]

    @cached_property
    def _search(self) -> AhoCorasick:
        """Finds where entries may begin in a script without blanks."""
        stems = [*self._exact, *(one.parts[0] for one in self._open)]
        return AhoCorasick(stems, implementation=Implementation.NoncontiguousNFA, store_patterns=False)

    @cached_property
    def _words_only(self) -> bool:
        return all(entry[0].isalnum() for entry in self.entries)

    def _ends_at(self, text: str, at: int, head: str, strict: bool) -> list[tuple[int, T]]:
        """The entries that begin at `at` of a window, as (end, meaning), longest first. `strict`: words apart from digits and marks too."""
        found: list[tuple[int, T]] = []
        if self._joins_before(text, at, strict):
            return found
        for length in self._lengths_of(head):
            end = at + length
            entry = text[at:end]
            if entry in self._exact and len(entry) == length and not self._joins_behind(text, end, entry[-1], strict):
                found.append((end, self._exact[entry]))
        opened = self._opened_by(head) if self._open else ()
        for one in opened:
            stop = self._open_end(one, text, at)
            if stop is not None and not self._joins_behind(text, stop, one.entry[-1], strict):
                found.append((stop, self._values[one.entry]))
        if opened:
            found.sort(key=_longest_first)
        return found

    def _lengths_of(self, head: str) -> tuple[int, ...]:
        """The lengths of the entries that may begin as a head does, longest first."""
        lengths = self._heads.get(head, ())
        return lengths if self._spaced or len(head) == 1 else lengths + self._heads.get(head[0], ())

    def _opened_by(self, head: str) -> tuple[_Open, ...]:
        """The entries with `*` that may begin as a head does."""
        heads = self._open_heads
        return heads.get(head[:2], ()) + (heads.get(head[0], ()) if len(head) > 1 else ())

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

    def _joins_before(self, text: str, at: int, strict: bool) -> bool:
        """Whether what stands before `at` makes one word with what begins there."""
        if not at:
            return False
        before = text[at - 1]
        if not self._spaced:
            return is_latin(before) and is_latin(text[at])
        if strict:
            return is_word(before)
        return (before.isalpha() or before == "_") and text[at].isalnum()

    def _joins_behind(self, text: str, end: int, last: str, strict: bool) -> bool:
        """Whether what stands at `end` makes one word with an entry that ends there in `last`."""
        after = text[end : end + 1]
        if not after:
            return False
        if not self._spaced:
            return is_latin(after) and is_latin(last)
        return is_word(after) or (strict and is_mark(after))

    # -- looking up --------------------------------------------------------------------------------

    def matches(self, text: str, at: int) -> list[tuple[int, T]]:
        """The entries that begin right at `at`, as (end, meaning), longest first."""
        signs = text[at : at + 2].lower()
        if signs not in self._openings and signs[:1] not in self._openings:
            return []
        head = as_looked_up(_first_word(text, at) if self._spaced else text[at : at + 2])
        lengths = self._lengths_of(head)
        if not (self._open and self._opened_by(head)):
            if not lengths:
                return []
            if self._spaced and lengths[0] == len(head) < _LONGEST_WORD and head.isalnum():  # one word, which ends as the text's
                apart = not at or not (text[at - 1].isalpha() or text[at - 1] == "_")
                return [(at + lengths[0], self._exact[head])] if apart else []
        start = at - 1 if at else 0
        seen = window(text, start, at + self._longest + 2 * MOST_BLANKS)
        return [(seen.end(end), value) for end, value in self._ends_at(seen.text, at - start, head, False)]

    def after(self, text: str, at: int) -> tuple[int, int, T] | None:
        """The entry that begins right after `at`, blank space allowed between: (start, end, meaning)."""
        if not self.entries:
            return None
        start = past_blanks(text, at)
        found = self.matches(text, start)
        return (start, *found[0]) if found else None

    def before(self, text: str, at: int) -> tuple[int, int, T] | None:
        """The entry that ends right before `at`, blank space allowed between: (start, end, meaning)."""
        if not self.entries:
            return None
        end = before_blanks(text, at)
        if not self._any_ending and not self._may_close(text[end - 3 if end > 3 else 0 : end].lower()):
            return None
        start = max(0, at - _REACH, end - self._longest - 1 - 2 * MOST_BLANKS)
        seen = window(text, start, end)
        best = self._start_before(seen.text)
        return None if best is None else (seen.begin(best[0]), end, best[1])

    @cached_property
    def _tails(self) -> dict[str, tuple[int, ...]]:
        """The lengths, longest first, of the entries that end in four characters, or have no more."""
        return _lengths((entry[-_TAIL:], entry) for entry in self._exact)

    @cached_property
    def _closings(self) -> frozenset[str]:
        """The last letters or digits of the entries, three at most, or the one other character; apostrophes in all their forms."""
        return _with_apostrophes({_closing(tail) for tail in (*self._tails, *(one.parts[-1] for one in self._open))})

    def _may_close(self, signs: str) -> bool:
        closings = self._closings
        return signs in closings or signs[-2:] in closings or signs[-1:] in closings

    @cached_property
    def _any_ending(self) -> bool:
        return any(not one.parts[-1] for one in self._open)

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
        starts = [run.start() for run in _RUN.finditer(text)] if self._spaced else range(len(text))
        for start in starts:
            if self._begins(text, start):
                for one in self._opened_by(text[start : start + 2]):
                    if self._open_end(one, text, start) == len(text):
                        return start, self._values[one.entry]
        return None

    def _begins(self, text: str, start: int) -> bool:
        if not start:
            return True
        before = text[start - 1]
        if self._spaced:
            return not (is_word(before) or is_mark(before))
        return not (is_latin(before) and is_latin(text[start]))

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, T]]:
        """Every entry between two offsets of a text in small letters, longest first where they overlap."""
        if not self.entries:
            return
        first = max(0, start - 1)
        seen = sentence_window(text, first, end)
        done = start - first
        for at, head in self._starts(seen.text):
            if at >= done:
                found = self._ends_at(seen.text, at, head, self._words_only)
                if found:
                    done = found[0][0]
                    yield seen.begin(at), seen.end(done), found[0][1]

    def _starts(self, text: str) -> list[tuple[int, str]]:
        """Where in a window an entry may begin, and with which head."""
        if not self._spaced:
            hits = self._search.find_matches_as_indexes(text, overlapping=True)
            return [(at, text[at : at + 2]) for at in sorted({at for _, at, _ in hits})]
        heads = self._heads
        if self._open:
            opens = self._open_heads
            found = [(at, run) for at, run in runs(text) if run in heads or run[:2] in opens or run[0] in opens]
        else:
            found = [(at, run) for at, run in runs(text) if run in heads]
        signs = [sign for sign in self._signs if sign in text]
        if signs:
            found += [(at, sign) for sign in signs for at, other in enumerate(text) if other == sign]
            found.sort()
        return found


def _first_word(text: str, at: int) -> str:
    """The run of letters and digits at `at`, or the one other character there."""
    run = _RUN.match(text, at, at + _LONGEST_WORD)
    return run.group() if run else text[at : at + 1]


def _opening(entry: str) -> str:
    """The first two characters, or one where they may be written in several ways."""
    return entry[:2] if entry[:2].isalnum() else entry[:1]


def _closing(entry: str) -> str:
    """The last letters or digits, three at most, or the one other character."""
    return next((entry[-size:] for size in (3, 2) if entry[-size:].isalnum()), entry[-1:])


def _with_apostrophes(edges: set[str]) -> frozenset[str]:
    return frozenset(edges | {"’", "ʼ"} if "'" in edges else edges)


def _longest_first(match: tuple[int, object]) -> int:
    return -match[0]


def _lengths(entries: Iterable[tuple[str, str]]) -> dict[str, tuple[int, ...]]:
    """The lengths, longest first, of the entries that share an edge; they come as (edge, entry)."""
    lengths: dict[str, tuple[int, ...]] = {}
    for edge, entry in entries:
        length = len(entry)
        known = lengths.get(edge)
        if known is None:
            lengths[edge] = (length,)
        elif length not in known:
            lengths[edge] = tuple(sorted((*known, length), reverse=True))
    return lengths
