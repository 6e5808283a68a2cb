"""Where bars and dots stand."""

from __future__ import annotations

import pytest

from racewire.web.charts import LETTER, bars, scatter, shares


def test_bars_are_as_tall_as_their_counts() -> None:
    chart = bars([("2026-01-05", 2), ("2026-01-12", 0), ("2026-02-02", 4)], what="article", every="week", width=300, height=110)
    assert [(bar.height, bar.label) for bar in chart.bars] == [(37.0, "2"), (0.0, ""), (74.0, "4")]
    assert all(round(bar.y + bar.height, 1) == chart.base for bar in chart.bars)
    assert all(bar.x >= 0 and bar.x + bar.width <= 300 for bar in chart.bars)
    assert [label for _, label in chart.ticks] == ["Jan 2026", "Feb 2026"]
    assert chart.says == "6 articles from 2026-01-05 to 2026-02-02, by week; at most 4"


@pytest.mark.parametrize("counts", [[], [("2026-01-05", 0)]])
def test_nothing_to_count_is_a_base_line(counts: list[tuple[str, int]]) -> None:
    assert not any(bar.height for bar in bars(counts, what="article", every="week", width=100, height=110).bars)


def raised(least: float | None, most: float | None, at: str = "2026-01-05T00:00:00Z", reports: int = 1) -> dict[str, object]:
    return {
        "reported_at": at, "least": least, "most": most, "usd_low": least, "usd_high": most, "surface": "x", "reports": reports,
        "range": "$1M – $2M" if least != most else "",
    }  # fmt: skip


@pytest.mark.parametrize("width", [360, 1000])
def test_ten_times_as_much_is_one_line_higher(width: int) -> None:
    chart = scatter([raised(1e6, 1e6), raised(1e7, 1e7, "2026-03-01T00:00:00Z")], width=width, height=240)
    assert chart is not None
    (low, _), (high, _) = chart.lines
    assert [label for _, label in chart.lines] == ["$1M", "$10M"]
    assert [dot.y for dot in chart.dots] == [high, low]
    assert [label for _, label, _ in chart.ticks] == ["Jan 2026", "Mar 2026"]
    assert all(chart.left <= dot.x <= width for dot in chart.dots)
    assert [dot.anchor for dot in chart.dots] == ["end", "start"]  # the newest stands at the right edge
    for dot in chart.dots:
        long = len(dot.label) * LETTER
        assert chart.left <= dot.label_x - (long if dot.anchor == "end" else 0)
        assert dot.label_x + (long if dot.anchor == "start" else 0) <= width


def test_sums_that_disagree_are_a_line_with_the_range_beside_it() -> None:
    chart = scatter([raised(1e6, 2e6, reports=3)], width=1000, height=240)
    assert chart is not None
    (dot,) = chart.dots
    assert dot.high < dot.low == dot.y
    assert (dot.label, dot.title) == ("$1M – $2M", "x · 3 reports")


def test_labels_do_not_cover_each_other() -> None:
    chart = scatter([raised(1e6, 1e6) for _ in range(5)], width=360, height=240)
    assert chart is not None
    assert [(dot.label, dot.anchor) for dot in chart.dots if dot.label] == [("$1M", "start"), ("$1M", "end")]


@pytest.mark.parametrize("row", [raised(None, None), raised(0.0, 0.0), raised(1e6, 1e6, "sometime")])
def test_what_has_no_sum_or_day_is_left_out(row: dict[str, object]) -> None:
    assert scatter([row], width=1000, height=240) is None


def test_tiny_and_huge_sums_have_a_place() -> None:
    chart = scatter([raised(0.5, 0.5), raised(9e15, 9e15)], width=360, height=240)
    assert chart is not None
    assert all(0 <= dot.y <= 250 for dot in chart.dots)


def test_shares_are_of_the_greatest() -> None:
    assert shares([("a", 2e9), ("b", 1e9), ("c", 1.0)]) == [
        {"name": "a", "percent": 100.0, "sum": "$2B"},
        {"name": "b", "percent": 50.0, "sum": "$1B"},
        {"name": "c", "percent": 0.5, "sum": "$1"},
    ]
    assert shares([]) == []
