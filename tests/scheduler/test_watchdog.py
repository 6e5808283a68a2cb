"""The watchdog ends a process whose loop stands still, and leaves a living one alone."""

import asyncio
import subprocess
import sys

from scheduler.watchdog import Watchdog

BLOCKED = """
import asyncio, time
from scheduler.watchdog import Watchdog
async def main():
    async with Watchdog(0.4):
        await asyncio.sleep(0.1)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            pass
asyncio.run(main())
"""


def test_a_blocked_loop_ends_with_70_and_shows_the_guilty_line() -> None:
    done = subprocess.run([sys.executable, "-c", BLOCKED], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 70
    assert "has not moved" in done.stderr
    assert "in main" in done.stderr


async def test_a_living_loop_goes_on() -> None:
    ended: list[int] = []
    async with Watchdog(0.5, end=ended.append):
        await asyncio.sleep(1.2)
    assert ended == []
