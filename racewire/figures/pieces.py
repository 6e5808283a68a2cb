"""One number with its magnitude and currency: the smallest thing that the scanner reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from racewire.figures.language import Language
from racewire.figures.numerals import Token, combine, read_digits
from racewire.figures.surfaces import is_apart
from racewire.figures.units import Unit, Units

_LATIN = re.compile(r"[A-Za-z_\u00c0-\u024f\u0370-\u052f]")
_PRODUCTS = frozenset({"PHP", "SOL"})  # codes that are also products with version numbers
_ABBREVIATED = re.compile(r"(?<!\w)\w{2,4}\.[^\S\n]\Z")  # 50 mln. euro
_CHAINED = re.compile(r"(?:[^\S\n]|\u200b){0,2}")  # between the links of a chain
_MOST_PARTS = 24  # of one number; a longer chain is no number
TEN = Decimal(10)


@dataclass(slots=True, eq=False, repr=False)
class Piece:
    """`text[start:end]` is a number with what belongs to it; `currency` may be missing.

    `bare` is the number without its scale; `scale` the product of its multipliers, None where it has none. `span_high` is
    the open end of "hundreds of millions"; `endless` says that it has none ("billions of dollars").
    """

    start: int
    number_at: int
    end: int
    value: Decimal
    bare: Decimal
    scale: Decimal | None
    before: Unit | None
    after: Unit | None
    plus: bool = False
    approx: bool = False
    span_high: Decimal | None = None
    endless: bool = False

    @property
    def currency(self) -> str | None:
        if self.before and self.after:
            return self.after.code if self.before.generic else self.before.code
        unit = self.before or self.after
        return unit.code if unit else None

    @property
    def has_unit(self) -> bool:
        return self.before is not None or self.after is not None


_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "TTD", "JMD", "BRL"})
_POUNDS = frozenset({"GBP", "EGP", "LBP", "SYP", "SDG"})
_FAMILY = {"$": _DOLLARS, "£": _POUNDS, "¥": frozenset({"JPY", "CNY"})}


def _agree(before: Unit, after: Unit) -> bool:
    if before.code == after.code:
        return True
    if not before.generic:
        return False
    return any(before.code in family and after.code in family for family in _FAMILY.values())


class Reader:
    """Reads pieces in one language."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.units = Units(lang)
        blank = r"[ \u00a0\u202f\u2009]" if lang.group_space else r"[\u00a0\u202f\u2009]"
        # Both kinds begin with the same digit: a search then skips everything else at once.
        self.number = rf"\d(?:\d{{0,2}}(?:{blank}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d*(?:[.,'’٬٫．]\d+)*)"
        self._number = re.compile(self.number)
        links = [re.escape(word) for word in lang.words("glue", "of") if word.isalpha()]
        self._of = re.compile(rf"\s(?:{'|'.join(links)})\s", re.IGNORECASE) if links else None
        shorts = "|".join(sorted(map(re.escape, lang.short_scales), key=len, reverse=True))
        self._short = re.compile(rf"(?P<gap>[ \u00a0\u202f\u2009]?)(?P<word>{shorts})(?![\d_\u0300-\u036f])", re.IGNORECASE)

    @cached_property
    def numerals(self) -> str:
        """The single characters that write numbers in this language, for scripts without blanks."""
        words = self.lang.number_words.entries
        return "".join(w for w in words if len(w) == 1 and (token := self.lang.number_words.value(w)) and token.kind in "nxf")

    def digits(self, text: str, start: int, end: int, floor: int) -> Piece | None:
        """The piece whose digits stand at `text[start:end]`; nothing of it may begin before `floor`."""
        before = self.units.before(text, start, floor)
        if start > floor and not self.lang.spaced and text[start - 1] in self.numerals:
            return None  # the rest of a number that could not be read as a whole
        if before is None and start and (_LATIN.match(text[start - 1]) or text[start - 1] == "#"):
            return None
        value = read_digits(text[start:end], self.lang.decimal)
        if value is None or (
            before and value < 20 and text[before.start : before.end] in _PRODUCTS and not self.lang.scale_words.after(text, end)
        ):
            return None
        return self._split(text, start, end, value, before) or self._finish(text, start, end, [Token("n", value)], before)

    def _split(self, text: str, start: int, end: int, value: Decimal, before: Unit | None) -> Piece | None:
        """A magnitude in the place of the decimal mark: 2tr5."""
        for word, (code, scale) in self.lang.split_scales.items():
            at = end + len(word)
            if text.startswith(word, end) and text[at : at + 1].isdecimal() and not text[at + 1 : at + 2].isalnum():
                unit = self.units.after(text, at + 1) or Unit(at + 1, at + 1, code, None, False, True)
                amount = (value + Decimal(int(text[at])) / TEN) * scale
                return Piece(start, start, unit.end, amount, value, scale, before, unit)
        return None

    def _finish(self, text: str, start: int, pos: int, tokens: list[Token], before: Unit | None) -> Piece | None:
        pos, approx = self._scales(text, pos, tokens, before)
        plus = text[pos : pos + 1] == "+"
        after = self._after(text, pos + plus, before)
        if after is None and before is None and tokens[-1].kind == "x" and _ABBREVIATED.search(text, max(0, pos - 6), pos + 2):
            after = self._after(text, pos + 1, before)
        end = pos
        scales = [t.value for t in tokens if t.kind == "x"]
        unit_scale = (before.scale if before else None) or (after.scale if after else None)
        if unit_scale:
            scales.append(unit_scale)
            tokens.append(Token("x", unit_scale))
        if after is not None:
            end = after.end
            if not scales and not before:
                late = self.lang.scale_words.after(text, end) if after.end - after.start == 3 and not after.name else None
                if late:
                    tokens.append(late[2])
                    scales.append(late[2].value)
                    end = late[1]
        value = combine(tokens)
        if value is None or value > Decimal("1e30"):
            return None
        scale = None
        for factor in scales:
            scale = factor if scale is None else scale * factor
        bare = tokens[0].value if tokens[0].kind == "n" else Decimal(1)
        return Piece(before.start if before else start, start, end, value, bare, scale, before, after, plus, approx)

    def _scales(self, text: str, pos: int, tokens: list[Token], before: Unit | None) -> tuple[int, bool]:
        """Reads multipliers behind a number into `tokens`: (where they end, whether a word made it approximate)."""
        lang = self.lang
        approx = False
        while len(tokens) < _MOST_PARTS:
            found = lang.scale_words.after(text, pos)
            if found:
                tokens.append(found[2])
                pos = found[1]
                continue
            linked = self._linked_scale(text, pos) if tokens[-1].kind == "n" else None
            if linked:
                tokens.append(linked[2])
                pos = linked[1]
                continue
            short = self._short.match(text, pos) if tokens[-1].kind == "n" else None
            if short and self._short_fits(text, short, before is not None):
                word = short.group("word").lower()
                local = lang.local_scales.get((before.code or "", word)) if before else None
                tokens.append(Token("x", local or lang.short_scales[word]))
                pos = short.end()
                continue
            more = lang.more_words.after(text, pos)
            if more:
                approx = True
                pos = more[1]
                continue
            if tokens[-1].kind != "x":
                break
            step = self._chained(text, pos, tokens)
            if step is None:
                break
            pos = step
        counter = lang.classifiers.after(text, pos)
        if counter and self.units.after(text, counter[1]):
            pos = counter[1]
        return pos, approx

    def _linked_scale(self, text: str, pos: int) -> tuple[int, int, Token] | None:
        """A magnitude behind a small word: 50 de milioane."""
        link = self._of.match(text, pos) if self._of else None
        return self.lang.scale_words.after(text, link.end()) if link else None

    def _short_fits(self, text: str, short: re.Match[str], confirmed: bool) -> bool:
        word = short.group("word")
        if is_apart(text, short.end()):
            return False
        if not short.group("gap") or len(word) > 1:
            return True
        if confirmed:
            return True
        unit = self.units.after(text, short.end())
        return unit is not None and (word.isupper() or unit.start == short.end())

    def _chained(self, text: str, pos: int, tokens: list[Token]) -> int | None:
        """A further number with a smaller scale (1 tỷ 200 triệu, 3億4,000万), or a closing half (1 tỷ rưỡi)."""
        lang = self.lang
        half = lang.number_words.after(text, pos)
        if half and half[2].kind in "fh":
            tokens.append(half[2])
            return half[1]
        last = tokens[-1].value
        blanks = _CHAINED.match(text, pos)
        match = self._number.match(text, blanks.end() if blanks else pos)
        if match:
            value = read_digits(match.group(), lang.decimal)
            if value is None or value >= last:
                return None
            more = lang.more_words.after(text, match.end())
            scale = lang.scale_words.after(text, more[1] if more else match.end())
            if scale and (scale[2].value < last or not lang.spaced):
                tokens += [Token("n", value), scale[2]]
                return scale[1]
            if not lang.spaced and self.units.after(text, match.end()) is not None:
                tokens.append(Token("n", value))
                return match.end()
            return None
        if not lang.spaced and half and half[2].kind == "n":
            tokens.append(half[2])
            return half[1]
        return None

    def _after(self, text: str, pos: int, before: Unit | None) -> Unit | None:
        after = self.units.after(text, pos)
        if after is None:
            return None
        tight = after.start == pos
        next_char = text[after.end : after.end + 1]
        if next_char.isdigit() and (before or not tight) and not after.name:
            return None
        if before is not None and not _agree(before, after):
            return None
        if before is not None and before.generic and not after.name and re.match(r"\s?\d", text[after.end : after.end + 2]):
            return None
        if next_char == " " and text[after.end + 1 : after.end + 2].isdigit() and not after.name and not tight and before is None:
            # "1 $ 10 dollars" against "10 $ 30 $": the sign goes with the second number unless that one has one of its own behind it
            number = self._number.match(text, after.end + 1)
            behind = self.units.after(text, number.end()) if number else None
            if behind is None or behind.name:
                return None if behind is not None else after
        return after

    def words(self, text: str, start: int, end: int, tokens: list[Token], floor: int) -> Piece | None:
        """The piece whose number is spelled out in `text[start:end]`, already read into `tokens`."""
        before = self.units.before(text, start, floor)
        open_at = next((i for i, t in enumerate(tokens) if t.kind == "o"), None)
        counted = any(t.kind in "nf" for t in tokens)  # in "half a billion" the article is no number
        plain = [self._plain(tokens, i) for i, t in enumerate(tokens) if t.kind not in "&a"]
        if not counted and any(t.kind == "a" for t in tokens):
            plain.insert(0, Token("n", Decimal(1)))
        if not plain:
            return None
        piece = self._finish(text, start, end, plain, before)
        if piece is not None and open_at is not None:
            several = sum(t.kind in "xo" for t in tokens) > 1
            piece.approx = True
            piece.span_high = piece.value * TEN if several else None
            piece.endless = not several
        return piece

    def _plain(self, tokens: list[Token], i: int) -> Token:
        """A token for `combine`: "one and a half" adds the half, "one half" does not."""
        token = tokens[i]
        if token.kind == "o":
            return Token("x", token.value)
        if (
            token.kind == "f"
            and i
            and (tokens[i - 1].kind == "&" or (tokens[i - 1].kind == "a" and i > 1 and tokens[i - 2].kind == "&"))
        ):
            return Token("h", token.value)
        return token
