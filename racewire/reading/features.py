"""What is measured on each block: small whole numbers, each an index into a table of weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from racewire.reading.blocks import ARTICLE, FIGURE, HEADINGS, LIST, MAIN, QUOTE, TABLE, Block, Blocks
from racewire.reading.cues import text_bits
from racewire.reading.names import BITS
from racewire.text.case import letters_and_digits

_TAGS = {"p": 0, "h1": 1, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3, "li": 4, "td": 5, "th": 5, "blockquote": 6, "pre": 7, "dd": 8, "dt": 8,
         "figcaption": 9, "div": 10, "section": 11, "article": 11, "main": 11, "body": 12}  # fmt: skip
OTHER = 13
FOLDED = 120  # the first so many signs tell whether a block repeats another text
_LENGTHS = (8, 20, 40, 70, 110, 170, 260, 400, 700)
_DENSITIES = (0.001, 0.12, 0.3, 0.55, 0.85)
# Hints that hold for a large container too, and those that hold for one without the headline however large.
_GOOD = BITS["body"] | BITS["article"] | ARTICLE | MAIN | LIST | TABLE | QUOTE
_STUBBORN = BITS["comment"] | BITS["legal"]
_PICTURE = FIGURE | BITS["media"]
# Paragraph, heading, list item or other, by the index of the tag.
FORMS = (0, 1, 1, 1, 2, 3, 0, 3, 3, 3, 3, 3, 3, 3)
# Slots of the first pass; those in `BITFIELDS` hold bits, the others one value each.
FIRST = ("shape", "links", "bold", "text", "own", "inherited", "place", "closes", "shouts", "near", "under")
_SECTIONS = frozenset(("h2", "h3", "h4"))
_LEAVING = 16 | 32 | 128 | 4096
BITFIELDS = frozenset(("text", "own", "inherited"))
# Bits of the slot `text` beside those of `cues.text_bits`.
TITLE, STANDFIRST, DUPLICATE, IN_BODY, NOT_IN_BODY = (1 << n for n in range(13, 18))


@dataclass(slots=True)
class Facts:
    """What the head of the page says of its text: folded title, description and whole text, each "" where it does not say."""

    titles: tuple[str, ...] = ()
    description: str = ""
    body: str = ""


def length_bin(text: str) -> int:
    """0 to 9; a sign of Chinese, Japanese or Korean counts as two and a half letters."""
    size = len(text)
    if size < 700 and text[0] > "\u2e80":
        size = size * 5 // 2
    for index, bound in enumerate(_LENGTHS):
        if size < bound:
            return index
    return len(_LENGTHS)


def signature(block: Block) -> tuple[int, int, int]:
    """Tag and length together, link density, boldness."""
    text = block.text
    size = len(text)
    density = block.linked / size
    step = 0
    for bound in _DENSITIES:
        if density < bound:
            break
        step += 1
    tag = _TAGS.get(block.tag, OTHER)
    bold = 2 if block.bold * 10 >= size * 9 else 1 if block.bold else 0
    return tag * 10 + length_bin(text), step * 4 + min(block.links, 3), bold


def page_bits(page: Blocks, facts: Facts) -> list[int]:
    """For each block, whether it repeats the title, the description, an earlier block, or stands in the declared text."""
    seen: set[str] = set()
    bits = []
    for block in page.blocks:
        text = block.text
        found = 0
        if len(text) > 12 or block.tag in HEADINGS:
            folded = letters_and_digits(text[:FOLDED])
            if folded in facts.titles:
                found |= TITLE
            elif (
                facts.description and len(folded) > 30 and (folded[:60] in facts.description or facts.description[:60] in folded)
            ):
                found |= STANDFIRST
            if folded in seen:
                found |= DUPLICATE
            seen.add(folded)
            if facts.body and len(folded) > 20:
                found |= IN_BODY if folded[:80] in facts.body else NOT_IN_BODY
        bits.append(found)
    return bits


def anchor_of(page: Blocks, bits: Sequence[int]) -> int | None:
    """The block that is the page's headline: a heading that repeats the title, else the first h1, else any text that repeats it."""
    blocks = page.blocks
    repeats = [index for index, found in enumerate(bits) if found & TITLE]
    for index in repeats:
        if blocks[index].tag in HEADINGS:
            return index
    return next((index for index, block in enumerate(blocks) if block.tag == "h1"), repeats[0] if repeats else None)


def inherit(page: Blocks, anchor: int | None) -> None:
    """Hand hints down the tree, save those of a container so large, or so placed around the headline, that its name must mislead."""
    sums = [0]
    for block in page.blocks:
        size = len(block.text)
        sums.append(sums[-1] + (size if size > 60 and block.linked * 2 < size else 0))
    total = sums[-1]
    for container in page.containers:
        own = container.own
        if own:
            share = sums[container.end] - sums[container.start]
            around = anchor is not None and container.start <= anchor < container.end
            if (around and 3 * share > total) or (2 * share > total and (anchor is None or not own & _STUBBORN)):
                own &= _GOOD
        container.flags = own | (page.containers[container.parent].flags if container.parent >= 0 else 0)


def first_features(page: Blocks, bits: Sequence[int], anchor: int | None, barred: Sequence[bool]) -> list[tuple[int, ...]]:
    """The values of the slots `FIRST` for each block: what it says by itself and by the names of its containers; none for barred ones."""
    rows: list[tuple[int, ...]] = []
    containers = page.containers
    places = _places(page, anchor)
    under = 0
    for index, block in enumerate(page.blocks):
        text = block.text
        if barred[index]:
            if block.tag in _SECTIONS and not bits[index] & TITLE:
                under = 2 if text_bits(text) & _LEAVING else 1
            rows.append(())
            continue
        shape, links, bold = signature(block)
        container = containers[block.container]
        inherited = containers[container.parent].flags if container.parent >= 0 else 0
        found = bits[index]
        if container.flags & _PICTURE:
            found &= ~STANDFIRST
        said = text_bits(text)
        dense = links >> 2
        closes = shape % 10 * 6 + (said & 1) * 3 + (0 if dense < 1 else 1 if dense < 3 else 2)
        shouts = dense * 8 + (4 if said & 8 else 0) + FORMS[shape // 10]
        if block.tag in _SECTIONS and not found & TITLE:
            under = 2 if said & _LEAVING else 1
        rows.append(
            (
                shape,
                links,
                bold,
                said | found,
                container.own,
                inherited,
                _distance(index, anchor),
                closes,
                shouts,
                places[block.container],
                under,
            )
        )
    return rows


def _places(page: Blocks, anchor: int | None) -> list[int]:
    """For each container how many steps out lead to one that holds the headline, and whether it is in an `article` without it."""
    steps: list[int] = []
    kinds: list[int] = []
    held = anchor is not None and any(
        container.tag == "article" and container.start <= anchor < container.end for container in page.containers
    )
    for container in page.containers:
        around = anchor is not None and container.start <= anchor < container.end
        up = container.parent
        steps.append(0 if around or up < 0 else steps[up] + 1)
        if container.tag == "article":
            kinds.append(1 if around else 2 if held else 3)
        else:
            kinds.append(kinds[up] if up >= 0 else 0)
    return [kind * 8 + min(step, 7) for kind, step in zip(kinds, steps, strict=True)]


def _distance(index: int, anchor: int | None) -> int:
    if anchor is None:
        return 0
    steps = index - anchor
    if steps < 0:
        return 1 if steps < -10 else 2
    return 3 if steps < 3 else 4 if steps < 10 else 5 if steps < 40 else 6
