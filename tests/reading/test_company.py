"""What a block shares with the rest of its page."""

from __future__ import annotations

from lxml import html

from racewire.reading.blocks import Blocks, blocks_of
from racewire.reading.company import lists, relative_lengths, repeated, shared_words, sure_before_and_after, sure_blocks

FERRY = "The harbour council decided that another ferry should cross the lake from spring"


def page(body: str) -> Blocks:
    return blocks_of(html.fromstring(f"<html><body>{body}</body></html>"))


def test_sure_is_what_scores_high_and_is_long() -> None:
    assert sure_blocks([2.0, 2.0, 0.9], [3.0, 0.5, 3.0]) == [True, False, False]


def test_words_shared_with_sure_text_set_the_article_apart() -> None:
    blocks = page(
        f"<p>{FERRY}</p><p>Commuters had asked the harbour council for that ferry across the lake</p>"
        "<p>Subscribe today, cookies improve advertising everywhere</p><p>Too short</p>"
    )
    ours, furniture, short = shared_words(blocks, [5.0, 0.0, 0.0, 0.0], [True, False, False, False])[1:]
    assert ours > furniture > short == 0


def test_sure_text_is_counted_on_both_sides_within_what_a_block_stands_in() -> None:
    within, after = sure_before_and_after([1, 1, 1, 2], [True, False, True, True])
    assert within == [4, 5, 1, 0]  # four times those after, and those before
    assert after == [2, 2, 1, 0]


def test_a_list_is_told_by_its_links_and_its_company() -> None:
    blocks = page(
        f"<p>{FERRY}</p><ul><li>one point</li><li>another point</li></ul><ul><li>see <a href=x>more of this</a></li></ul>"
    )
    scores = [5.0, 1.0, 1.0, -3.0]
    text, first, second, linked = lists(blocks, scores, [0.0, 5.0, 6.0, 7.0, 4.0])
    assert text == 0
    assert first == second != linked


def test_boxes_in_a_row_are_counted() -> None:
    box = "<div class=teaser><p>Some other article</p></div>"
    counts = repeated(page(f"<div class=story><p>{FERRY}</p></div>{box * 3}{'<section class=note><p>A note</p></section>' * 2}"))
    assert counts == [0, 2, 2, 2, 1, 1]


def test_length_is_told_beside_the_sure_text() -> None:
    blocks = page(f"<p>{FERRY}</p><p>Short</p><p>{FERRY} and {FERRY}</p><p>Half of this sentence is the sure text's</p>")
    assert relative_lengths(blocks, [True, False, False, False]) == [3, 0, 4, 2]


def test_without_sure_text_length_is_told_beside_a_usual_paragraph() -> None:
    assert relative_lengths(page(f"<p>{FERRY}</p><p>Short</p>"), [False, False]) == [2, 0]
