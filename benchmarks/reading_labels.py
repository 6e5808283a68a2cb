"""Which blocks of a page are the article's, given the article's text: the truth that `benchmarks/reading_fit.py` fits to."""

from __future__ import annotations

import collections
import difflib
from collections.abc import Sequence

from benchmarks.reading import WIDE, WORD
from racewire.reading.blocks import Blocks
from racewire.reading.names import BITS

Words = tuple[str, ...]
_NEAR = 8  # blocks
_LONG = 8  # words
_LISTS = frozenset(("ul", "ol", "dl", "table"))
_QUOTED = BITS["quoted"]


def words(text: str) -> Words:
    return tuple(WORD.findall(WIDE.sub(r" \1 ", text)))


def runs(text: Words) -> list[Words]:
    return [text[i : i + 4] for i in range(len(text) - 3)]


def labels(texts: Sequence[Words], article: Words) -> list[bool]:
    """For each block, whether most of its words (of fewer than four all) stand in the article, in its order.

    Words that both share by chance are told from the article's by the order: of two equal lines the one that stands where the article has it is
    meant. Long blocks that the article has at another place are found afterwards.
    """
    told = _in_order(texts, article)
    found = [
        count > 0 and (count == len(text) if len(text) < 4 else count * 2 > len(text))
        for text, count in zip(texts, told, strict=True)
    ]
    _drop_strays(texts, found)
    left = collections.Counter(runs(article))
    for text, label in zip(texts, found, strict=True):
        if label:
            left.subtract(runs(text))
    for index, text in enumerate(texts):
        if not found[index] and len(text) >= _LONG and 4 * sum(left[run] > 0 for run in runs(text)) > 3 * (len(text) - 3):
            found[index] = True
            left.subtract(runs(text))
    return found


def unsaid(page: Blocks, found: Sequence[bool]) -> frozenset[int]:
    """The blocks of which the answer of a publisher's own parser says nothing.

    Such parsers gather paragraphs. They pass over the posts that an article quotes, and often over its lists and tables: those of which no entry was
    found though the blocks just before and after were.
    """
    silent = {index for index, block in enumerate(page.blocks) if page.containers[block.container].flags & _QUOTED}
    for whole in page.containers:
        start, end = whole.start, whole.end
        inside = whole.tag in _LISTS and start > 0 and end < len(found) and found[start - 1] and found[end]
        if inside and not any(found[start:end]):
            silent.update(range(start, end))
    return frozenset(silent)


def _in_order(texts: Sequence[Words], article: Words) -> list[int]:
    """How many words of each block the common sequence of page and article has."""
    page = [word for text in texts for word in text]
    owners = [index for index, text in enumerate(texts) for _ in text]
    counts = [0] * len(texts)
    for start, _, size in difflib.SequenceMatcher(None, page, article, autojunk=False).get_matching_blocks():
        for owner in owners[start : start + size]:
            counts[owner] += 1
    return counts


def _drop_strays(texts: Sequence[Words], found: list[bool]) -> None:
    """A few words far from any running text are alike by chance."""
    sizes = [len(text) if label else 0 for text, label in zip(texts, found, strict=True)]
    if any(size >= _LONG for size in sizes):
        for index, size in enumerate(sizes):
            if size < 4 and not any(other >= _LONG for other in sizes[max(0, index - _NEAR) : index + _NEAR + 1]):
                found[index] = False
