"""What the daemon does while the archive refuses writes: a full disk, another program that holds the file."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from racewire.errors import StoreError

GIVE_UP = 60.0
"""Seconds for which an archive may refuse writes before the daemon gives up."""
RETRY = 2.0


class Patience:
    """One wait for all that need the archive. `attempt` writes something small and raises StoreError while that fails.

    `waiting` says whether the archive is in trouble now, so that nothing new is begun that could not be stored.
    """

    def __init__(
        self,
        attempt: Callable[[str], Awaitable[None]],
        stop: asyncio.Event,
        *,
        give_up: float = GIVE_UP,
        retry: float = RETRY,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._attempt = attempt
        self._stop = stop
        self._give_up = give_up
        self._retry = retry
        self._monotonic = monotonic
        self._one = asyncio.Lock()

    @property
    def waiting(self) -> bool:
        """Whether somebody waits for the archive."""
        return self._one.locked()

    async def over(self, problem: StoreError) -> bool:
        """Returns True when the archive takes writes again, or a stop was asked for; False when it did not for too long."""
        if self.waiting:
            async with self._one:  # whoever came first tries for all
                return True
        async with self._one:
            until = self._monotonic() + self._give_up
            while not self._stop.is_set():
                try:
                    await self._attempt(str(problem))
                except StoreError:
                    if self._monotonic() > until:
                        return False
                else:
                    return True
                await self._pause()
        return True

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), self._retry)
        except TimeoutError:
            return
