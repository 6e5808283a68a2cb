"""Sends what is due, each channel for itself, and writes the outcome down after the send.

A crash between sending and writing means that a message is sent again, under the same id; none is ever lost and none gets a second
id. The rows of `deliveries` are the only memory: which are waiting, when each is due, what each says.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from alerts import ledger
from alerts.channels.base import Channel, Message
from alerts.digests import new_delivery_id, put_off
from alerts.ledger import Due
from racewire.archive.times import stamp
from racewire.config import Delivery
from racewire.errors import DeliveryError

T = TypeVar("T")
BATCH = 40  # deliveries of a channel looked at together
POLL_SECONDS = 5.0  # how long a row that another process wrote may go unseen

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


class Outbox:
    """`write` and `read` run functions on connections, `channels` maps the names of the config to open channels, `clock` gives the aware
    time. `wake` tells that new rows were committed."""

    def __init__(
        self, write: Access, read: Access, channels: Mapping[str, Channel], delivery: Delivery, clock: Callable[[], datetime]
    ) -> None:
        self._write = write
        self._read = read
        self._delivery = delivery
        self._clock = clock
        self._lines = {name: _Line(name, channel, self) for name, channel in channels.items()}

    async def deliver_due(self, *, flush: bool = False) -> Tally:
        """Tries everything that is due, and what falls due meanwhile, and returns when those attempts are over.

        With `flush`, what would be held back to make one digest is sent as a digest now.
        """
        with _one_error():
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(line.drain(flush=flush)) for line in self._lines.values()]
        total = Tally()
        for task in tasks:
            tally = task.result()
            total.delivered += tally.delivered
            total.failed += tally.failed
            total.later += tally.later
        return total

    async def run(self, stop: asyncio.Event, *, grace: float = 5.0) -> None:
        """Delivers until `stop` is set; then lets attempts that are under way end for `grace` seconds and breaks off the others.

        An attempt that was broken off is made again at the next start. Raises what the database raises.
        """
        with _one_error():
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(line.serve(stop), name=f"channel {line.name}") for line in self._lines.values()]
                await stop.wait()
                self.wake()
                if tasks:
                    _, late = await asyncio.wait(tasks, timeout=grace)
                    for task in late:
                        task.cancel()

    def wake(self) -> None:
        """New deliveries were committed."""
        for line in self._lines.values():
            line.news.set()

    async def close(self) -> None:
        """Lets go of all connections."""
        for line in self._lines.values():
            await line.channel.close()


@contextmanager
def _one_error() -> Iterator[None]:
    """Raises the first error of a group of tasks instead of the group."""
    try:
        yield
    except BaseExceptionGroup as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from group


class _Line:
    """One channel's queue: nothing here waits for another channel."""

    def __init__(self, name: str, channel: Channel, outbox: Outbox) -> None:
        self.name = name
        self.channel = channel
        self.news = asyncio.Event()
        self._outbox = outbox
        self._one_at_a_time = asyncio.Lock()
        self._burst = outbox._delivery.burst
        self._begun: deque[datetime] | None = None  # first attempts within the burst's window; read from the database once

    async def serve(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self.news.clear()
            await self.drain(stop=stop)
            if stop.is_set():
                return
            due = await self._outbox._read(partial(ledger.next_due, channel=self.name))
            wait = POLL_SECONDS if due is None else (due - self._outbox._clock()).total_seconds()
            try:
                await asyncio.wait_for(self.news.wait(), min(POLL_SECONDS, max(0.05, wait)))
            except TimeoutError:
                continue

    async def drain(self, *, flush: bool = False, stop: asyncio.Event | None = None) -> Tally:
        """Tries what is due until nothing is."""
        tally = Tally()
        async with self._one_at_a_time:
            while stop is None or not stop.is_set():
                await self._hold_back(flush)
                batch = await self._outbox._read(partial(ledger.due, channel=self.name, now=self._outbox._clock(), most=BATCH))
                if not batch:
                    break
                await self._send_all(await self._composed(batch, tally), tally, stop)
        return tally

    async def _send_all(self, batch: list[tuple[Due, str]], tally: Tally, stop: asyncio.Event | None) -> None:
        places = asyncio.Semaphore(self.channel.in_flight)

        async def one(due: Due, body: str) -> None:
            async with places:
                if stop is None or not stop.is_set():
                    await self._attempt(due, body, tally)

        async with asyncio.TaskGroup() as group:
            for due, body in batch:
                group.create_task(one(due, body))

    async def _attempt(self, due: Due, body: str, tally: Tally) -> None:
        if due.attempts == 0 and due.kind == "alert" and self._begun is not None:
            self._begun.append(self._outbox._clock())
        try:
            await self.channel.send(due.id, body)
        except DeliveryError as refusal:
            await self._not_delivered(due, refusal, tally)
        except Exception as error:  # a fault of ours in one channel must not stop the others
            log.exception("channel=%s delivery=%s the channel broke", self.name, due.id)
            await self._not_delivered(due, DeliveryError(f"{type(error).__name__} in the channel"), tally)
        else:
            await self._outbox._write(partial(ledger.delivered, id=due.id, now=self._outbox._clock()))
            tally.delivered += 1
            log.info("channel=%s delivery=%s attempt=%d delivered", self.name, due.id, due.attempts + 1)

    async def _not_delivered(self, due: Due, refusal: DeliveryError, tally: Tally) -> None:
        wait = self._wait(due.attempts + 1, refusal)
        if wait is None:
            tally.failed += 1
        else:
            tally.later += 1
        await self._outbox._write(
            partial(ledger.not_delivered, id=due.id, message=str(refusal), now=self._outbox._clock(), wait=wait)
        )
        next_step = "given up" if wait is None else f"again in {wait:g} s"
        log.warning("channel=%s delivery=%s attempt=%d %s (%s)", self.name, due.id, due.attempts + 1, refusal, next_step)

    def _wait(self, attempts: int, refusal: DeliveryError) -> float | None:
        """Seconds until the next attempt after `attempts` that failed; never sooner than the other side asked for."""
        retry = self._outbox._delivery.retry
        if refusal.final or attempts > len(retry):
            return None
        return max(retry[attempts - 1], refusal.retry_after or 0.0)

    async def _composed(self, batch: list[Due], tally: Tally) -> list[tuple[Due, str]]:
        """Each delivery with its body; what had none yet gets it for good."""
        fresh: dict[str, str] = {}
        ready: list[tuple[Due, str]] = []
        for due in batch:
            body = due.body
            if body is None:
                message = await self._outbox._read(partial(ledger.message, one=due, channel=self.name))
                if message is None:
                    await self._outbox._write(partial(ledger.drop_empty, id=due.id))
                    continue
                body = await self._compose(message, due, tally)
                if body is None:
                    continue
                fresh[due.id] = body
            ready.append((due, body))
        if fresh:
            await self._outbox._write(partial(ledger.save_bodies, bodies=fresh))
        return ready

    async def _compose(self, message: Message, due: Due, tally: Tally) -> str | None:
        try:
            return self.channel.compose(message)
        except Exception:  # one message that cannot be written must not hold up the others
            log.exception("channel=%s delivery=%s cannot be composed", self.name, due.id)
            await self._not_delivered(due, DeliveryError("the message could not be composed", final=True), tally)
            return None

    async def _hold_back(self, flush: bool) -> None:
        """Moves what is beyond the burst into one digest, due when the burst's time is over (at once with `flush`)."""
        if self._burst is None:
            return
        now, window = self._outbox._clock(), timedelta(seconds=self._burst.per_s)
        if self._begun is None:
            known = await self._outbox._read(partial(ledger.delivered_since, channel=self.name, start=now - window))
            self._begun = deque([now] * known)
        while self._begun and self._begun[0] <= now - window:
            self._begun.popleft()
        if flush:
            await self._outbox._write(partial(_end_holding, channel=self.name, now=now, window=window))
        waiting = await self._outbox._read(partial(ledger.unsent, channel=self.name, now=now))
        room = max(0, self._burst.count - len(self._begun))
        if len(waiting) > room:
            end = now if flush else (self._begun[0] if self._begun else now) + window
            move = partial(put_off, channel=self.name, ids=waiting[room:], now=stamp(now), due=stamp(end))
            await self._outbox._write(move)


def _end_holding(connection: sqlite3.Connection, *, channel: str, now: datetime, window: timedelta) -> None:
    """Makes due the digests of what was beyond the burst; those of an hour of the day keep it."""
    connection.execute(
        "update deliveries set next_at = ? where kind = 'digest' and channel = ? and state = 'waiting' and body is null "
        "and next_at > ? and next_at <= ? and created_at >= ?",
        (stamp(now), channel, stamp(now), stamp(now + window), stamp(now - window)),
    )


async def send_test(channel: Channel, name: str, now: datetime) -> str:
    """Sends one message marked as a test, past the outbox; returns its id. Raises DeliveryError."""
    id = new_delivery_id()
    words = f"This is a test of the channel '{name}', sent at {stamp(now)}. Alerts will arrive in the same way."
    await channel.send(id, channel.compose(Message(id, "test", now, {"message": words, "channel": name})))
    return id
