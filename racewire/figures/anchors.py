"""Where in a text a number of a sum may stand: one compiled pattern a language, and a quick look at both sides."""

from __future__ import annotations

import re
from functools import cached_property

from racewire.figures.lexicon import BLANK, tidy, trie_pattern
from racewire.figures.pieces import Reader


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
        unit = self.lang.names.pattern + (f"|{self.lang.named_unit.pattern}" if self.lang.units else "")
        unit = re.sub(r"\(\?P<\w+>", "(?:", unit)
        chain = rf"(?:{plain}?{times})(?:\s?(?:\d[\d,]*\s?|{plain})?{times}){{0,16}}{plain}?"
        single = f"{plain}" if self.lang.table.get("lone_numerals", True) else "(?!)"
        half = f"[{kinds['f']}]{times}{{1,4}}|" if kinds["f"] else ""
        point = rf"(?:{chain}|{plain}{{1,9}})[{points}]{plain}{{1,9}}{times}{{0,4}}|" if points else ""
        start = "" if self.lang.table.get("lone_numerals", True) else r"(?<![\uac00-\ud7a3])"
        return rf"{start}(?:{half}{point}[{several}]\s?{times}{{1,6}}|{plain}{plain}{times}{{1,4}}|{chain}|{single}|\A{plain}(?=\D{{1,3}}\Z))(?:{more})?\s?(?={unit})"

    def may_be_money(self, text: str, start: int, end: int, floor: int) -> bool:
        """A quick look at both sides of a number: nine in ten numbers in news are no money, and end here."""
        if self._follows.match(text, end):
            return True
        if start == floor:
            return False
        last = text[start - 1]
        if last.isspace():
            last = text[start - 2 : start - 1]
        return last in self._preceding and self.reader.units.before(text, start, floor) is not None

    @cached_property
    def _follows(self) -> re.Pattern[str]:
        """What can stand behind a number of a sum: a magnitude, a unit, the second end of a range."""
        lang, world = self.lang, self.reader.units.world
        scales = [
            *lang.split_scales,
            *lang.scale_words.entries,
            *lang.short_scales,
            *lang.more_words.entries,
            *lang.classifiers.entries,
        ]
        nations = [] if lang.nation_after and lang.spaced else lang.nations.entries
        names = [*lang.units.entries, *lang.names.entries, *nations, *lang.scaled_names.entries]
        ranges = [w for w in [*lang.words("range", "to"), *lang.words("range", "and")] if w[:1].isalnum()]
        signs = [form for form in world.meaning if not form[0].isalpha()] + ["+"]
        codes = {form.lower() for form in world.meaning if form[0].isalpha()}
        short = {word for word in scales if len(word) == 1 and word.isascii()}
        links = "|".join(re.escape(word) for word in lang.words("glue", "of"))
        words = sorted({tidy(word) for word in [*scales, *names, *codes]} - short)
        link = rf"(?:(?:{links}){BLANK}{{0,2}})?" if links else ""
        single = "".join(sorted(short))
        marks = "".join(sorted({re.escape(sign[0]) for sign in signs}))
        numerals = f"[{re.escape(self.reader.numerals)}]" if not lang.spaced and self.reader.numerals else "(?!)"
        rest = rf"[{marks}]|{numerals}|{link}{trie_pattern(words)}|{trie_pattern(ranges)}{BLANK if lang.spaced else ''}"
        return re.compile(
            rf"{BLANK}{{0,2}}(?:{rest}|[{single}](?![^\W\d_](?<![\u2e80-\uffef])))|\s?[-–—−~〜～∼‐‑]\s?[$€£\d]", re.IGNORECASE
        )

    @cached_property
    def _preceding(self) -> frozenset[str]:
        """The last characters of what can stand before a number of a sum."""
        forms = [*self.reader.units.world.meaning, *self.lang.prefix_names]
        return frozenset(form[-1] for form in forms) | frozenset(form[-1].upper() for form in forms)
