"""Currency signs, codes and names around a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from racewire.figures.currencies import ABBREVIATIONS, CODES, GENERIC, LOCAL, SIGNS, SMALL_CODES
from racewire.figures.language import Language, split
from racewire.figures.surfaces import BLANK, past_two_blanks, tidy
from racewire.text.case import small

_LETTERS = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")
_LETTERS_AND_DIGITS = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f\d]")
_THIN_BLANKS = " \u00a0\u202f\u2009"
_BEHIND = 28  # characters before a number that a currency may take up
_CODE_BEHIND = re.compile(
    rf" ?(?:US|USD|usd|CAD|CAN|CA|cad|AUD|aud|AU|HK|hk|HKD|NZ|NZD|SG|c|can|us)(?!{_LETTERS_AND_DIGITS.pattern})"
)
_MILLION_CODES = ("USD", "EUR", "GBP", "AUD", "CAD", "SEK", "NOK", "DKK", "CHF", "INR", "CNY", "JPY", "PLN")


class Unit(NamedTuple):
    """A currency found beside a number; `scale` where it carries one of its own (MUSD), `generic` for a bare sign."""

    start: int
    end: int
    code: str | None
    scale: Decimal | None = None
    generic: bool = False
    name: bool = False


class _Forms:
    """Written forms, found where they begin or end."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = frozenset(forms)
        self._by_first: dict[str, list[int]] = {}
        self._by_last: dict[str, list[int]] = {}
        for edges, place in ((self._by_first, 0), (self._by_last, -1)):
            lengths: dict[str, set[int]] = {}
            for form in self._forms:
                lengths.setdefault(form[place], set()).add(len(form))
            edges.update((key, sorted(found, reverse=True)) for key, found in lengths.items())

    def ends(self, text: str, at: int) -> list[int]:
        """Where the forms end that begin at `at`, the longest first."""
        lengths = self._by_first.get(text[at : at + 1])
        if lengths is None:
            return []
        return [at + n for n in lengths if at + n <= len(text) and text[at : at + n] in self._forms]

    def starts(self, text: str, end: int) -> list[int]:
        """Where the forms begin that end at `end`, the longest first."""
        lengths = self._by_last.get(text[end - 1 : end]) if end else None
        if lengths is None:
            return []
        return [end - n for n in lengths if n <= end and text[end - n : end] in self._forms]


