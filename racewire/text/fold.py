"""Text made comparable, with the way back to where each character stood.

`fold` takes away what tells two spellings of one word apart without making it another word: case, Unicode form
(NFC, NFD, full-width, ligatures), the kind of apostrophe, hyphen and space, and characters that are not seen (soft
hyphens, joiners, direction marks). Accents stay: they tell words apart.

A line break inside a paragraph is a space; an empty line stays, so that no name reaches from one paragraph into the next.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

_SAME = {
    **dict.fromkeys("’‘‛ʼ＇`´′", "'"),  # U+2019 and what keyboards and converters put for it
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("・･‧∙•", "·"),  # the dot between the parts of a foreign name in Chinese and Japanese
    "…": ".",
    "\u0307": "",  # the dot that case folding leaves of the Turkish capital İ
}
_UNSEEN = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
_GAP = re.compile(rf"\s[\s{_UNSEEN}]+|[{_UNSEEN}]+\s[\s{_UNSEEN}]*")
_LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_ODD_ASCII = re.compile(r"[\x00-\x09\x0b-\x1f\x7f`]|  | \n|\n ")


class Folded:
    """`text` is the folded text; `start(i)` and `end(i)` lead from offsets in it to offsets in the original.

    `original[start(i):end(j)]` folds to `text[i:j]` wherever `aligned(i)` and `aligned(j)` hold, that is, where neither
    offset falls inside one original character that folds to several.
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
    if text.isascii() and not _ODD_ASCII.search(text):
        lowered = text.lower()
        return Folded(_LONE_BREAK.sub(" ", lowered) if "\n" in lowered else lowered, [])
    changed = {c: folded for c in set(text) if (folded := fold_character(c)) != c.casefold() or len(folded) != 1}
    hard = {c for c, folded in changed.items() if len(folded) != 1}
    if not unicodedata.is_normalized("NFC", text):
        hard.update(c for c in set(text) if _joins(c))
    simple = [(c, folded) for c, folded in changed.items() if c not in hard]
    out: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    done = length = 0
    for start, end, folded in _edits(text, hard):
        plain = _plain(text[done:start], simple)
        length += len(plain)
        out.append(plain)
        pieces.append((length, length + len(folded), start, end))
        out.append(folded)
        length += len(folded)
        done = end
    out.append(_plain(text[done:], simple))
    whole = "".join(out)
    return Folded(_LONE_BREAK.sub(" ", whole) if "\n" in whole else whole, pieces)


@cache
def fold_character(c: str) -> str:
    """What one character alone becomes: usually one character, nothing for one that is not seen."""
    if c in _SAME:
        return _SAME[c]
    category = unicodedata.category(c)
    if category == "Cf" or _is_unseen(c):
        return ""
    if c != "\n" and c.isspace():
        return " "
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", c).casefold())
    return "".join(part if part == c else fold_character(part) for part in folded)


_is_unseen = re.compile(f"[{_UNSEEN}]").match


@cache
def _joins(c: str) -> bool:
    """Whether `c` may compose with the character before it: a mark, or a Hangul vowel or final."""
    return unicodedata.category(c).startswith("M") or "\u1160" <= c <= "\u11ff"


def _plain(text: str, simple: list[tuple[str, str]]) -> str:
    for c, folded in simple:
        if c in text:
            text = text.replace(c, folded)
    return text.casefold()


def _edits(text: str, hard: set[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded) of every place that does not fold character by character, in order."""
    pattern = _GAP.pattern + ("|[" + re.escape("".join(sorted(hard))) + "]+" if hard else "")
    done = 0
    for match in re.finditer(pattern, text):
        start, end, run = max(match.start(), done), match.end(), match[0]
        if end <= done or not run.strip("\n"):
            continue
        if any(c.isspace() for c in run):
            yield start, end, "\n\n" if run.count("\n") > 1 else " "
        else:
            if start > done and _joins(text[start]):
                start -= 1
            while end < len(text) and _joins(text[end]):
                end += 1
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
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", group).casefold())
    return "".join(fold_character(c) for c in composed)
