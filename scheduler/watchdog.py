"""A thread that ends the process when the event loop stands still.

A loop that is blocked (a parser in an endless loop, a disk that does not answer) also blocks signals and timers, so
nothing inside it can help. The heartbeat is set from the loop; when it is older than `limit` seconds the thread writes the
stacks of all threads to stderr and exits with 70, and whoever supervises the daemon starts it again. Nothing is lost by
that: every step is one transaction.
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable

from scheduler import systemd

EXIT_CODE = 70


class Watchdog:
    """`async with Watchdog(limit):` watches the running loop. `limit` in seconds of monotonic time."""

    def __init__(self, limit: float = 60.0, *, end: Callable[[int], None] = os._exit) -> None:
        self.limit = limit
        self._end = end
        self._beat_at = time.monotonic()
        self._over = threading.Event()
        self._pulse: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Watchdog:
        self._pulse = asyncio.create_task(self._beat(), name="heartbeat")
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over.set()
        if self._pulse is not None:
            self._pulse.cancel()
            await asyncio.gather(self._pulse, return_exceptions=True)

    async def _beat(self) -> None:
        while True:
            self._beat_at = time.monotonic()
            systemd.notify(watchdog="1")
            await asyncio.sleep(min(self.limit / 4, 5.0))

    def _watch(self) -> None:
        looked_at = time.monotonic()
        while not self._over.wait(min(self.limit / 4, 1.0)):
            now = time.monotonic()
            if now - looked_at > self.limit / 2:
                # the whole process stood still (suspended, stopped by a debugger), not just the loop
                self._beat_at = now
            looked_at = now
            if now - self._beat_at > self.limit:
                print(
                    f"watchdog: the event loop has not moved for {self.limit:g} s; all stacks follow", file=sys.stderr, flush=True
                )
                faulthandler.dump_traceback(file=sys.stderr, all_threads=True)
                self._end(EXIT_CODE)
                return
