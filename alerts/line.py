"""One channel's queue: what is due is composed, sent, and its outcome written, while other channels do the same for themselves."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from alerts import ledger
from alerts.channels.base import Channel
from alerts.digests import put_off
from alerts.ledger import Due
from racewire.archive.times import stamp
from racewire.config import Delivery
from racewire.errors import DeliveryError, RacewireError

T = TypeVar("T")
BATCH = 40  # deliveries of a channel looked at together
PATIENCE = 0.5  # seconds that one attempt has for itself
POLL_SECONDS = 1.0  # how long a row that another process wrote may go unseen
# Whoever wakes us may do so just before the transaction commits: a few quick looks find its rows.
EAGER_ROUNDS, EAGER_SECONDS = 3, 0.1

log = logging.getLogger("racewire.alerts")


class Access(Protocol):
    """Runs a function on a connection: in the writer's transaction, or on a reader."""

    def __call__(self, function: Callable[[sqlite3.Connection], T]) -> Awaitable[T]: ...


@dataclass(slots=True)
class Tally:
    """What became of the attempts of one round."""

    delivered: int = 0
    failed: int = 0
    later: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        self.delivered += other.delivered
        self.failed += other.failed
        self.later += other.later
        return self


class Line:
    """One channel's queue: nothing here waits for another channel."""

    def __init__(
        self, name: str, channel: Channel, write: Access, read: Access, delivery: Delivery, clock: Callable[[], datetime]
    ) -> None:
        self.name = name
        self.channel = channel
        self.news = asyncio.Event()
        self._write = write
        self._read = read
        self._retry = delivery.retry
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._burst = delivery.burst
        self._begun: deque[datetime] | None = None  # first attempts within the burst's window; read from the database once

    async def serve(self, stop: asyncio.Event) -> None:
        """Drains whenever something is due, until `stop` is set."""
        eager = 0
        while not stop.is_set():
            if self.news.is_set():
                self.news.clear()
                eager = EAGER_ROUNDS
            due = await self._read(partial(ledger.next_due, channel=self.name))
            now = self._clock()
            if due is not None and due <= now:
                await self.drain(stop=stop)
                continue
            wait = EAGER_SECONDS if eager else POLL_SECONDS
            eager = max(0, eager - 1)
            if due is not None:
                wait = min(wait, max(0.05, (due - now).total_seconds()))
            with suppress(TimeoutError):
                await asyncio.wait_for(self.news.wait(), wait)

    async def drain(self, *, flush: bool = False, stop: asyncio.Event | None = None) -> Tally:
        """Tries what is due until nothing is."""
        tally = Tally()
        async with self._one_at_a_time:
            while stop is None or not stop.is_set():
                await self._hold_back(flush)
                batch = await self._read(partial(ledger.due, channel=self.name, now=self._clock(), most=BATCH))
                if not batch:
                    break
                await self._send_all(await self._composed(batch, tally), tally, stop)
        return tally

    async def _send_all(self, batch: list[tuple[Due, str]], tally: Tally, stop: asyncio.Event | None) -> None:
        """One after the other, in order; when one is slow the next begins beside it, up to as many as the channel allows.

        So a receiver that answers at once gets its messages in order, and a crash leaves at most one whose answer nobody saw;
        one that hangs does not make the round as long as all its timeouts together.
        """
        places = asyncio.Semaphore(self.channel.in_flight)

        async def one(due: Due, body: str) -> None:
            try:
                await self._attempt(due, body, tally)
            finally:
                places.release()

        patience = PATIENCE
        async with asyncio.TaskGroup() as group:
            for due, body in batch:
                await places.acquire()
                if stop is not None and stop.is_set():
                    return
                over, _ = await asyncio.wait([group.create_task(one(due, body))], timeout=patience)
                patience = PATIENCE if over else patience / 2

    async def _attempt(self, due: Due, body: str, tally: Tally) -> None:
        if due.attempts == 0 and due.kind == "alert" and self._begun is not None:
            self._begun.append(self._clock())
        try:
            await self.channel.send(due.id, body)
        except DeliveryError as refusal:
            await self._not_delivered(due, refusal, tally)
        except Exception as error:  # a fault of ours in one channel must not stop the others
            log.exception("channel=%s delivery=%s the channel broke", self.name, due.id)
            await self._not_delivered(due, DeliveryError(f"{type(error).__name__} in the channel"), tally)
        else:
            await self._write(partial(ledger.delivered, id=due.id, now=self._clock()))
            tally.delivered += 1
            log.info("channel=%s delivery=%s attempt=%d delivered", self.name, due.id, due.attempts + 1)

    async def _not_delivered(self, due: Due, refusal: DeliveryError, tally: Tally) -> None:
        wait = self._wait(due.attempts + 1, refusal)
        if wait is None:
            tally.failed += 1
        else:
            tally.later += 1
        await self._write(partial(ledger.not_delivered, id=due.id, message=str(refusal), now=self._clock(), wait=wait))
        next_step = "given up" if wait is None else f"again in {wait:g} s"
        log.warning("channel=%s delivery=%s attempt=%d %s (%s)", self.name, due.id, due.attempts + 1, refusal, next_step)

    def _wait(self, attempts: int, refusal: DeliveryError) -> float | None:
        """Seconds until the next attempt after `attempts` that failed; never sooner than the other side asked for."""
        if refusal.final or attempts > len(self._retry):
            return None
        return max(self._retry[attempts - 1], refusal.retry_after or 0.0)

    async def _composed(self, batch: list[Due], tally: Tally) -> list[tuple[Due, str]]:
        """Each delivery with its body; what had none yet gets it for good."""
        fresh: dict[str, str] = {}
        ready: list[tuple[Due, str]] = []
        for due in batch:
            body = due.body
            if body is None:
                body = await self._compose(due, tally)
                if body is None:
                    continue
                fresh[due.id] = body
            ready.append((due, body))
        if fresh:
            await self._write(partial(ledger.save_bodies, bodies=fresh))
        return ready

    async def _compose(self, due: Due, tally: Tally) -> str | None:
        """The body of a delivery; None where there is nothing to say any more, or it cannot be said."""
        try:
            message = await self._read(partial(ledger.message, one=due, channel=self.name))
            if message is not None:
                return self.channel.compose(message)
            await self._write(partial(ledger.nothing_to_say, id=due.id, now=self._clock()))
        except (RacewireError, sqlite3.Error):
            raise
        except Exception:  # one message that cannot be written must not hold up the others
            log.exception("channel=%s delivery=%s cannot be composed", self.name, due.id)
            await self._not_delivered(due, DeliveryError("the message could not be composed", final=True), tally)
        return None

    async def _hold_back(self, flush: bool) -> None:
        """Moves what is beyond the burst into one digest, due when the burst's time is over (at once with `flush`)."""
        if self._burst is None:
            return
        now, window = self._clock(), timedelta(seconds=self._burst.per_s)
        if self._begun is None:
            known = await self._read(partial(ledger.delivered_since, channel=self.name, start=now - window))
            self._begun = deque([now] * known)
        while self._begun and self._begun[0] <= now - window:
            self._begun.popleft()
        if flush:
            await self._write(partial(_end_holding, channel=self.name, now=now, window=window))
        waiting = await self._read(partial(ledger.unsent, channel=self.name, now=now))
        room = max(0, self._burst.count - len(self._begun))
        if len(waiting) > room:
            end = now if flush else (self._begun[0] if self._begun else now) + window
            move = partial(put_off, channel=self.name, ids=waiting[room:], now=stamp(now), due=stamp(end))
            await self._write(move)


def _end_holding(connection: sqlite3.Connection, *, channel: str, now: datetime, window: timedelta) -> None:
    """Makes due the digests of what was beyond the burst; those of an hour of the day keep it."""
    connection.execute(
        "update deliveries set next_at = ? where kind = 'digest' and channel = ? and state = 'waiting' and body is null "
        "and next_at > ? and next_at <= ? and created_at >= ?",
        (stamp(now), channel, stamp(now), stamp(now + window), stamp(now - window)),
    )
