"""Which blocks are taken, given their log odds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from racewire.reading.blocks import Block, Blocks, Container
from racewire.reading.choice import choose
from racewire.reading.names import BITS


def blocks(*tags: str) -> Blocks:
    """A page of blocks, one of each tag; those that are `li` stand in one list."""
    containers = [Container("body", -1, "", 0, 0, 0, end=len(tags)), Container("ul", 0, "", 1, 0, 0, end=len(tags))]
    found = []
    for index, tag in enumerate(tags):
        containers.append(Container(tag, 1 if tag == "li" else 0, "", 2, index, 0, end=index + 1))
        found.append(Block("Words of a line.", tag, index + 2, 0, 0, 0))
    return Blocks(found, containers)


def taken(page: Blocks, *scores: float) -> tuple[int, ...]:
    return choose(page, range(len(scores)), scores)


def test_what_is_likely_is_taken() -> None:
    assert taken(blocks("p", "p", "p", "p"), 4, -4, 3, -3) == (0, 2)


def test_a_list_is_taken_as_a_whole_or_not_at_all() -> None:
    assert taken(blocks("p", "li", "li", "li"), 4, 2, 3, -1) == (0, 1, 2, 3)
    assert taken(blocks("p", "li", "li", "li"), 4, 1, -3, -3) == (0,)


def test_a_list_in_doubt_is_taken_where_the_article_goes_on_after_it() -> None:
    assert taken(blocks("p", "li", "li", "p"), 4, -0.9, -0.9, 4) == (0, 1, 2, 3)
    assert taken(blocks("p", "li", "li", "p"), 4, -0.9, -0.9, -4) == (0,)
    assert taken(blocks("p", "li", "li", "p"), 4, -3, -3, 4) == (0, 3)


def test_a_quoted_post_is_taken_within_the_article_only() -> None:
    page = blocks("p", "blockquote", "p", "blockquote")
    for index in (1, 3):
        page.containers[page.blocks[index].container].flags = BITS["quoted"]
    assert taken(page, 4, -4, 4, -4) == (0, 1, 2)
    assert taken(page, -4, -4, -4, -4) == ()


def test_the_cells_of_a_table_are_judged_one_by_one() -> None:
    assert taken(blocks("p", "td", "td"), 4, 3, -3) == (0, 1)


def test_where_all_is_in_doubt_half_a_chance_is_enough() -> None:
    assert taken(blocks("p", "p", "p"), 0.3, -0.4, -0.3) == (0, 1, 2)
    assert taken(blocks("p", "p", "p", "p"), 4, 4, 4, -0.4) == (0, 1, 2)


def test_where_all_is_hopeless_nothing_is_taken() -> None:
    assert taken(blocks("p", "p"), -2, -3) == ()
    assert taken(blocks()) == ()


@given(st.lists(st.floats(-12, 12), max_size=30))
def test_of_blocks_outside_lists_the_taken_ones_score_highest(scores: list[float]) -> None:
    chosen = taken(blocks(*["p"] * len(scores)), *scores)
    left = [score for index, score in enumerate(scores) if index not in chosen]
    assert all(scores[index] > max(left, default=-20.0) for index in chosen)
    assert all(score >= -1 for score in (scores[index] for index in chosen))
    assert all(score < 1 for score in left)
