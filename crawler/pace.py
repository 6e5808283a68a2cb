"""The pace at which each host is asked, shared by every crawl of the process.

One request at a time, and `delay` seconds from the end of one answer to the start of the next request. Scrapy's own
DOWNLOAD_DELAY counts from start to start and knows nothing of other crawls.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.problems import Trouble

LONGEST_WAIT = 10.0  # seconds that a request waits for a site that asked for a pause; beyond that the crawl ends
LONGEST_CRAWL_DELAY = 30.0  # robots.txt may ask for more; then this is what it gets
LONGEST_HOLD = 86_400.0
_KEPT_HOSTS = 4_000


def host_key(url: str) -> str:
    """`example.org`, or `example.org:8080` where the port is not the scheme's own: what counts as one host."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    port = parts.port
    return host if port in (None, 80, 443) else f"{host}:{port}"


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0  # on the clock; no request before
    held_until: float = 0.0  # the site asked for a pause
    delay: float = 0.0  # its own Crawl-delay
    waiting: int = 0


class Pace:
    """`delay` is in seconds; `clock` is monotonic."""

    def __init__(self, delay: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._delay = delay
        self._clock = clock
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """The host to oneself, once it may be asked again. Raises Trouble where it asked for a long pause."""
        state = self._host(host)
        state.waiting += 1
        try:
            async with state.lock:
                await self._wait(host, state)
                try:
                    yield
                finally:
                    state.free_at = self._clock() + max(self._delay, state.delay)
        finally:
            state.waiting -= 1

    async def _wait(self, host: str, state: _Host) -> None:
        while True:
            held = self.held(host)
            if held > LONGEST_WAIT:
                raise Trouble("backing-off", f"{host} asked to be left alone for {held:.0f} s more", retry_after=held)
            wait = max(state.free_at - self._clock(), held)
            if wait <= 0:
                return
            await asyncio.sleep(wait)

    def hold(self, host: str, seconds: float) -> None:
        """No request to `host` for `seconds` (clamped to a day), as it asked by Retry-After."""
        state = self._host(host)
        state.held_until = max(state.held_until, self._clock() + min(seconds, LONGEST_HOLD))

    def held(self, host: str) -> float:
        """Seconds left of such a pause; 0 where there is none."""
        state = self._hosts.get(host)
        return max(0.0, state.held_until - self._clock()) if state else 0.0

    def slow_down(self, host: str, delay: float) -> None:
        """Take over the Crawl-delay of the host's robots.txt, up to LONGEST_CRAWL_DELAY."""
        self._host(host).delay = min(max(delay, 0.0), LONGEST_CRAWL_DELAY)

    def _host(self, host: str) -> _Host:
        state = self._hosts.get(host)
        if state is None:
            if len(self._hosts) >= _KEPT_HOSTS:
                self._forget_idle()
            state = self._hosts[host] = _Host()
        return state

    def _forget_idle(self) -> None:
        now = self._clock()
        for name, state in list(self._hosts.items()):
            if not state.waiting and max(state.free_at, state.held_until) < now:
                del self._hosts[name]
