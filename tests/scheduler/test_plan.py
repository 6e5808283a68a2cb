"""The grid of times: stable, spread, and patient with sites that fail."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scheduler.plan import BACKOFF_CAP, next_due, offset

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ids = st.text(min_size=1, max_size=30)
intervals = st.floats(1, 86_400)


@given(ids, intervals)
def test_the_offset_lies_within_the_interval(source_id: str, every: float) -> None:
    assert 0 <= offset(source_id, every) < every


@given(ids, intervals)
def test_next_due_is_within_one_interval(source_id: str, every: float) -> None:
    due = next_due(source_id, every, NOW)
    assert NOW < due <= NOW + timedelta(seconds=every + 1e-3)


@given(ids, intervals)
def test_after_one_due_time_comes_the_next_one_an_interval_later(source_id: str, every: float) -> None:
    first = next_due(source_id, every, NOW)
    second = next_due(source_id, every, first + timedelta(milliseconds=1))
    assert abs((second - first).total_seconds() - every) < 0.01


def test_sources_of_one_interval_are_spread() -> None:
    due = sorted(next_due(f"paper-{n}", 600, NOW) for n in range(100))
    gaps = [(b - a).total_seconds() for a, b in pairwise(due)]
    assert max(gaps) < 60


def test_a_failing_source_is_asked_less_often_up_to_a_cap() -> None:
    waits = [(next_due("paper", 600, NOW, failures=n) - NOW).total_seconds() for n in range(12)]
    assert waits[0] == waits[1] == waits[2]
    assert waits[3] < waits[4] < waits[5]
    assert waits[-1] <= BACKOFF_CAP.total_seconds() + 600


def test_retry_after_is_kept_to() -> None:
    asked = NOW + timedelta(hours=2)
    assert next_due("paper", 600, NOW, not_before=asked) > asked
