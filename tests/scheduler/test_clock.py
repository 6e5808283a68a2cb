"""A wall clock that jumps, and times that no plan could have made."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.clock import Jumps, credible, pull_back

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


class Clocks:
    def __init__(self) -> None:
        self.wall, self.steady = NOW, 100.0

    def pass_time(self, seconds: float, *, jump: float = 0) -> None:
        self.wall += timedelta(seconds=seconds + jump)
        self.steady += seconds


@pytest.mark.parametrize(("jump", "seen"), [(0, False), (2, False), (3600, True), (-3600, True), (-4 * 365 * 86400, True)])
def test_a_jump_is_seen_once(jump: float, seen: bool) -> None:
    clocks = Clocks()
    jumps = Jumps(lambda: clocks.wall, lambda: clocks.steady)
    clocks.pass_time(5, jump=jump)
    assert bool(jumps.jump()) is seen
    clocks.pass_time(5)
    assert jumps.jump() == 0


def test_a_due_time_far_ahead_is_not_believed() -> None:
    assert credible(None, NOW) is None
    assert credible(NOW + timedelta(hours=6), NOW) == NOW + timedelta(hours=6)
    assert credible(NOW + timedelta(days=1500), NOW) is None


def test_deliveries_of_another_year_are_due_now() -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table deliveries(id, state, next_at)")
        rows = [
            ("soon", "waiting", "2026-11-25T05:00:00Z"),
            ("retry", "waiting", "2026-11-26T04:00:00Z"),
            ("odd", "waiting", "2030-01-01T00:00:00Z"),
            ("done", "delivered", "2030-01-01T00:00:00Z"),
        ]
        connection.executemany("insert into deliveries values (?, ?, ?)", rows)
        assert pull_back(connection, now=NOW, longest_wait=86400.0) == 1
        assert connection.execute("select id from deliveries where next_at = '2026-11-25T04:00:00Z'").fetchall() == [("odd",)]
    connection.close()
