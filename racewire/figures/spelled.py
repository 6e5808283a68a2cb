"""Sums whose number is written in words or numerals: half a billion dollars, zwölf Millionen Euro, 三亿五千万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind

from racewire.figures.numerals import Token
from racewire.figures.pieces import Piece, Reader

_LAST_WORD = re.compile(r"(?<!\w)(\w+)[\s-]{0,3}\Z")
_CODES_IN_WORDS = ("usd", "eur", "gbp", "rmb", "cny", "vnd", "btc", "musd", "meur")
# What stands before a currency name, by the sign that the search knows.
_EDGES = {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "\n": " ", "\t": " ", "-": " ", "’": "'"}
_SIGNS = frozenset("$€£")
_SIGN_AND_WORD = re.compile(r"[$€£]\s?(?=[^\W\d_])")


class SpelledNumbers:
    """Reads numbers in words around currency names, in scripts that write with blanks."""

    def __init__(self, reader: Reader) -> None:
        self.lang = reader.lang
        self.reader = reader

    def places(self, text: str, low: str) -> list[int]:
        """Where a currency name stands behind a number word, or a sign before a word. `low` is `text` in small letters."""
        return sorted({*self._currency_words(low), *self._signs_before_words(text)})

    def piece(self, text: str, at: int, floor: int) -> Piece | None:
        """The piece around one of `places`; nothing of it begins before `floor`."""
        piece = self._forwards(text, at) if text[at] in _SIGNS else self._backwards(text, at, floor)
        return None if piece is None or self._is_thing(text, piece) else piece

    def _is_thing(self, text: str, piece: Piece) -> bool:
        """ "Une couronne" is a wreath: some names are no currency behind a small number in words."""
        unit = piece.after
        if unit is None or piece.scale or not unit.name or piece.value >= 10 or (piece.start == 0 and piece.end == len(text)):
            return False
        return text[unit.start : unit.end].lower() in self.lang.words("noise", "not_alone")

    def _currency_words(self, low: str) -> Iterator[int]:
        """Where a currency name (or the adjective before it) stands right behind a number word."""
        plain = low
        for sign, form in _EDGES.items():
            plain = plain.replace(sign, form)
        search, whole = self._unit_search
        for which, start, end in search.find_matches_as_indexes(plain):
            at = start + 1
            if whole[which] and low[end : end + 1].isalnum():
                continue  # the beginning of another word
            if (low[start] != "\n" or "a" <= low[at] <= "z") and self._number_word_before(low, at) is not None:
                yield at

    @cached_property
    def _unit_search(self) -> tuple[AhoCorasick, list[bool]]:
        """Finds currency names and nations behind a blank, or behind an apostrophe where a number word ends in one.

        The list tells of each whether it is one word, and nothing begins in it that may go on.
        """
        lang = self.lang
        names = {
            *lang.units.entries,
            *lang.names.entries,
            *_CODES_IN_WORDS,
            *(lang.nations.entries if not lang.nation_after else []),
        }
        stems = sorted({name.partition("*")[0] for name in names})
        going_on = (*_CODES_IN_WORDS, *(name.partition("*")[0] for name in names if "*" in name))
        whole = [stem.isalnum() and not stem.startswith(going_on) for stem in stems]
        glued = any(entry.endswith("'") for entry in lang.number_words.entries)
        edges = " '" if glued else " "
        forms = [edge + stem for edge in edges for stem in stems]
        return AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest), whole * len(edges)

    def _signs_before_words(self, text: str) -> Iterator[int]:
        return (match.start() for match in _SIGN_AND_WORD.finditer(text))

    def _forwards(self, text: str, at: int) -> Piece | None:
        """A sign with its number in words behind it: $ un mil millones."""
        tokens: list[Token] = []
        pos = begin = at + 1
        while len(tokens) < 12:
            found = self.lang.number_words.after(text, pos)
            if found is None or found[2].kind == "&":
                break
            if not tokens:
                begin = found[0]
            tokens.append(found[2])
            pos = found[1]
        if not any(token.kind in "nx" for token in tokens):
            return None
        return self.reader.words(text, begin, pos, tokens, at)

    def _backwards(self, text: str, at: int, floor: int) -> Piece | None:
        """Reads number words that end right before the currency name at `at`."""
        tokens: list[Token] = []
        pos = at
        nation = self.lang.nations.before(text, pos) if not self.lang.nation_after and self.lang.nations else None
        if nation:
            pos = nation[0]
        spans: list[tuple[int, int]] = []
        while len(tokens) < 24:
            found = self._number_word_before(text, pos)
            if found is None or found[0] < floor:
                break
            pos = found[0]
            spans += [(found[0], found[1])] * len(found[2])
            tokens += reversed(found[2])
        tokens.reverse()
        spans.reverse()
        while tokens and tokens[0].kind in "&p":
            tokens.pop(0)
            spans.pop(0)
        if len(tokens) > 1 and tokens[0].kind == "a" and tokens[1].kind in "xf":
            tokens.pop(0)
            spans.pop(0)
        while tokens and tokens[-1].kind == "&":
            tokens.pop()
            spans.pop()
        if not tokens or text[max(0, spans[0][0] - 3) : spans[0][0]].rstrip()[-1:].isdigit():
            return None
        return self.reader.words(text, spans[0][0], spans[-1][1], tokens, floor)

    def _number_word_before(self, text: str, at: int) -> tuple[int, int, tuple[Token, ...]] | None:
        found = self.lang.number_words.before(text, at)
        if found is not None:
            return found[0], found[1], (found[2],)
        if self.lang.fused:
            word = _LAST_WORD.search(text, max(0, at - 50), at)
            if word:
                parts = self.lang.unfuse(word.group(1))
                if parts:
                    return word.start(1), word.end(1), parts
        return None


class Numerals:
    """Reads numbers in numerals, in scripts without blanks."""

    def __init__(self, reader: Reader) -> None:
        self.lang = reader.lang
        self.reader = reader

    def piece(self, text: str, start: int, end: int, floor: int) -> Piece | None:
        """The piece around the numerals `text[start:end]`: 三亿五千万, 数千万, 천4백만."""
        tokens: list[Token] = []
        pos = start
        opened = text[start] in self.lang.words("glue", "several")
        if opened:
            tokens.append(Token("o", Decimal(1)))
            pos += 1
        while pos < end:
            found = self.lang.number_words.after(text, pos)
            if not found or found[1] > end:
                break
            tokens.append(found[2])
            pos = found[1]
        if not tokens or (opened and len(tokens) == 1):
            return None
        pair = [t.value for t in tokens[:2]] if [t.kind for t in tokens[:3]] == ["n", "n", "x"] else []
        if pair and pair[1] == pair[0] + 1:  # 两三百万: two to three
            del tokens[1]
        if all(t.kind == "n" for t in tokens) and len(tokens) > 1:  # digits one by one: 二〇二六
            joined = "".join(str(t.value) for t in tokens)
            tokens = [Token("n", Decimal(joined))]
        piece = self.reader.words(text, start, pos, tokens, floor)
        if piece is not None and pair and pair[1] == pair[0] + 1:
            piece.span_high, piece.approx = piece.value / pair[0] * pair[1], True
        return piece if piece and piece.has_unit else None
