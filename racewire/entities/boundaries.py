"""Whether a stretch of folded text may be a name, by the rules of its script.

Scripts with spaces end a word where neither letter, digit, mark nor underscore follows. Han, Hiragana, Thai and their like put no spaces
between words, so every place may be an end (what must not be cut is listed with the alias). Katakana words stand
alone. Hangul nouns carry particles, Cyrillic ones endings, Arabic ones proclitics. Where two scripts meet a word ends.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SCRIPTS = (
    ("han", re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")),
    ("hiragana", re.compile("[\u3041-\u309f]")),
    ("katakana", re.compile("[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff]")),
    ("hangul", re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")),
    ("thai", re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")),  # with Lao, Burmese, Khmer
    ("cyrillic", re.compile("[\u0400-\u052f]")),
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
)
_UNSPACED = frozenset({"han", "hiragana", "thai"})

# What may follow a Korean noun without a space: particles, the copula, and suffixes that make no other name of it.
_KOREAN_TAIL = re.compile(
    "(?:은|는|이|가|을|를|의|에|에서|에게|에게서|에는|에도|께|께서|와|과|도|만|로|으로|로서|으로서|로써|으로써|까지|부터|마다|보다|처럼|같은|조차|마저|밖에|"
    "이나|나|이란|란|이라는|라는|이라고|라고|이라면|라면|이며|며|이고|고|이다|다|이든|든|인|이었다|였다|이자|측|사|식|용|판|발|제|계|급|형|들|씨|님|뿐|대로|한테|"
    "랑|이랑|하고|인데|이지만|지만|이던|이라|라|여|야|만의|와의|과의|로의|에의|까지의|부터의|이요|요|표|산|내)+"
)
_ARABIC_HEAD = re.compile("[وف]?(?:ال|لل|بال|كال|وال|ب|ل|ك)?")  # and, so; the; to the, by the, like the; by, to, like
_CYRILLIC_TAIL = re.compile("(?:а|у|ом|ем|е|ой|ою|ы|и|ов|ам|ами|ах|я|ю|ям|ями|ях|ський|ского|ской|ский)")
_LATIN_TAILS = {  # by language, as alternatives of a pattern
    **dict.fromkeys(("de", "sv", "da", "no", "nb", "nn", "nl", "af", "is"), "e?s"),
    "fi": "i?n|e?n|i?a|i?ssa|i?sta|i?lla|i?lta|i?lle|ia|ta|na|ksi|kin",
    "et": "i|ile|ilt|is|ist|iga|ga|le|lt|s|st|t",
    "pl": "a|u|owi|em|iem|ie|y|ie|ę|ą|ów|ami|ach|om",
    **dict.fromkeys(("cs", "sk"), "u|em|om|e|ovi|a|y|ů|ům|ech|och"),
    **dict.fromkeys(("hr", "sr", "bs", "sl"), "a|u|om|em|ov|ova|ovo|ove|e|i"),
    "hu": "t|ot|et|ban|ben|nak|nek|ra|re|tól|től|hoz|hez|nál|nél|val|vel|on|en|ból|ből|ról|ről|ba|be|nek",
    "lt": "o|ui|ą|e|as|u",
    "lv": "a|am|u|ā|s|iem",
    "tr": "'?(?:ın|in|un|ün|nın|nin|a|e|ya|ye|da|de|ta|te|dan|den|ı|i|u|ü)",
    "ro": "ul|ului",
}
_LONGEST = 4
_ASCII = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")  # of folded text: no need to ask for their script


@cache
def script(c: str) -> str:
    """The script of one folded character as far as the ends of words go; "" for what belongs to no word."""
    for name, pattern in _SCRIPTS:
        if pattern.match(c):
            return name
    if c.isalnum() or c == "_" or unicodedata.category(c).startswith("M"):
        return "spaced"
    return ""


def starts_word(text: str, start: int) -> bool:
    """Whether a name may begin at `start` of the folded `text`."""
    if start == 0 or text[start - 1] == " ":
        return True
    if text[start - 1] in _ASCII and text[start] in _ASCII:
        return False
    before, first = script(text[start - 1]), script(text[start])
    if not before or not first or before != first:
        return True
    if first == "arabic":
        head = re.search("[\u0600-\u06ff]+$", text[max(0, start - 8) : start])
        return bool(head and _ARABIC_HEAD.fullmatch(head[0]))
    return first in _UNSPACED


def ends_word(text: str, end: int, lang: str | None = None) -> bool:
    """Whether a name may end at `end` of the folded `text`, what follows being no more than a grammatical ending."""
    if end == len(text) or text[end] == " ":
        return True
    if lang is None and text[end - 1] in _ASCII and text[end] in _ASCII:
        return False
    last, after = script(text[end - 1]), script(text[end])
    if not last or not after or last != after or last in _UNSPACED:
        return True
    tail = _tail(last, lang)
    if tail is None:
        return False
    stop = end + 1
    while stop < len(text) and stop < end + 12 and script(text[stop]) == last:
        stop += 1
    return bool(tail.fullmatch(text, end, stop))


def may_inflect(text: str, end: int) -> bool:
    """Whether what follows `end` is an ending in some language with Latin letters."""
    stop = end
    while stop < len(text) and stop <= end + _LONGEST and script(text[stop]) == "spaced":
        stop += 1
    return bool(_any_latin_tail().fullmatch(text, end, stop))


def _tail(name: str, lang: str | None) -> re.Pattern[str] | None:
    if name == "hangul":
        return _KOREAN_TAIL
    if name == "cyrillic":
        return _CYRILLIC_TAIL
    return _latin_tail(lang) if name == "spaced" and lang in _LATIN_TAILS else None


@cache
def _latin_tail(lang: str) -> re.Pattern[str]:
    return re.compile(_LATIN_TAILS[lang])


@cache
def _any_latin_tail() -> re.Pattern[str]:
    return re.compile("|".join(sorted(set(_LATIN_TAILS.values()))))
