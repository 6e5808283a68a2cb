"""Whether a stretch of folded text is a word, or the words, of its own in its script."""

from __future__ import annotations

import re
from functools import cache

_HAN = "々〇㐀-䶿一-鿿豈-﫿𠀀-𳎯"
_SCRIPTS = (
    ("han", re.compile(f"[{_HAN}]")),
    ("hiragana", re.compile("[ぁ-ゟ]")),
    ("katakana", re.compile("[ァ-ヺー-ヿㇰ-ㇿ]")),
    ("hangul", re.compile("[가-힣ㄱ-ㆎ]")),
    ("thai", re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")),  # Thai, Lao, Burmese, Khmer: no spaces between words
)
# what may stand after a noun without a space; several may follow one another
_KOREAN_TAIL = re.compile(
    "(?:은|는|이|가|을|를|의|에|에서|에게|에게서|께|께서|와|과|도|만|로|으로|로서|으로서|로써|으로써|까지|부터|마다|보다|처럼|같은|조차|마저|밖에|"
    "이나|나|이란|란|이라는|라는|이라고|라고|이라면|라면|이며|며|이고|고|이다|다|이든|든|인|이었다|였다|이자|측|사|식|산|용|판|발|제|계|내|급|형|들|씨|님|표|만의|"
    "뿐|대로|한테|랑|이랑|하고|인데|이지만|지만|이던|이라|라|여|야)+"
)
_ARABIC_HEAD = re.compile("(?:و|ف)?(?:ال|لل|بال|كال|ب|ل|ك)?$")
_CYRILLIC_TAIL = re.compile("(?:а|у|ом|ем|е|ой|ою|ы|и|ов|ам|ами|ах|я|ю|ям|ями|ях)$")


@cache
def script(c: str) -> str:
    """The script of one folded character as far as word boundaries go: `spaced` for scripts that put spaces between words,
    `` for what belongs to no word."""
    for name, pattern in _SCRIPTS:
        if pattern.match(c):
            return name
    if c.isalnum() or c == "_" or (c > "\u02ff" and not c.isprintable() is False and _is_mark(c)):
        return "arabic" if "\u0600" <= c <= "\u06ff" else "cyrillic" if "\u0400" <= c <= "\u052f" else "spaced"
    return ""


def _is_mark(c: str) -> bool:
    import unicodedata

    return unicodedata.category(c).startswith("M")


def is_word(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` may be cut out of the folded `text` as a name."""
    return _left(text, start) and _right(text, end)


def _left(text: str, start: int) -> bool:
    if start == 0:
        return True
    before, first = script(text[start - 1]), script(text[start])
    if not before or not first or before != first:
        return not ({before, first} <= {"spaced", "cyrillic", "arabic"} and before and first and before == "spaced")
    if first in ("han", "thai", "hiragana"):
        return True
    if first == "arabic":
        word = re.search("[\u0600-\u06ff]+$", text[max(0, start - 8) : start])
        return bool(word and _ARABIC_HEAD.fullmatch(word[0]))
    return False


def _right(text: str, end: int) -> bool:
    if end == len(text):
        return True
    last, after = script(text[end - 1]), script(text[end])
    if not last or not after or last != after:
        return True
    if last in ("han", "thai", "hiragana"):
        return True
    if last == "hangul":
        run = re.match("[가-힣]+", text[end : end + 12])
        return bool(run and _KOREAN_TAIL.fullmatch(run[0]))
    if last == "cyrillic":
        run = re.match("[\u0400-\u052f]+", text[end : end + 6])
        return bool(run and _CYRILLIC_TAIL.fullmatch(run[0]))
    return False
