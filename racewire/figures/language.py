"""One language's tables, read from its file in languages/ and compiled when first used.

What the sections of a file mean is told in docs/figures.md. `_common.toml` lies under every language; a language
without a file of its own gets `_generic.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from racewire.figures.currencies import NATIONAL, USUAL
from racewire.figures.lexicon import Lexicon
from racewire.figures.numerals import Token
from racewire.figures.surfaces import BLANK, any_of, tidy

Table = Mapping[str, Any]

ALIASES = {
    "nb": "no",
    "nn": "no",
    "ms": "id",
    "in": "id",
    "iw": "he",
    "yue": "zh",
    "cmn": "zh",
    "zh-tw": "zh",
    "zh-cn": "zh",
    "sr": "hr",
    "bs": "hr",
}
_HERE = Path(__file__).parent / "languages"


@lru_cache(maxsize=1)
def available() -> frozenset[str]:
    """The codes of the languages that have a file."""
    return frozenset(
        f.name.removesuffix(".toml") for f in _HERE.iterdir() if f.name.endswith(".toml") and not f.name.startswith("_")
    )


def _read(name: str) -> dict[str, Any]:
    import tomllib  # only when a table is read

    return tomllib.loads(normalize("NFC", (_HERE / f"{name}.toml").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _common() -> dict[str, Any]:
    return _read("_common")


@lru_cache(maxsize=64)
def load(code: str, region: str = "") -> Language:
    """The tables of `code` (ISO 639-1); the generic ones where there is no file for it.

    A region in small letters may change the decimal mark: `es` writes 1,5 and `es-mx` 1.5.
    """
    table = _read(code if code in available() else "_generic")
    for section, content in _common().items():
        own = table.setdefault(section, {})
        for meaning, words in content.items():
            own[meaning] = f"{own[meaning]}, {words}" if meaning in own else words
    table["decimal"] = table.get("regions", {}).get(region, table.get("decimal", "."))
    return Language(code, table)


def split(words: str) -> list[str]:
    """The entries of one line of a language file."""
    return [word for word in map(str.strip, words.split(",")) if word]


def language(code: str | None) -> Language:
    """The tables for a language tag such as `vi`, `pt-BR` or `zh_Hant`; English for None."""
    if not code:
        return load("en")
    tag = code.lower().replace("_", "-")
    short, _, region = ALIASES.get(tag, tag).partition("-")
    return load(ALIASES.get(short, short)[:8], region[:8])


class NamedUnit(NamedTuple):
    """A currency by its name: where that ends, and the code (None where the name does not tell)."""

    end: int
    code: str | None


class Language:
    """Compiled tables of one language; every table is built when it is first asked for."""

    def __init__(self, code: str, table: Table) -> None:
        self.code = code
        self.table = table
        self.decimal: str = table.get("decimal", ".")
        self.spaced: bool = table.get("spaced", True)
        self.group_space: bool = table.get("group_space", False)
        self.nation_after: bool = table.get("nation_after", False)
        self.fused: bool = table.get("fused", False)
        self._lines: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._lists: dict[tuple[str, ...], Lexicon[bool]] = {}

    def section(self, *path: str) -> dict[str, Any]:
        node: Any = self.table
        for step in path:
            node = node.get(step, {})
        return dict(node)

    def words(self, *path: str) -> tuple[str, ...]:
        """The words of one line, such as ("range", "to"); empty where the file has no such line."""
        known = self._lines.get(path)
        if known is None:
            known = self._lines[path] = tuple(split(self.section(*path[:-1]).get(path[-1], "")))
        return known

    def listed_words(self, words: Iterable[str]) -> Lexicon[bool]:
        return self._lexicon(dict.fromkeys(words, True))

    def listed(self, *path: str) -> Lexicon[bool]:
        """The same as a lexicon."""
        known = self._lists.get(path)
        if known is None:
            known = self._lists[path] = self.listed_words(self.words(*path))
        return known

    def _lexicon(self, entries: Mapping[str, Any]) -> Lexicon[Any]:
        return Lexicon(entries, spaced=self.spaced)

    def _listed(self, *path: str) -> Lexicon[str]:
        """A section that maps a meaning to the words for it, turned round."""
        return self._lexicon({word: meaning for meaning, words in self.section(*path).items() for word in split(words)})

    @cached_property
    def number_words(self) -> Lexicon[Token]:
        """Every word that can stand in a number: plain, fraction, multiplier, open multiplier, glue."""
        entries: dict[str, Token] = {}
        for word in self.words("glue", "article"):
            entries[word] = Token("a", Decimal(1))
        for word in [*self.words("glue", "and"), *self.words("glue", "of")]:
            entries[word] = Token("&", Decimal(0))
        for word in self.words("glue", "point"):
            entries[word] = Token("p", Decimal(0))
        for section, kind in (("numbers", "n"), ("fractions", "f"), ("and_fractions", "h")):
            for value, words in self.section(section).items():
                entries |= dict.fromkeys(split(words), Token(kind, Decimal(value)))
        entries |= self._scales("open_scales", "o") | self._scales("scales", "x")
        return self._lexicon(entries)

    @cached_property
    def _fused_words(self) -> list[tuple[str, Token]]:
        """Number words that this language writes together, longest first: zweihunderttausend, duecentomila."""
        if not self.fused:
            return []
        words = [
            (word, self.number_words.value(word)) for word in self.number_words.entries if "*" not in word and " " not in word
        ]
        links = [(word, Token("&", Decimal(0))) for word in self.words("glue", "fused")]
        tokens = [(word, token) for word, token in words if token and token.kind in "nxf&"]
        return sorted([*tokens, *links], key=lambda item: -len(item[0]))

    @lru_cache(maxsize=1024)  # noqa: B019  a language lives as long as the program
    def unfuse(self, word: str) -> tuple[Token, ...] | None:
        """The parts of a number written as one word; None where it is none."""
        word = word.lower()
        if not self.fused or not 5 <= len(word) <= 48:
            return None
        return self._unfuse(word, 0, 12)

    def _unfuse(self, word: str, at: int, depth: int) -> tuple[Token, ...] | None:
        if at == len(word):
            return ()
        if depth == 0:
            return None
        for part, token in self._fused_words:
            if word.startswith(part, at):
                rest = self._unfuse(word, at + len(part), depth - 1)
                if rest is not None:
                    return (token, *rest)
        return None

    def _scales(self, section: str, kind: str) -> dict[str, Token]:
        lines = self.section(section).items()
        return {word: Token(kind, Decimal(10) ** int(power)) for power, words in lines for word in split(words)}

    @cached_property
    def scale_words(self) -> Lexicon[Token]:
        return self._lexicon(self._scales("open_scales", "x") | self._scales("scales", "x"))

    @cached_property
    def short_scales(self) -> dict[str, Decimal]:
        return {word: token.value for word, token in self._scales("short_scales", "x").items()}

    @cached_property
    def split_scales(self) -> dict[str, tuple[str, Decimal]]:
        """Magnitudes that stand where the decimal mark would, with the currency they imply: 2tr5 is 2.5 million dong."""
        out: dict[str, tuple[str, Decimal]] = {}
        for meaning, words in self.section("split_scales").items():
            code, power = meaning.split()
            out |= dict.fromkeys(split(words), (code, Decimal(10) ** int(power)))
        return out

    @cached_property
    def local_scales(self) -> dict[tuple[str, str], Decimal]:
        """Letters that mean something else behind one currency: Rp 5 M is 5 miliar, US$5M is not."""
        out: dict[tuple[str, str], Decimal] = {}
        for meaning, words in self.section("local_scales").items():
            code, power = meaning.split()
            out |= {(code, word): Decimal(10) ** int(power) for word in split(words)}
        return out

    @cached_property
    def units(self) -> Lexicon[str]:
        return self._listed("units")

    @cached_property
    def nations(self) -> Lexicon[str]:
        return self._listed("nations")

    @cached_property
    def names(self) -> Lexicon[str]:
        return self._listed("currencies")

    @cached_property
    def scaled_names(self) -> Lexicon[tuple[str, Decimal]]:
        """Words that hold a magnitude and a currency in one: mkr, mdd."""
        entries: dict[str, tuple[str, Decimal]] = {}
        for meaning, words in self.section("scaled").items():
            code, power = meaning.split()
            entries |= dict.fromkeys(split(words), (code, Decimal(10) ** int(power)))
        return self._lexicon(entries)

    @cached_property
    def prefix_names(self) -> dict[str, str]:
        """Names that may stand before the number: 人民币 5 元, Euro 20."""
        out = {word: code for code, words in self.section("prefix_currencies").items() for word in split(words)}
        for word in self.words("prefix_words"):
            code = self.code_of(word)
            if code:
                out[tidy(word)] = code
        return out

    def code_of(self, name: str) -> str | None:
        """The currency that a name of this language means when it stands alone."""
        direct = self.names.value(name)
        if direct:
            return direct
        unit = self.units.value(name)
        if unit:
            return self.usual(unit)
        named = self.named_unit(name, 0)
        return named.code if named and named.end == len(name) else None

    def usual(self, unit: str) -> str | None:
        own: dict[str, str] = self.section("usual")
        return own.get(unit, USUAL.get(unit)) or None

    def named_unit(self, text: str, at: int) -> NamedUnit | None:
        """The unit that begins at `at`, with its adjective: Canadian dollars, dólares canadienses, đô la Hồng Kông."""
        for end, nation in self.nations.matches(text, at):
            gap = self._gap.match(text, end)
            unit = self.units.matches(text, gap.end()) if gap else []
            if unit:
                return NamedUnit(unit[0][0], NATIONAL.get((unit[0][1], nation)) or self.usual(unit[0][1]))
        units = self.units.matches(text, at)
        if not units:
            return None
        end, name = units[0]
        adjective = self._adjective(text, end) if self.nation_after else None
        if adjective and (own := NATIONAL.get((name, adjective[1]))):
            return NamedUnit(adjective[0], own)  # any other nation begins something else
        return NamedUnit(end, self.usual(name))

    def _adjective(self, text: str, at: int) -> tuple[int, str] | None:
        """The nation behind a unit, a small word allowed between."""
        gap = self._gap.match(text, at)
        if gap is None:
            return None
        linked = self._link.match(text, gap.end()) if self._link else None
        places = [linked.end(), gap.end()] if linked else [gap.end()]
        return next((found[0] for place in places if (found := self.nations.matches(text, place))), None)

    @cached_property
    def _gap(self) -> re.Pattern[str]:
        return re.compile(BLANK + "{1,3}" if self.spaced else r"[^\S\n・]?・?")

    @cached_property
    def _link(self) -> re.Pattern[str] | None:
        links = self.words("glue", "of")
        return re.compile(f"(?:{any_of(links)}){self._gap.pattern}", re.IGNORECASE) if links else None

    @cached_property
    def bounds_before(self) -> Lexicon[str]:
        return self._bounds("before")

    @cached_property
    def bounds_after(self) -> Lexicon[str]:
        return self._bounds("after")

    def _bounds(self, side: str) -> Lexicon[str]:
        section = self.section("bounds")
        return self._lexicon({word: kind for kind, sides in section.items() for word in split(sides.get(side, ""))})

    @cached_property
    def per_after(self) -> Lexicon[str]:
        return self._listed("per")

    @cached_property
    def per_before(self) -> Lexicon[str]:
        return self._listed("per_before")

    @cached_property
    def money_before(self) -> Lexicon[bool]:
        return self.listed("noise", "money_before")

    @cached_property
    def money_after(self) -> Lexicon[bool]:
        return self.listed("noise", "money_after")

    @cached_property
    def change(self) -> Lexicon[bool]:
        return self.listed("range", "change")

    @cached_property
    def more_words(self) -> Lexicon[bool]:
        """What makes a number approximate between it and its unit: 10余亿, 5천여만."""
        return self.listed("glue", "more")

    @cached_property
    def classifiers(self) -> Lexicon[bool]:
        return self.listed("glue", "classifier")
