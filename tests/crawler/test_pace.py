"""One request at a time a host, with a pause after each answer."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

import pytest

from crawler.pace import Pace, host_key
from crawler.problems import Trouble


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://A.example/x", "a.example"),
        ("https://a.example:443/", "a.example"),
        ("http://a.example.:80/", "a.example"),
        ("http://a.example:8080/x", "a.example:8080"),
        ("http://[::1]:81/", "::1:81"),
    ],
)
def test_what_counts_as_one_host(url: str, key: str) -> None:
    assert host_key(url) == key


async def spans(pace: Pace, hosts: list[str], length: float = 0.01) -> list[tuple[str, float, float]]:
    seen: list[tuple[str, float, float]] = []

    async def ask(host: str) -> None:
        async with pace.turn(host):
            began = time.monotonic()
            await asyncio.sleep(length)
            seen.append((host, began, time.monotonic()))

    await asyncio.gather(*map(ask, hosts))
    return seen


async def test_the_pause_counts_from_the_end_of_an_answer() -> None:
    seen = await spans(Pace(0.03), ["a"] * 4)
    gaps = [later[1] - earlier[2] for earlier, later in pairwise(seen)]
    assert min(gaps) >= 0.03


async def test_hosts_do_not_wait_for_each_other() -> None:
    began = time.monotonic()
    await spans(Pace(0.5), ["a", "b", "c"])
    assert time.monotonic() - began < 0.4


async def test_a_failed_request_counts_as_well() -> None:
    pace = Pace(0.03)
    with pytest.raises(ZeroDivisionError):
        async with pace.turn("a"):
            raise ZeroDivisionError
    began = time.monotonic()
    async with pace.turn("a"):
        assert time.monotonic() - began >= 0.029


async def test_a_short_pause_is_waited_for_and_a_long_one_is_refused() -> None:
    pace = Pace(0)
    pace.hold("a", 0.05)
    began = time.monotonic()
    async with pace.turn("a"):
        assert time.monotonic() - began >= 0.05
    pace.hold("a", 10**9)
    with pytest.raises(Trouble) as trouble:
        async with pace.turn("a"):
            pass
    assert trouble.value.problem == "backing-off"
    assert trouble.value.retry_after is not None
    assert 86_000 < trouble.value.retry_after <= 86_400


async def test_a_crawl_delay_slows_down_its_host_alone() -> None:
    pace = Pace(0)
    pace.slow_down("a", 0.04)
    seen = await spans(pace, ["a", "a", "b", "b"])
    ends = {host: max(end for name, _, end in seen if name == host) for host in "ab"}
    starts = min(start for _, start, _ in seen)
    assert ends["a"] - starts >= 0.05
    assert ends["b"] - starts < 0.05


async def test_being_cancelled_while_waiting_frees_the_turn() -> None:
    pace = Pace(0)
    async with pace.turn("a"):
        waiting = asyncio.create_task(spans(pace, ["a"]))
        await asyncio.sleep(0)
        waiting.cancel()
    assert len(await asyncio.wait_for(spans(pace, ["a"]), 1)) == 1
