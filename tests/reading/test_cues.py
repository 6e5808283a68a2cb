"""Cues in the words of a block."""

from __future__ import annotations

import pytest

from racewire.reading.cues import CONTACT, text_bits

OPENER, LEGAL, PICTURE, SIGNUP, DATE, NAMES = 16, 32, 64, 128, 256, 512


@pytest.mark.parametrize(
    ("text", "bit"),
    [
        ("Also: An older ferry is sold", OPENER),
        ("More:", OPENER),
        ("© Example Press", LEGAL),
        ("The old boat. Photo: (AP Photo/Someone)", PICTURE),
        ("Get the best of the lake in your inbox", SIGNUP),
        ("3 March 2024, 14:05", DATE),
        ("Jo Example contributed to this report.", NAMES),
        ("Follow the ferry on every network.", CONTACT),
        ("Schreiben Sie uns!", CONTACT),
        ("The author is at jo.example@press.example and answers.", CONTACT),
    ],
)
def test_a_cue_sets_its_bit(text: str, bit: int) -> None:
    assert text_bits(text) & bit


@pytest.mark.parametrize("text", ["The ferry will be followed by a boat.", "— The Ferry (@ferry) March 3", "He paid 3@5 each."])
def test_what_only_looks_like_a_way_to_write_sets_no_bit(text: str) -> None:
    assert not text_bits(text) & CONTACT


def test_long_texts_are_not_searched() -> None:
    assert not text_bits("Follow the ferry. " * 40) & CONTACT


def test_ends_and_commas_are_told() -> None:
    assert text_bits("A boat, and a bridge.") & 7 == 3
    assert text_bits("This is why:") & 7 == 4
    assert text_bits("READ IT") & 15 == 8
