"""Text made comparable, with the way back to where each character stood.

`fold` takes away what tells two spellings of one word apart without making it another word: case, Unicode form
(NFC, NFD, full-width, ligatures), the kind of apostrophe, hyphen and space, and characters that are not seen (soft
hyphens, joiners, direction marks). Accents stay: they tell words apart, and so does ß.

A line break inside a paragraph is a space; an empty line stays, so that no name reaches from one paragraph into the next.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import product

# One character for one character: what typography, keyboards and converters put for plain ones.
_SAME = {
    **dict.fromkeys("’‘‛ʼ`´′＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("・･‧∙•", "·"),  # the dot between the parts of a foreign name in Chinese and Japanese
    **dict.fromkeys("\u00a0\u2002\u2003\u2005\u2009\u200a\u202f\u3000\t\r\x0b\x0c", " "),
    **{chr(c): chr(c - 0xFEE0).lower() for c in range(0xFF01, 0xFF5F)},  # full-width ASCII
    "…": ".",
    "ς": "σ",
    "İ": "i",
    "\u0640": "",  # the stroke that lengthens an Arabic word
}
_SAME.update({"＇": "'", "－": "-", "｀": "'"})
_FIRST = [(c, same) for c, same in _SAME.items() if not unicodedata.is_normalized("NFKC", c) and not c.isalnum()]
_THEN = [(c, same) for c, same in _SAME.items() if unicodedata.is_normalized("NFKC", c)]
# All but characters that fold to their small letter and join nothing: to look at each character of a long text takes long.
_UNUSUAL = re.compile(
    r"[^ \n!-_a-~\u00c0-\u00ff\u0410-\u044f\u0621-\u063a\u0641-\u064a\u1ea0-\u1ef9\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]"
)
_VOICED = "ﾞﾟ"  # half-width; full-width they would be one character with the one before
_SHORT = 80  # characters
_PAIRS = 40  # to look for more pairs takes longer than to look for them all at once
_UNSEEN = frozenset({"Cf", "Cc", "Cs"})


class Folded:
    """`text` is the folded text; `start(i)` and `end(i)` lead from offsets in it to offsets in the original.

    `original[start(i):end(j)]` folds to `text[i:j]` wherever `aligned(i)` and `aligned(j)` hold, that is, where neither
    offset falls inside what one original character became.
    """

    __slots__ = ("_begins", "_pieces", "text")

    def __init__(self, text: str, pieces: list[tuple[int, int, int, int]]) -> None:
        """`pieces`: (folded start, folded end, original start, original end), in order, of each place where lengths differ."""
        self.text = text
        self._pieces = pieces
        self._begins = [piece[0] for piece in pieces]

    def start(self, i: int) -> int:
        """Offset in the original of the character that folded character `i` comes from."""
        k = bisect_right(self._begins, i) - 1
        if k < 0:
            return i
        _, folded_end, start, end = self._pieces[k]
        return start if i < folded_end else end + (i - folded_end)

    def end(self, i: int) -> int:
        """Offset in the original just after the character that folded character `i - 1` comes from; 0 for 0."""
        if i <= 0:
            return 0
        k = bisect_right(self._begins, i - 1) - 1
        if k < 0:
            return i
        _, folded_end, _, end = self._pieces[k]
        return end if i <= folded_end else end + (i - folded_end)

    def aligned(self, i: int) -> bool:
        """Whether folded offset `i` lies between original characters, not inside what one of them became."""
        k = bisect_right(self._begins, i) - 1
        return k < 0 or not self._pieces[k][0] < i < self._pieces[k][1]


def fold(text: str) -> Folded:
    """Fold `text`. Never raises; the time is linear in its length."""
    plain = _simple(text)
    return Folded(plain, []) if plain is not None else _pieces(text)


def folded_text(text: str) -> str:
    """`fold(text).text`, for a name or another short text whose offsets nobody asks for."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.lower().replace("`", "'")
    plain = _simple(text)
    return plain if plain is not None else _pieces(text).text


def spell(text: str) -> str:
    """A short text as `fold` makes it, but for its capitals; to be compared, without a way back."""
    composed = unicodedata.normalize(
        "NFKC", "".join("I" if c == "İ" else _SAME.get(c, c) if not c.isalpha() else c for c in text)
    )
    return " ".join("".join(c for c in composed if c.isspace() or unicodedata.category(c) not in _UNSEEN).split())


def _simple(text: str) -> str | None:
    """The fold of a text in which every character becomes one character; None where that is not sure."""
    if "  " in text or "\n " in text or " \n" in text or "\n\n\n" in text:
        return None
    plain = text
    if not text.isascii():
        usual = len(text) < _SHORT and _SAME.keys().isdisjoint(text)  # quicker than looking for each, in a short text
        plain = (text if usual else _replaced(text, _FIRST)).lower()
        if len(plain) != len(text) or not unicodedata.is_normalized("NFKC", plain):
            return None
        plain = plain if usual else _replaced(plain, _THEN)
        if len(plain) != len(text):
            return None
    else:
        plain = plain.lower().replace("`", "'")
    if not plain.replace("\n", "").isprintable():
        return None
    if "\n" in plain:
        plain = _soften(plain)
    return plain if "  " not in plain else None