class _World:
    """Signs and codes, the same in every language; `codes` are those of letters, small. Built once."""

    def __init__(self) -> None:
        self.meaning: dict[str, tuple[str, Decimal | None, bool]] = {}
        for code, real in CODES.items():
            self._add(code, real)
            if code in SMALL_CODES:
                self._add(code.lower(), real)
                self._add(code.capitalize(), real)
        for code in _MILLION_CODES:
            self._add("M" + code, code, Decimal(10**6))
        letters = dict(self.meaning)
        for sign, real in SIGNS.items():
            for form in {sign, sign.lower(), sign.capitalize()}:
                self._add(form, real, None, sign in GENERIC)
        signs = {form for form in self.meaning if form not in letters}
        for short, real in ABBREVIATIONS.items():
            self._add(short, real)
        spaced = {"hk $": "HKD", "nt $": "TWD", "HK $": "HKD", "NT $": "TWD"}
        for form, real in spaced.items():
            self._add(form, real)
        self._ahead = _Forms(form for form in self.meaning if form not in ("元", "円"))  # these never stand before the number
        self._tokenised = _Forms(("us $", "c $", "nz $", "US $", "C $"))
        signs |= spaced.keys()
        self._signs = _Forms(signs)
        self.codes = frozenset(tidy(form) for form in self.meaning if form[0].isalpha())
        self._words = _Forms(form for form in self.meaning if form[0].isalpha() and form[-1].isalpha() and form not in signs)

    def before(self, text: str, end: int) -> int | None:
        """Where the form begins that ends at `end`, up to two blanks allowed between; None where there is none."""
        if text[end - 1 : end] == " ":
            for start in self._tokenised.starts(text, end - 1):
                if not (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
                    return start
        at = end
        while at > max(0, end - 2) and text[at - 1] in _THIN_BLANKS:
            at -= 1
        starts = self._ahead.starts(text, at)
        if not starts:
            return None
        bound = [s for s in starts if text[s].isalpha() and not (s and _LETTERS.match(text[s - 1]))]
        return next(iter(bound or [s for s in starts if not text[s].isalpha()]), None)

    def sign_at(self, text: str, at: int) -> int | None:
        """Where the sign ends that begins at `at`."""
        for end in self._signs.ends(text, at):
            if not (_LETTERS.match(text[end - 1]) and _LETTERS.match(text[end : end + 1])):
                return end
        return None

    def word_at(self, text: str, at: int) -> int | None:
        """Where the code or abbreviation ends that begins at `at`."""
        return next((end for end in self._words.ends(text, at) if not _LETTERS_AND_DIGITS.match(text[end : end + 1])), None)

    def _add(self, form: str, code: str, scale: Decimal | None = None, generic: bool = False) -> None:
        self.meaning.setdefault(form, (code, scale, generic))


@lru_cache(maxsize=1)
def world() -> _World:
    return _World()


_BEHIND_SIGN = {"US": "USD", "USD": "USD", "CAD": "CAD", "CAN": "CAD", "CA": "CAD", "C": "CAD", "AUD": "AUD", "AU": "AUD", "HK": "HKD",
                "HKD": "HKD", "NZ": "NZD", "NZD": "NZD", "SG": "SGD"}  # fmt: skip


def _before_colon(text: str) -> int:
    """Where a name would end before a number: one colon at most, and one blank on each side of it."""
    end = len(text)
    for signs in ("", ":：", ""):
        last = text[end - 1 : end]
        if last and (last in signs if signs else last.isspace() and last != "\n"):
            end -= 1
    return end


class Units:
    """Finds the currency before or after a number, for one language."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang
        self.world = world()
        self._names_before = _Forms(name.lower() for name in lang.prefix_names)
        links = lang.words("glue", "of")
        glued = [
            re.escape(w).replace("'", "['’]") + (r"\s?" if w.endswith("'") else r"\s{1,2}")
            for w in sorted(links, key=len, reverse=True)
        ]
        blank = BLANK + "{0,2}"
        self._link = re.compile(f"{blank}(?:{'|'.join(glued)})", re.IGNORECASE) if glued else None
        self._guards = {word: tuple(split(rest)) for word, rest in lang.section("guards").items()}
        self._followers = {word: tuple(split(rest)) for word, rest in lang.section("followers").items()}
        own = lang.section("signs")
        self._own: dict[str, str] = own

    def _meaning(self, form: str) -> tuple[str | None, Decimal | None, bool]:
        code, scale, generic = self.world.meaning[form]
        return self._own.get(form, self._own.get(form.lower(), code)), scale, generic

    def before(self, text: str, at: int, floor: int) -> Unit | None:
        """The sign, code or name that ends right before `at` and begins at or after `floor`."""
        low = max(floor, at - _BEHIND)
        behind = text[low:at]
        if not behind:
            return None
        named = self._name_before(behind, low) if self._lang.prefix_names else None
        size = len(behind)
        start = self.world.before(behind, size)
        if start is not None and not (named and low + start > named.start):
            form = behind[start:].rstrip(_THIN_BLANKS)
            if form in LOCAL and form not in self._own:
                return None
            if form in self.world.meaning:
                code, scale, generic = self._meaning(form)
            else:
                code, scale, generic = SIGNS.get(form.replace(" ", "").upper(), "USD"), None, False
            return Unit(low + start, low + start + len(form), code, scale, generic)
        return named

    def _name_before(self, behind: str, low: int) -> Unit | None:
        end = _before_colon(behind)
        words = small(behind)
        for start in self._names_before.starts(words, end):
            if self._lang.spaced and start and _LETTERS.match(behind[start - 1]):
                continue
            return Unit(low + start, low + end, self._lang.prefix_names[words[start:end]], None, False, True)
        return None

    def after(self, text: str, at: int) -> Unit | None:
        """The sign, code or name that begins right after `at`, blanks and a word like "of" allowed between."""
        start = past_two_blanks(text, at)
        unit = self._at(text, start)
        if unit is not None:
            return unit
        link = self._link.match(text, at) if self._link else None
        if link and link.end() > start:
            return self._at(text, link.end())
        return None

    def _at(self, text: str, at: int) -> Unit | None:
        if at >= len(text):
            return None
        name = self._name_at(text, at)
        sign = self.world.sign_at(text, at)
        if sign is not None:
            behind = _CODE_BEHIND.match(text, sign)
            end = behind.end() if behind else sign
            if not (name and name.end > end):
                form = text[at:sign]
                if form in LOCAL or (form.isalpha() and self._lang.names.value(form)):
                    return name
                code, scale, generic = self._meaning(form)
                if behind:
                    code, generic = _BEHIND_SIGN.get(behind.group().strip().upper(), code), False
                return Unit(at, end, code, scale, generic)
        word = self.world.word_at(text, at)
        if word is not None and not (name and name.end >= word):
            code, scale, generic = self._meaning(text[at:word])
            return Unit(at, word, code, scale, generic)
        return name

    def _name_at(self, text: str, at: int) -> Unit | None:
        best: Unit | None = None
        named = self._lang.named_unit(text, at)
        if named:
            best = Unit(at, named.end, named.code, None, False, True)
        direct = self._lang.names.matches(text, at)
        if direct and (best is None or direct[0][0] >= best.end):
            best = Unit(at, direct[0][0], direct[0][1], None, False, True)
        scaled = self._lang.scaled_names.matches(text, at)
        if scaled and (best is None or scaled[0][0] > best.end):
            best = Unit(at, scaled[0][0], scaled[0][1][0], scaled[0][1][1], False, True)
        if best is None or best.code is None or not self._stands(text, best):
            return None
        return best

    def _stands(self, text: str, unit: Unit) -> bool:
        """Whether what follows lets the name be a currency: 3元, not 3元宇宙; hai đồng, not hai đồng nghiệp; 27 won, not won't."""
        word = text[unit.start : unit.end].lower()
        if text[unit.end : unit.end + 2] in ("'t", "’t"):
            return False
        if self._guards and text[unit.end : unit.end + 16].lower().lstrip().startswith(self._guards.get(word, ("\0",))):
            return False
        if self._lang.spaced:
            return True
        following = text[unit.end : unit.end + 1]
        allowed = self._followers.get(word) or self._followers.get("*")
        if allowed is None or not following.isalpha() or (following.isascii() and word not in self._followers):
            return True
        return any(text.startswith(rest, unit.end) for rest in allowed)
