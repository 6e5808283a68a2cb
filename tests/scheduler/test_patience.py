"""Waiting for an archive that refuses writes."""

import asyncio

from racewire.errors import StoreError
from scheduler.patience import Patience

PROBLEM = StoreError("the disk is full")


class Archive:
    def __init__(self, refuses: int) -> None:
        self.refuses, self.asked = refuses, 0

    async def note(self, message: str) -> None:
        self.asked += 1
        if self.asked <= self.refuses:
            raise PROBLEM


async def test_it_goes_on_as_soon_as_a_write_is_taken() -> None:
    archive = Archive(refuses=3)
    patience = Patience(archive.note, asyncio.Event(), retry=0.001)
    assert not patience.waiting
    assert await patience.over(PROBLEM)
    assert archive.asked == 4


async def test_all_who_wait_are_served_by_one_attempt() -> None:
    archive = Archive(refuses=1)
    patience = Patience(archive.note, asyncio.Event(), retry=0.01)
    waits = [asyncio.create_task(patience.over(PROBLEM)) for _ in range(20)]
    await asyncio.sleep(0)
    assert patience.waiting
    assert all(await asyncio.gather(*waits))
    assert archive.asked == 2


async def test_after_its_time_it_gives_up() -> None:
    archive, now = Archive(refuses=10**9), iter(range(0, 1000, 10))
    patience = Patience(archive.note, asyncio.Event(), retry=0.001, give_up=60, monotonic=lambda: next(now))
    assert not await patience.over(PROBLEM)
    assert archive.asked == 7


async def test_a_stop_ends_the_wait_at_once() -> None:
    stop = asyncio.Event()
    patience = Patience(Archive(refuses=10**9).note, stop, retry=60)
    wait = asyncio.create_task(patience.over(PROBLEM))
    await asyncio.sleep(0.01)
    stop.set()
    assert await asyncio.wait_for(wait, 1)
