"""The article among the blocks of a page."""

from __future__ import annotations

from racewire.reading.blocks import (
    ASIDE,
    BYLINE,
    CAPTION,
    FIGURE,
    FOOTER,
    FORM,
    HEADINGS,
    HIDDEN,
    JUNK,
    LIST,
    Block,
    Blocks,
)


def article_text(page: Blocks, title: str) -> str:
    """The paragraphs and subheadings of the article, one a line."""
    blocks = page.blocks
    if not blocks:
        return ""
    weights = [weight(block) for block in blocks]
    sums = [0.0]
    for value in weights:
        sums.append(sums[-1] + value)
    best, top = 0, float("-inf")
    for index, container in enumerate(page.containers):
        total = sums[container.end] - sums[container.start]
        if total >= top:
            best, top = index, total
    start, end = page.containers[best].start, page.containers[best].end
    good = [i for i in range(start, end) if weights[i] > 0 and (blocks[i].tag not in HEADINGS)]
    if not good:
        return ""
    first, last = good[0], good[-1]
    lines = []
    for i in range(start, end):
        block = blocks[i]
        if weights[i] > 0 or (first <= i <= last and _kept_between(block)):
            if block.tag == "h1" or block.text == title:
                continue
            lines.append(block.text)
    return "\n".join(lines)


def weight(block: Block) -> float:
    """How much a block speaks for being part of an article: positive for running text, negative for menus and teasers."""
    length = len(block.text)
    if block.text and block.text[0] > "\u2e80":
        length *= 3
    density = block.linked / max(1, len(block.text))
    flags = block.flags
    if flags & (HIDDEN | FOOTER | CAPTION | FIGURE) or (flags & JUNK) or (flags & ASIDE):
        return -1.0 - min(length, 200) / 100
    if density > 0.5:
        return -2.0
    if block.tag in HEADINGS:
        return -0.2
    value = min(length, 400) / 60 * (1 - density)
    if block.tag in ("p", "blockquote", "pre"):
        return value if length > 40 else 0.3
    if block.tag == "li" or flags & LIST:
        return value - 1.5 if density == 0 else value - 3
    if flags & (BYLINE | FORM) and length < 200:
        return -0.5
    return value - 1.5


def _kept_between(block: Block) -> bool:
    if block.flags & (HIDDEN | FOOTER | CAPTION | FIGURE | ASIDE | JUNK):
        return False
    density = block.linked / max(1, len(block.text))
    return density < 0.5 and (block.tag in HEADINGS or block.tag in ("p", "li", "blockquote", "pre"))
