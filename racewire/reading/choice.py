"""Which blocks are taken, given the log odds of each that it belongs to the article."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from racewire.reading.blocks import Blocks
from racewire.reading.context import LIMIT
from racewire.reading.names import BITS

_QUOTED = BITS["quoted"]
_LISTS = frozenset(("ul", "ol", "dl"))
# What a list gains, in log odds, by standing between blocks that are more likely the article's than not.
_INSIDE = 1.0
# The odds are a little less extreme than they should be: scores are divided by this before they are taken for log odds.
_SPREAD = 0.8
# No bound lower or higher than these, in log odds, is ever drawn.
_LOWEST, _HIGHEST = -1.0, 1.0


def choose(page: Blocks, asked: Sequence[int], scores: Sequence[float]) -> tuple[int, ...]:
    """The blocks taken, of those `asked`, whose log odds are `scores`.

    A post of somebody else that stands embedded within the article belongs to it: people count it so, and a reader meets it there.
    """
    judged = _lists_as_one(page, asked, scores)
    least = _bound(judged, [_letters(page.blocks[i].text) for i in asked])
    taken = {i for i, score in zip(asked, judged, strict=True) if score >= least}
    if taken:
        first, last = min(taken), max(taken)
        taken |= {i for i in asked if first < i < last and page.containers[page.blocks[i].container].flags & _QUOTED}
    return tuple(sorted(taken))


def _lists_as_one(page: Blocks, asked: Sequence[int], scores: Sequence[float]) -> list[float]:
    """The scores, each entry of a list with the mean of all: a list belongs to an article as a whole or not at all.

    With text of the article on both sides it is more likely to.
    """
    containers = page.containers
    nearest: list[int] = []
    for index, container in enumerate(containers):
        nearest.append(index if container.tag in _LISTS else nearest[container.parent] if container.parent >= 0 else -1)
    entries: dict[int, list[int]] = {}
    for at, index in enumerate(asked):
        where = nearest[page.blocks[index].container]
        if where >= 0:
            entries.setdefault(where, []).append(at)
    judged = list(scores)
    for positions in entries.values():
        mean = sum([max(-LIMIT, min(LIMIT, scores[at])) for at in positions]) / len(positions)
        before, after = min(positions) - 1, max(positions) + 1
        if before >= 0 and after < len(scores) and scores[before] > 0 and scores[after] > 0:
            mean += _INSIDE
        for at in positions:
            judged[at] = mean
    return judged


def _bound(scores: Sequence[float], letters: Sequence[float]) -> float:
    """The score from which on blocks are taken so that the F1 to be expected, in letters, is highest.

    On a page whose blocks are nearly sure this is close to even odds; where all are in doubt it is lower, as half an article is worth more than none
    (Z. C. Lipton, C. Elkan, B. Naryanaswamy, Optimal thresholding of classifiers to maximize F1 measure, 2014: the bound is half the best F1).
    """
    chances = [1 / (1 + exp(-max(-LIMIT, min(LIMIT, score)) / _SPREAD)) for score in scores]
    total = sum([chance * size for chance, size in zip(chances, letters, strict=True)])
    right = taken = best = 0.0
    least = _HIGHEST
    for score, chance, size in sorted(zip(scores, chances, letters, strict=True), reverse=True):
        right += chance * size
        taken += size
        expected = 2 * right / (taken + total)
        if expected > best:
            best, least = expected, score
    return max(_LOWEST, min(_HIGHEST, least))


def _letters(text: str) -> float:
    """How long a text is in letters of a Latin script."""
    return len(text) * 2.5 if text[0] > "\u2e80" else float(len(text))
