"""Comparisons of money in rules."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.rules.money import NoComparison, read_comparison, short


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        (">= 50M", "50000000", None, "at least USD 50M"),
        ("> 2.5B", "2500000000", None, "more than USD 2.5B"),
        ("<1.5T", None, "1500000000000", "less than USD 1.5T"),
        ("<= 750k", None, "750000", "at most USD 750k"),
        ("== 1,000,000", "1000000", "1000000", "USD 1M"),
        (">= 300_000", "300000", None, "at least USD 300k"),
        ("50M..200M", "50000000", "200000000", "USD 50M to 200M"),
        (" 50 M .. 0.2 B ", "50000000", "200000000", "USD 50M to 200M"),
    ],
)
def test_comparisons(text: str, low: str | None, high: str | None, words: str) -> None:
    found = read_comparison(text)
    assert (found.low, found.high) == (low and Decimal(low), high and Decimal(high))
    assert found.words("USD") == words


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("=> 50M", ">= 50M"),
        ("= 50M", "== 50M"),
        ("50M", ">= 50M"),
        ("≥ 50M", ">= 50M"),
        (">= 2,5B", ">= 2.5B"),
        (">= 50 million", ">= 50M"),
        ("200M..50M", "50M..200M"),
        ("about fifty", None),
        ("", None),
        (">=", None),
    ],
)
def test_what_is_no_comparison_is_told_with_what_was_meant(text: str, meant: str | None) -> None:
    with pytest.raises(NoComparison) as caught:
        read_comparison(text)
    assert caught.value.suggestion == meant


@given(st.text(max_size=60))
def test_any_text_is_a_comparison_or_none(text: str) -> None:
    try:
        found = read_comparison(text)
    except NoComparison as wrong:
        if wrong.suggestion:
            read_comparison(wrong.suggestion)
    else:
        assert found.low is not None or found.high is not None


@given(st.integers(1, 10**15))
def test_short_amounts_read_back_within_their_digits(amount: int) -> None:
    assert float(read_comparison(f">= {short(amount).replace('e+0', 'e')}").low or 0) == pytest.approx(amount, rel=1e-3)
