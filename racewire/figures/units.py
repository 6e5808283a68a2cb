"""Currency signs, codes and names around a number."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from racewire.figures.currencies import ABBREVIATIONS, CODES, GENERIC, LOCAL, SIGNS, SMALL_CODES
from racewire.figures.language import Language, split
from racewire.figures.lexicon import BLANK, trie_pattern

_LETTER = "A-Za-z\u00c0-\u024f\u0370-\u052f"
_MILLION_CODES = ("USD", "EUR", "GBP", "AUD", "CAD", "SEK", "NOK", "DKK", "CHF", "INR", "CNY", "JPY", "PLN")


class Unit(NamedTuple):
    """A currency found beside a number; `scale` where it carries one of its own (MUSD), `generic` for a bare sign."""

    start: int
    end: int
    code: str | None
    scale: Decimal | None = None
    generic: bool = False
    name: bool = False


class _World:
    """Signs and codes, the same in every language. Built once."""

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
        signs = dict.fromkeys(form for form in self.meaning if form not in letters)
        for short, real in ABBREVIATIONS.items():
            self._add(short, real)
        spaced = {"hk $": "HKD", "nt $": "TWD", "HK $": "HKD", "NT $": "TWD"}
        for form, real in spaced.items():
            self._add(form, real)
        ahead = [form for form in self.meaning if form not in ("元", "円")]  # never before the number
        free = [f[::-1] for f in ahead if not f[0].isalpha()]
        bound = [f[::-1] for f in ahead if f[0].isalpha()]
        self.before = re.compile(
            rf"[ \u00a0\u202f\u2009]{{0,2}}(?P<word>(?:{trie_pattern(bound)})(?![{_LETTER}])|{trie_pattern(free)})"
        )
        tokenised = [f[::-1] for f in ("us $", "c $", "nz $", "US $", "C $")]
        self.before_tokenised = re.compile(rf" (?P<word>{trie_pattern(tokenised)})(?!\w)")
        signs |= dict.fromkeys(spaced)
        words = [f for f in self.meaning if f[0].isalpha() and f[-1].isalpha() and f not in signs]
        self.word_after = re.compile(rf"(?:{trie_pattern(words)})(?![{_LETTER}\d])")
        self.sign_after = re.compile(
            rf"(?P<sign>{trie_pattern(signs)})(?<![{_LETTER}](?=[{_LETTER}]))(?P<code> ?(?:US|USD|usd|CAD|CAN|CA|cad|AUD|aud|AU|HK|hk|HKD|NZ|NZD|SG|c|can|us)(?![{_LETTER}\d]))?"
        )

    def _add(self, form: str, code: str, scale: Decimal | None = None, generic: bool = False) -> None:
        self.meaning.setdefault(form, (code, scale, generic))


@lru_cache(maxsize=1)
def world() -> _World:
    return _World()


_BEHIND_SIGN = {"US": "USD", "USD": "USD", "CAD": "CAD", "CAN": "CAD", "CA": "CAD", "C": "CAD", "AUD": "AUD", "AU": "AUD", "HK": "HKD",
                "HKD": "HKD", "NZ": "NZD", "NZD": "NZD", "SG": "SGD"}  # fmt: skip


class Units:
    """Finds the currency before or after a number, for one language."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang
        self.world = world()
        names = lang.prefix_names
        border = rf"(?![{_LETTER}])" if lang.spaced else ""
        self._names_before = (
            re.compile(rf"[^\S\n：:]?[:：]?[^\S\n]?(?P<word>{trie_pattern(n[::-1] for n in names)}){border}", re.IGNORECASE)
            if names
            else None
        )
        links = lang.words("glue", "of")
        glued = [
            re.escape(w).replace("'", "['’]") + (r"\s?" if w.endswith("'") else r"\s{1,2}")
            for w in sorted(links, key=len, reverse=True)
        ]
        blank = BLANK + "{0,2}"
        self._link = re.compile(rf"{blank}(?:{'|'.join(glued)})?" if glued else blank, re.IGNORECASE)
        self._direct = re.compile(blank)
        self._guards = {word: tuple(split(rest)) for word, rest in lang.section("guards").items()}
        self._followers = {word: tuple(split(rest)) for word, rest in lang.section("followers").items()}
        own = lang.section("signs")
        self._own: dict[str, str] = own

    def _meaning(self, form: str) -> tuple[str | None, Decimal | None, bool]:
        code, scale, generic = self.world.meaning[form]
        return self._own.get(form, self._own.get(form.lower(), code)), scale, generic

    def before(self, text: str, at: int, floor: int) -> Unit | None:
        """The sign, code or name that ends right before `at` and begins at or after `floor`."""
        behind = text[max(floor, at - 28) : at][::-1]
        if not behind:
            return None
        named = self._name_before(behind, at)
        match = self.world.before_tokenised.match(behind) or self.world.before.match(behind)
        if match and not (named and at - match.end("word") > named.start):
            form = match.group("word")[::-1]
            start, end = at - match.end("word"), at - match.start("word")
            if form in LOCAL and form not in self._own:
                return None
            if form in self.world.meaning:
                code, scale, generic = self._meaning(form)
            else:
                code, scale, generic = SIGNS.get(form.replace(" ", "").upper(), "USD"), None, False
            return Unit(start, end, code, scale, generic)
        return named

    def _name_before(self, behind: str, at: int) -> Unit | None:
        if self._names_before is None:
            return None
        match = self._names_before.match(behind)
        code = self._lang.prefix_names.get(match.group("word")[::-1].lower()) if match else None
        return Unit(at - match.end("word"), at - match.start("word"), code, None, False, True) if match and code else None

    def after(self, text: str, at: int) -> Unit | None:
        """The sign, code or name that begins right after `at`, blanks and a word like "of" allowed between."""
        direct = self._direct.match(text, at)
        start = direct.end() if direct else at
        unit = self._at(text, start)
        if unit is not None:
            return unit
        link = self._link.match(text, at)
        if link and link.end() > start:
            return self._at(text, link.end())
        return None

    def _at(self, text: str, at: int) -> Unit | None:
        if at >= len(text):
            return None
        name = self._name_at(text, at)
        match = self.world.sign_after.match(text, at)
        if match and match.group("sign") and not (name and name.end > match.end()):
            form = match.group("sign")
            if form in LOCAL or (form.isalpha() and self._lang.names.value(form)):
                return name
            code, scale, generic = self._meaning(form)
            if match.group("code"):
                code, generic = _BEHIND_SIGN.get(match.group("code").strip().upper(), code), False
            return Unit(at, match.end(), code, scale, generic)
        word = self.world.word_after.match(text, at)
        if word and not (name and name.end >= word.end()):
            code, scale, generic = self._meaning(word.group())
            return Unit(at, word.end(), code, scale, generic)
        return name

    def _name_at(self, text: str, at: int) -> Unit | None:
        best: Unit | None = None
        match = self._lang.named_unit.match(text, at)
        if match and match.end() > at:
            code = self._lang.from_unit(match)
            end = match.end() if not match.group("after") or self._lang.has_adjective(match) else match.end("unit")
            best = Unit(at, end, code, None, False, True)
        direct = self._lang.names.forward.match(text, at)
        if direct and direct.group() and (best is None or direct.end() >= best.end):
            best = Unit(at, direct.end(), self._lang.names.value(direct.group()), None, False, True)
        scaled = self._lang.scaled_names.forward.match(text, at) if self._lang.scaled_names else None
        if scaled and scaled.group() and (best is None or scaled.end() > best.end):
            value = self._lang.scaled_names.value(scaled.group())
            if value is not None:
                best = Unit(at, scaled.end(), value[0], value[1], False, True)
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
