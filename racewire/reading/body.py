"""The article among the blocks of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from racewire.reading import jsonld, weights
from racewire.reading.blocks import Blocks
from racewire.reading.context import excluded, levelled, second_features, size_of
from racewire.reading.features import TITLE, Facts, anchor_of, first_features, fold, inherit, page_bits
from racewire.reading.head import Head
from racewire.reading.jsonld import Node

# Log odds above which a block is taken: a little above even, since a stray teaser harms more than a lost line.
_ENOUGH = 0.3


@dataclass(frozen=True, slots=True)
class Body:
    """The chosen blocks, by index, in order; `text` has one paragraph or subheading a line; `anchor` is the headline's block."""

    chosen: tuple[int, ...] = ()
    text: str = ""
    anchor: int | None = None


def facts_of(head: Head, articles: list[Node]) -> Facts:
    """What the head of a page declares of its text, folded."""
    titles = {fold(t[:200]) for t in [*head.titles[:2], *head.meta.get("og:title", ())[:1]]}
    body = description = ""
    for node in articles[:3]:
        titles.add(fold((jsonld.text_of(node, "headline") or "")[:200]))
        text = jsonld.text_of(node, "articleBody") or ""
        if len(text) > 200 and not body:
            body = fold(text)
    found = head.first("description", "og:description")
    if found:
        description = fold(found[0])
    return Facts(tuple(t for t in titles if t), description if len(description) > 30 else "", body)


def article(page: Blocks, facts: Facts) -> Body:
    """The blocks that are the article: each is scored by itself, then again in the light of its neighbours."""
    if not page.blocks:
        return Body()
    bits = page_bits(page, facts)
    anchor = anchor_of(page, bits)
    inherit(page, anchor)
    alone, together = weights.shipped()
    first = first_features(page, bits, anchor)
    barred = excluded(page)
    sizes = [size_of(block) for block in page.blocks]
    scores = levelled(page, alone.scores(first), sizes, barred)
    final = together.scores(second_features(page, scores, first, sizes))
    chosen = tuple(i for i, score in enumerate(final) if score > _ENOUGH and not barred[i] and not bits[i] & TITLE)
    return Body(chosen, _lines(page, chosen), anchor)


def _lines(page: Blocks, chosen: Sequence[int]) -> str:
    return "\n".join(page.blocks[i].text for i in chosen)