def _soften(text: str) -> str:
    """Single line breaks as spaces; pairs of them stay. The text has no NUL."""
    if "\n\n" not in text:
        return text.replace("\n", " ")
    return text.replace("\n\n", "\0\0").replace("\n", " ").replace("\0\0", "\n\n")


def _pieces(text: str) -> Folded:
    """The fold of any text, with a note of each place where lengths differ."""
    distinct = {*_UNUSUAL.findall(text), *(c for c in " \n" if c in text)}
    hard = {c for c in distinct if len(fold_character(c)) != 1 or c in _VOICED}
    if any(_joins(c) for c in distinct) and not unicodedata.is_normalized("NFKC", _replaced(text, _FIRST + _THEN).lower()):
        hard.update(c for c in distinct if _joins(c))
    simple = [(c, folded) for c in distinct - hard if (folded := fold_character(c)) != c.lower()]
    out: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    done = length = 0
    for start, end, folded in _edits(text, hard, _has_runs(text, distinct, hard)):
        plain = _replaced(text[done:start], simple).lower()
        length += len(plain)
        pieces.append((length, length + len(folded), start, end))
        length += len(folded)
        out += (plain, folded)
        done = end
    out.append(_replaced(text[done:], simple).lower())
    return Folded(_soften("".join(out)), pieces)


def _replaced(text: str, characters: list[tuple[str, str]]) -> str:
    for c, folded in characters:
        if c in text:
            text = text.replace(c, folded)
    return text


@cache
def fold_character(c: str) -> str:
    """What one character alone becomes: usually one character, nothing for one that is not seen."""
    if c in _SAME:
        return _SAME[c]
    if c == "\n":
        return c
    if c.isspace():
        return " "
    if unicodedata.category(c) in _UNSEEN:
        return ""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", c).lower())
    if folded == c or folded[0] == " ":  # an accent that stands alone would become a space and a mark
        return c
    return "".join(fold_character(part) for part in folded)


@cache
def _joins(c: str) -> bool:
    """Whether `c` may compose with the character before it: a mark, a Hangul vowel or final, a half-width sound mark."""
    return unicodedata.category(c).startswith("M") or "\u1160" <= c <= "\u11ff" or c in _VOICED


def _has_runs(text: str, distinct: set[str], hard: set[str]) -> bool:
    """Whether blanks stand beside blanks, or beside characters that are not seen; a single empty line is no such run."""
    blanks = [c for c in distinct if c.isspace()]
    unseen = [c for c in hard if not fold_character(c)]
    if len(blanks) * (len(blanks) + 2 * len(unseen)) > _PAIRS:
        return True
    pairs = [*product(blanks, blanks), *product(blanks, unseen), *product(unseen, blanks)]
    return "\n\n\n" in text or any(a + b in text for a, b in pairs if a + b != "\n\n")


def _edits(text: str, hard: set[str], runs: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded) of every place that does not fold character by character, in order. `runs`: whether blanks may stand in a row."""
    unseen = re.escape("".join(sorted(c for c in hard if not fold_character(c) and not _joins(c))))
    patterns = [rf"\s[\s{unseen}]+|[{unseen}]+\s[\s{unseen}]*" if unseen else r"\s{2,}"] if runs else []
    if hard:
        patterns.append("[" + re.escape("".join(sorted(hard))) + "]+")
    if not patterns:
        return
    done = 0
    for match in re.finditer("|".join(patterns), text):
        start, end, run = max(match.start(), done), match.end(), match[0]
        if end <= done or run == "\n\n":
            continue
        if any(c.isspace() for c in run):
            yield start, end, "\n\n" if run.count("\n") > 1 else " "
        else:
            while end < len(text) and (_joins(text[end]) or text[end] in hard):
                end += 1
            seen = next((c for c in text[start:end] if _joins(c) or fold_character(c)), "")
            if start > done and seen and _joins(seen):
                start -= 1
            yield from _clusters(text, start, end)
        done = end


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Fold `text[start:end]` by clusters: a character with the marks that follow it, whatever unseen stands between."""
    i = start
    while i < end:
        if not _joins(text[i]) and not fold_character(text[i]):
            yield i, i + 1, ""
            i += 1
            continue
        group, stop = text[i], i + 1
        for j in range(i + 1, end):
            if _joins(text[j]):
                group, stop = group + text[j], j + 1
            elif fold_character(text[j]):
                break
        yield i, stop, _fold_cluster(group)
        i = stop


def _fold_cluster(group: str) -> str:
    plain = "".join(_SAME.get(c, c) for c in group)
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).lower())
    return plain if composed[:1] == " " else "".join(fold_character(c) for c in composed)
