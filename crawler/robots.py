"""robots.txt, as RFC 9309 has it: who may be asked for what, remembered by all crawls of the process."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from crawler.problems import NOT_TRIED, Trouble

NAME = "racewire"  # what robots.txt files may call us
LARGEST = 512 * 1024  # bytes that are read of one (RFC 9309, section 2.5 asks for at least 500 KiB)
_FRESH = 4 * 3600.0  # seconds that an answer counts
_STALE = 24 * 3600.0  # and how long a good one stands in while the site cannot be reached (section 2.4)
_UNREACHABLE = 600.0  # how long an unreachable one is taken to forbid all
_IN_PLACE = 32 * 1024  # larger ones are read in a thread: half a megabyte of rules takes up to a second
# Some name a crawler with its version, which is no part of the product token (section 2.2.1).
_VERSION = re.compile(r"^([ \t]*user-agent[ \t]*:[ \t]*[\w-]+)/[^\s#]*", re.I | re.M)
_KEPT_ORIGINS = 4_000

# Fetches one address; answers with status and body, the body without its packing.
Fetch = Callable[[str], Awaitable[tuple[int, bytes]]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin allows. `unreachable` says why its rules could not be had; then nothing is allowed for now."""

    parsed: Protego | None = None
    unreachable: str | None = None
    sitemaps: tuple[str, ...] = ()
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        return self.unreachable is None and (self.parsed is None or self.parsed.can_fetch(url, NAME))


@dataclass(slots=True)
class _Entry:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Rules | None = None
    at: float = 0.0  # when the rules in force were fetched
    fresh_until: float = 0.0


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


async def read_rules(status: int, body: bytes) -> Rules:
    """The rules that an answer for /robots.txt stands for; 429 and 5xx mean that nothing is known, so nothing is allowed."""
    if status == 429 or status >= 500:
        return Rules(unreachable=f"robots.txt answered with status {status}")
    if status != 200:
        return Rules()  # there is none, or it cannot be had: all is allowed (section 2.3.1.3)
    text = _VERSION.sub(r"\1", body[:LARGEST].decode("utf-8-sig", "replace").replace("\x00", ""))
    parsed = Protego.parse(text) if len(text) <= _IN_PLACE else await asyncio.to_thread(Protego.parse, text)
    return Rules(parsed, sitemaps=tuple(parsed.sitemaps)[:20], delay=float(parsed.crawl_delay(NAME) or 0.0))


class Robots:
    """`clock` is monotonic."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._entries: dict[str, _Entry] = {}

    async def rules(self, url: str, fetch: Fetch) -> Rules:
        """The rules for `url`, fetched where they are not known or too old. Raises Trouble only where the crawl itself was
        stopped."""
        entry = self._entry(origin_of(url))
        async with entry.lock:
            if entry.rules is None or self._clock() >= entry.fresh_until:
                await self._refresh(entry, origin_of(url) + "/robots.txt", fetch)
            assert entry.rules is not None
            return entry.rules

    def known(self, url: str) -> Rules | None:
        """The rules for `url` if they are at hand."""
        entry = self._entries.get(origin_of(url))
        return entry.rules if entry else None

    async def _refresh(self, entry: _Entry, url: str, fetch: Fetch) -> None:
        try:
            rules = await read_rules(*await fetch(url))
        except Trouble as trouble:
            if trouble.problem in NOT_TRIED:
                raise
            rules = Rules(unreachable=f"robots.txt could not be read: {trouble} ({trouble.problem})")
        now = self._clock()
        if rules.unreachable is None:
            entry.rules, entry.at, entry.fresh_until = rules, now, now + _FRESH
            return
        if entry.rules is None or now - entry.at > _STALE:
            entry.rules = rules
        entry.fresh_until = now + _UNREACHABLE

    def _entry(self, origin: str) -> _Entry:
        entry = self._entries.get(origin)
        if entry is None:
            if len(self._entries) >= _KEPT_ORIGINS:
                now = self._clock()
                self._entries = {
                    name: kept for name, kept in self._entries.items() if kept.lock.locked() or kept.fresh_until > now
                }
            entry = self._entries[origin] = _Entry()
        return entry
