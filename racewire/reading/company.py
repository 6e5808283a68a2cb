"""What a block shares with the rest of its page: words, its list, repeated siblings, sure text before and after."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from racewire.reading.blocks import Blocks

# Blocks whose score is above the first and whose size above the second are taken for the article's while the others are judged.
SURE, SURE_SIZE = 1.0, 0.8
_LISTS = frozenset(("ul", "ol", "dl", "table"))
# Elements that stand side by side in any text: their number says nothing.
_PLAIN = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "li"))
_STEPS = 4  # containers out from a block that are looked at for siblings
_LONG = 5  # letters of a word that tells something of the subject
_HOPELESS = -4.0
_SHARES = (0.1, 0.2, 0.35, 0.6)
_LENGTHS = (0.15, 0.4, 0.8, 1.5)  # times the mean length of the sure blocks
_USUAL = 150.0  # letters of a paragraph, where no block is sure


def sure_blocks(scores: Sequence[float], sizes: Sequence[float]) -> list[bool]:
    """For each block whether its score and size leave little doubt."""
    return [score > SURE and size > SURE_SIZE for score, size in zip(scores, sizes, strict=True)]


def shared_words(page: Blocks, scores: Sequence[float], sure: Sequence[bool]) -> list[int]:
    """How much of a block's long words the sure text has too, and how many they are; 0 where they are too few to tell.

    A notice about the site, or the opening of another article, has few words in common with the article it stands beside.
    """
    bags = [
        {word for word in block.text.lower().split() if len(word) >= _LONG} if score > _HOPELESS else ()
        for block, score in zip(page.blocks, scores, strict=True)
    ]
    told: Counter[str] = Counter()
    for bag, certain in zip(bags, sure, strict=True):
        if certain:
            told.update(bag)
    once, again = set(told), {word for word, times in told.items() if times > 1}
    values = []
    for bag, certain in zip(bags, sure, strict=True):
        count = len(bag)
        if count < 3:
            values.append(0)
            continue
        shared = len((again if certain else once).intersection(bag))
        step = 0
        if shared:
            step = 1
            for bound in _SHARES:
                if shared >= bound * count:
                    step += 1
        values.append(1 + step + (12 if count > 25 else 6 if count > 10 else 0))
    return values


def relative_lengths(page: Blocks, sure: Sequence[bool]) -> list[int]:
    """How long each block is beside the mean of the sure ones, in five steps: what is short depends on how a site writes."""
    told = [len(block.text) for block, certain in zip(page.blocks, sure, strict=True) if certain]
    mean = sum(told) / len(told) if told else _USUAL
    bounds = [share * mean for share in _LENGTHS]
    return [bisect_right(bounds, len(block.text)) for block in page.blocks]


def sure_before_and_after(hosts: Sequence[int], sure: Sequence[bool]) -> tuple[list[int], list[int]]:
    """How many sure blocks stand after and before a block within what it stands in, three at most each; and how many after it at all."""
    before, count = [], dict.fromkeys(hosts, 0)
    for host, certain in zip(hosts, sure, strict=True):
        before.append(count[host])
        if certain and count[host] < 3:
            count[host] += 1
    within, after, later = [0] * len(hosts), [0] * len(hosts), 0
    count = dict.fromkeys(hosts, 0)
    for index in range(len(hosts) - 1, -1, -1):
        host = hosts[index]
        within[index] = count[host] * 4 + before[index]
        after[index] = later
        if sure[index]:
            later = min(3, later + 1)
            count[host] = min(3, count[host] + 1)
    return within, after


def lists(page: Blocks, scores: Sequence[float], sums: Sequence[float]) -> list[int]:
    """For each block what the list or table that it is in looks like, 0 where it is in none; `sums` are running totals of `scores`.

    That is how its entries score, whether the text before and after it belongs to the article, how much of it is linked.
    """
    containers, blocks = page.containers, page.blocks
    nearest: list[int] = []
    for index, container in enumerate(containers):
        nearest.append(index if container.tag in _LISTS else nearest[container.parent] if container.parent >= 0 else -1)
    linked = [0, *accumulate([block.linked for block in blocks])]
    lengths = [0, *accumulate([len(block.text) for block in blocks])]
    found = {-1: 0}
    values = []
    for block in blocks:
        where = nearest[block.container]
        if where not in found:
            whole = containers[where]
            start, end = whole.start, whole.end
            mean = (sums[end] - sums[start]) / (end - start)
            beside = (start > 0 and scores[start - 1] > SURE) + (end < len(blocks) and scores[end] > SURE)
            share = (linked[end] - linked[start]) / (lengths[end] - lengths[start])
            value = (0 if mean < -1 else 1 if mean < 0.5 else 2) * 9 + beside * 3
            found[where] = 1 + value + (0 if share < 0.02 else 1 if share < 0.25 else 2) + (27 if whole.tag == "table" else 0)
        values.append(found[where])
    return values


def repeated(page: Blocks) -> list[int]:
    """For each block how many siblings like it (tag, names) its container or one of those around has: none, one, up to four, more.

    Teasers and other posts come in rows of equal boxes; the article is alone.
    """
    containers = page.containers
    found: dict[int, int] = {}
    for block in page.blocks:
        first = block.container
        if first not in found:
            most, here = 0, first
            for _ in range(_STEPS):
                if here < 0:
                    break
                if containers[here].tag not in _PLAIN:
                    most = max(most, page.alike[containers[here].kind])
                here = containers[here].parent
            found[first] = 0 if most < 2 else 1 if most == 2 else 2 if most < 6 else 3
    return [found[block.container] for block in page.blocks]
