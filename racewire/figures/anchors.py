"""Where in a text a number of a sum may stand: one compiled pattern a language, and a quick look at both sides."""

from __future__ import annotations

import re
from functools import cached_property

from racewire.figures.pieces import Reader
from racewire.figures.surfaces import BLANK, any_of, is_apart, past_two_blanks, tidy

_PREFIX = 3  # characters by which a word behind a number is known
_DASH = re.compile(r"\s?[-–—−~〜～∼‐‑]\s?[$€£\d]")


class Anchors:
    """The places of one language's text that are worth reading."""

    def __init__(self, reader: Reader) -> None:
        self.lang = reader.lang
        self.reader = reader

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Where a number can stand: digits; in scripts without blanks also numerals with a currency behind them."""
        if self.lang.spaced or not self.reader.numerals:
            return re.compile(self.reader.number)
        return re.compile(rf"{self.reader.number}|{self._spelled_pattern()}", re.IGNORECASE)

    def _spelled_pattern(self) -> str:
        """Numerals with a currency right behind: 三亿五千万美元, 천 4백만 달러, 数十億円."""
        kinds = {"n": "", "x": "", "f": ""}
        for word in self.reader.numerals:
            token = self.lang.number_words.value(word)
            if token is not None:
                kinds[token.kind] += re.escape(word)
        plain, times = f"[{kinds['n']}]", f"[{kinds['x']}]"
        several = "".join(re.escape(w) for w in self.lang.words("glue", "several"))
        points = "".join(re.escape(w) for w in self.lang.words("glue", "point"))
        loose = [*self.lang.words("glue", "more"), *self.lang.words("glue", "classifier")]
        more = "|".join(map(re.escape, loose)) or "(?!)"
        begins = self.lang.names.first_signs | self.lang.units.first_signs | self.lang.nations.first_signs
        unit = f"[{''.join(sorted(re.escape(sign) for sign in begins))}]"
        chain = rf"{plain}?{times}(?:\s?(?:\d[\d,]*\s?|{plain})?{times}){{0,16}}{plain}?"
        parts = [rf"[{several}]\s?{times}{{1,6}}", f"{plain}{{2}}{times}{{1,4}}"]
        if kinds["f"]:
            parts.append(f"[{kinds['f']}]{times}{{1,4}}")
        parts.append(f"(?:{chain}|{plain}{{1,9}}(?=[{points}]))(?:[{points}]{plain}{{1,9}}{times}{{0,4}})?" if points else chain)
        lone = self.lang.table.get("lone_numerals", True)
        parts.append(plain if lone else rf"\A{plain}(?=\D{{1,3}}\Z)")
        start = "" if lone else r"(?<![\uac00-\ud7a3])"
        return rf"{start}(?:{'|'.join(parts)})(?:{more})?\s?(?={unit})"

    def may_be_money(self, text: str, start: int, end: int, floor: int) -> bool:
        """A quick look at both sides of a number: nine in ten numbers in news are no money, and end here."""
        if self._may_follow(text, end):
            return True
        if start == floor:
            return False
        last = text[start - 1]
        if last.isspace():
            last = text[start - 2 : start - 1]
        return last in self._preceding and self.reader.units.before(text, start, floor) is not None

    def _may_follow(self, text: str, at: int) -> bool:
        """Whether what follows begins as something that can stand behind a number of a sum: a magnitude, a unit, the other end of a range."""
        sign = text[at : at + 1]
        if not sign.isalnum():
            if _DASH.match(text, at):
                return True
            at = past_two_blanks(text, at)
            sign = text[at : at + 1]
        if not sign:
            return False
        if sign in self._marks:
            return True
        low = text[at : at + _PREFIX].lower()
        if low in self._prefixes or low[:2] in self._short or low[:1] in self._short:
            return True
        if low[:1] in self._letters and not is_apart(low, 1):
            return True
        link = self._link.match(text, at) if self._link else None
        return link is not None and text[link.end() : link.end() + _PREFIX].lower() in self._prefixes

    @cached_property
    def _behind(self) -> frozenset[str]:
        """What can stand behind a number of a sum, small."""
        lang, world = self.lang, self.reader.units.world
        nations = () if lang.nation_after and lang.spaced else lang.nations.entries
        lexicons = (lang.scale_words, lang.more_words, lang.classifiers, lang.units, lang.names, lang.scaled_names)
        ranges = [w for w in [*lang.words("range", "to"), *lang.words("range", "and")] if w[:1].isalnum()]
        others = [tidy(word) for word in [*lang.split_scales, *lang.short_scales, *ranges]]
        return frozenset([*nations, *others, *world.codes]).union(*(lexicon.entries for lexicon in lexicons))

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        return frozenset(word[:_PREFIX] for word in self._behind if len(word) >= _PREFIX)

    @cached_property
    def _letters(self) -> frozenset[str]:
        """Single letters: k, m."""
        return frozenset(word for word in self._behind if len(word) == 1 and word.isascii())

    @cached_property
    def _short(self) -> frozenset[str]:
        return frozenset(word for word in self._behind if len(word) < _PREFIX) - self._letters

    @cached_property
    def _marks(self) -> frozenset[str]:
        signs = {form[0] for form in self.reader.units.world.meaning if not form[0].isalpha()} | {"+"}
        return frozenset(signs | set(self.reader.numerals)) if not self.lang.spaced else frozenset(signs)

    @cached_property
    def _link(self) -> re.Pattern[str] | None:
        links = self.lang.words("glue", "of")
        return re.compile(f"(?:{any_of(links)}){BLANK}{{0,2}}", re.IGNORECASE) if links else None

    @cached_property
    def _preceding(self) -> frozenset[str]:
        """The last characters of what can stand before a number of a sum."""
        forms = [*self.reader.units.world.meaning, *self.lang.prefix_names]
        return frozenset(form[-1] for form in forms) | frozenset(form[-1].upper() for form in forms)
