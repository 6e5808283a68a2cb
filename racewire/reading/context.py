"""What the neighbourhood says of a block, given what every block says by itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from racewire.reading.blocks import FORM, HEADINGS, LINKED, Block, Blocks
from racewire.reading.company import lists, relative_lengths, repeated, shared_words, sure_before_and_after, sure_blocks
from racewire.reading.features import FORMS, TITLE, length_bin
from racewire.reading.names import BITS

# Slots of the second pass; the values of the first six of the first pass, and its last two, follow with weights of their own.
SECOND = (
    "score", "zone", "zone_score", "depth", "parent", "grand", "kin", "held", "before", "after", "before2", "after2", "around", "tag_zone", "tag_next",
    "length_zone", "gaps", "words", "sides", "rest", "list", "row", "length", "shape", "links", "bold", "text", "own", "inherited", "near", "under",
)  # fmt: skip
# What is never part of an article, unless nothing else is: comments, hidden text, forms, whole blocks that are links.
EXCLUDED = BITS["comment"] | BITS["hidden"] | FORM | LINKED
_PASSED = frozenset(("ul", "ol", "li", "dl", "blockquote", "table", "tbody", "tr"))
_FORM = {"p": 0, "li": 1, "h2": 2, "h3": 2, "h4": 2, "h5": 2}
_GAPS = (0, 1, 2, 2, 2, 3, 3)
LIMIT = 5.0
_HOPELESS = -4.5  # no neighbourhood has raised a block that far down
_TRUSTED = 2.5


def size_of(block: Block) -> float:
    """How much a block weighs: its length in hundreds of letters, at most six."""
    text = block.text
    letters = len(text) * 2.5 if text[0] > "\u2e80" else len(text)
    return min(letters, 600) / 100 + 0.15


def excluded(page: Blocks) -> list[bool]:
    """For each block whether it stands in something that is no article."""
    flags = [bool(container.flags & EXCLUDED) for container in page.containers]
    return [flags[block.container] or (block.linked * 8 > len(block.text) * 7 and block.tag in HEADINGS) for block in page.blocks]


def levelled(page: Blocks, scores: Sequence[float], sizes: Sequence[float], barred: Sequence[bool]) -> list[float]:
    """The scores, raised by one amount for the page where even its best text scores low (a page whose markup says nothing)."""
    clipped = [-LIMIT if bar else max(-LIMIT, min(LIMIT, score)) for score, bar in zip(scores, barred, strict=True)]
    big = sorted(
        ((clipped[i], sizes[i]) for i, block in enumerate(page.blocks) if sizes[i] > 0.9 and block.linked * 2 < len(block.text)),
        reverse=True,
    )
    quarter = sum(size for _, size in big) / 4
    seen, reference = 0.0, _TRUSTED
    for score, size in big:
        seen += size
        if seen >= quarter:
            reference = score
            break
    shift = min(_TRUSTED, _TRUSTED - reference)
    if shift <= 0:
        return clipped
    return [-LIMIT if bar else min(LIMIT, score + shift) for score, bar in zip(clipped, barred, strict=True)]


def open_questions(scores: Sequence[float], bits: Sequence[int]) -> list[int]:
    """The blocks, by index, that the second pass has to judge: all but headlines and those that score lowest or are barred."""
    return [i for i, score in enumerate(scores) if score > _HOPELESS and not bits[i] & TITLE]


def second_features(
    page: Blocks, scores: Sequence[float], first: Sequence[tuple[int, ...]], sizes: Sequence[float], asked: Sequence[int]
) -> list[tuple[int, ...]]:
    """The values of the slots `SECOND` for the blocks `asked`, from the levelled scores of all."""
    blocks, containers = page.blocks, page.containers
    running = [0.0, *accumulate(scores)]
    mass = [max(0.0, score) * size for score, size in zip(scores, sizes, strict=True)]
    sums, gains = [0.0], [0.0]
    for score, size, value in zip(scores, sizes, mass, strict=True):
        gains.append(gains[-1] + score * size)
        sums.append(sums[-1] + value)
    total = sums[-1] or 1.0
    best = _best(page, gains)
    parents: dict[int, float] = {}
    kin: dict[tuple[str, str], float] = {}
    hosts = _hosts(page)
    ups = [hosts[block.container] for block in blocks]
    grand: dict[int, float] = {}
    for block, value, up in zip(blocks, mass, ups, strict=True):
        if value:
            parents[up] = parents.get(up, 0.0) + value
            over = hosts[up]
            grand[over] = grand.get(over, 0.0) + value
            container = containers[block.container]
            key = (block.tag, container.names)
            kin[key] = kin.get(key, 0.0) + value
    start, end = containers[best].start, containers[best].end
    certain = sure_blocks(scores, sizes)
    sure = [i for i in range(start, end) if certain[i]]
    if not sure:
        sure = [i for i, found in enumerate(certain) if found] or [0, len(blocks) - 1]
    head, tail = sure[0], sure[-1]
    words = shared_words(page, scores, certain)
    sides, rest = sure_before_and_after(ups, certain)
    listed, rows_of, steps = lists(page, scores, running), repeated(page), relative_lengths(page, certain)
    rounded = [round(score) for score in scores]
    rows = []
    for i in asked:
        block = blocks[i]
        container = containers[block.container]
        zone = _zone(i, head, tail) + (0 if start <= i < end else 5)
        score = rounded[i]
        tag = first[i][0] // 10
        form = FORMS[tag]
        low, high = max(0, i - 5), min(len(blocks), i + 6)
        around = (running[high] - running[low]) / (high - low)
        rows.append(
            (
                score + 5,
                zone,
                zone * 7 + max(-3, min(3, score)) + 3,
                max(0, min(containers[ups[i]].depth - containers[best].depth + 1, 5)) + 1 if zone < 5 else 0,
                _share(parents.get(ups[i], 0.0) / total) * 10 + zone,
                _share(grand.get(hosts[ups[i]], 0.0) / total) * 4 + _FORM.get(block.tag, 3),
                _share(kin.get((block.tag, container.names), 0.0) / total) * 2 + (zone < 5),
                _share((sums[container.end] - sums[container.start]) / total),
                _beside(i - 1, ups[i], rounded, ups),
                _beside(i + 1, ups[i], rounded, ups),
                _beside(i - 2, ups[i], rounded, ups),
                _beside(i + 2, ups[i], rounded, ups),
                round(around) + 5,
                tag * 10 + zone,
                tag * 7 + (rounded[i + 1] // 2 + 3 if i + 1 < len(blocks) else 6),
                min(length_bin(block.text), 7) // 2 * 10 + zone,
                _GAPS[min(block.gap, 6)] * 4 + (_GAPS[min(blocks[i + 1].gap, 6)] if i + 1 < len(blocks) else 0),
                words[i],
                sides[i],
                rest[i] * 4 + form,
                listed[i],
                rows_of[i] * 4 + form,
                steps[i] * 4 + form,
                *first[i][:6],
                *first[i][9:],
            )
        )
    return rows


def _hosts(page: Blocks) -> list[int]:
    """For each container what it stands in: the nearest one around it that holds other blocks too and is no list, quotation or table."""
    hosts: list[int] = []
    for container in page.containers:
        up = container.parent
        if up < 0:
            hosts.append(0)
            continue
        around = page.containers[up]
        if around.tag in _PASSED or around.end - around.start == 1:
            hosts.append(hosts[up])
        else:
            hosts.append(up)
    return hosts


def _best(page: Blocks, gains: Sequence[float]) -> int:
    """The container whose blocks score most together; of equals the innermost."""
    best, top = 0, float("-inf")
    for index, container in enumerate(page.containers):
        gain = gains[container.end] - gains[container.start]
        if gain >= top:
            best, top = index, gain
    return best


def _zone(index: int, head: int, tail: int) -> int:
    """Well before the sure text, just before, within, just after, well after."""
    if index < head:
        return 0 if index < head - 4 else 1
    return 2 if index <= tail else 3 if index <= tail + 2 else 4


def _share(part: float) -> int:
    return 0 if part < 0.001 else 1 if part < 0.05 else 2 if part < 0.2 else 3 if part < 0.5 else 4


def _beside(index: int, parent: int, rounded: Sequence[int], parents: Sequence[int]) -> int:
    """The score of a neighbour in steps of two, and whether it has the same parent; the last value stands for none."""
    if not 0 <= index < len(rounded):
        return 12
    return (rounded[index] // 2 + 3) * 2 + (parents[index] == parent)
