"""The article among the blocks of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from racewire.reading import jsonld, weights
from racewire.reading.blocks import Blocks
from racewire.reading.choice import choose
from racewire.reading.company import SURE, SURE_SIZE
from racewire.reading.context import LIMIT, excluded, levelled, open_questions, second_features, size_of
from racewire.reading.features import FOLDED, Facts, anchor_of, first_features, inherit, page_bits
from racewire.reading.head import Head
from racewire.reading.jsonld import Node
from racewire.text.case import letters_and_digits


@dataclass(frozen=True, slots=True)
class Body:
    """The chosen blocks, by index, in order; `text` has one paragraph or subheading a line; `anchor` is the headline's block."""

    chosen: tuple[int, ...] = ()
    text: str = ""
    anchor: int | None = None


def facts_of(head: Head, articles: list[Node]) -> Facts:
    """What the head of a page declares of its text, folded."""
    titles = {letters_and_digits(t[:FOLDED]) for t in [*head.titles[:2], *head.meta.get("og:title", ())[:1]]}
    body = description = ""
    for node in articles[:3]:
        titles.add(letters_and_digits((jsonld.text_of(node, "headline") or "")[:FOLDED]))
        text = jsonld.text_of(node, "articleBody") or ""
        if len(text) > 200 and not body:
            body = letters_and_digits(text)
    found = head.first("description", "og:description")
    if found:
        description = letters_and_digits(found[0])
    return Facts(tuple(t for t in titles if t), description if len(description) > 30 else "", body)


def article(page: Blocks, facts: Facts) -> Body:
    """The blocks that are the article: each is scored by itself, then again in the light of its neighbours."""
    if not page.blocks:
        return Body()
    bits = page_bits(page, facts)
    anchor = anchor_of(page, bits)
    inherit(page, anchor)
    alone, together = weights.shipped()
    barred = excluded(page)
    sizes = [size_of(block) for block in page.blocks]
    first = first_features(page, bits, anchor, barred)
    scores = levelled(page, first_scores(alone, first), sizes, barred)
    asked = open_questions(scores, bits)
    final = together.scores(second_features(page, scores, first, sizes, asked))
    chosen = choose(page, asked, final)
    if not chosen:  # a page with a line or two has no neighbourhood
        chosen = tuple(i for i in asked if scores[i] > SURE and sizes[i] > SURE_SIZE)
    return Body(chosen, _lines(page, chosen), anchor)


def first_scores(alone: weights.Weights, first: Sequence[tuple[int, ...]]) -> list[float]:
    """The scores of the first pass; those of barred blocks, which have no features, are the lowest."""
    found = iter(alone.scores([row for row in first if row]))
    return [next(found) if row else -LIMIT for row in first]


def _lines(page: Blocks, chosen: Sequence[int]) -> str:
    return "\n".join(page.blocks[i].text for i in chosen)
