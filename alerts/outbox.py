"""Sends what is due, each channel for itself, and writes the outcome down after the send.

A crash between sending and writing means that a message is sent again, under the same id; none is ever lost and none gets a second
id. The rows of `deliveries` are the only memory: which are waiting, when each is due, what each says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from alerts.channels.base import Channel, Message
from alerts.digests import new_delivery_id
from alerts.line import Access, Line, Tally
from racewire.archive.times import stamp
from racewire.config import Delivery


class Outbox:
    """`write` and `read` run functions on connections, `channels` maps the names of the config to open channels, `clock` gives the aware
    time. `wake` tells that new rows were committed."""

    def __init__(
        self, write: Access, read: Access, channels: Mapping[str, Channel], delivery: Delivery, clock: Callable[[], datetime]
    ) -> None:
        self._lines = [Line(name, channel, write, read, delivery, clock) for name, channel in channels.items()]

    async def deliver_due(self, *, flush: bool = False) -> Tally:
        """Tries everything that is due, and what falls due meanwhile, and returns when those attempts are over.

        With `flush`, what would be held back to make one digest is sent as a digest now.
        """
        with _one_error():
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(line.drain(flush=flush)) for line in self._lines]
        total = Tally()
        for task in tasks:
            total += task.result()
        return total

    async def run(self, stop: asyncio.Event, *, grace: float = 5.0) -> None:
        """Delivers until `stop` is set; then lets attempts that are under way end for `grace` seconds and breaks off the others.

        An attempt that was broken off is made again at the next start. Raises what the database raises.
        """
        with _one_error():
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(line.serve(stop), name=f"channel {line.name}") for line in self._lines]
                await stop.wait()
                self.wake()
                if tasks:
                    _, late = await asyncio.wait(tasks, timeout=grace)
                    for task in late:
                        task.cancel()

    def wake(self) -> None:
        """New deliveries were committed."""
        for line in self._lines:
            line.news.set()

    async def close(self) -> None:
        """Lets go of all connections."""
        for line in self._lines:
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


async def send_test(channel: Channel, name: str, now: datetime) -> str:
    """Sends one message marked as a test, past the outbox; returns its id. Raises DeliveryError."""
    id = new_delivery_id()
    words = f"This is a test of the channel '{name}', sent at {stamp(now)}. Alerts will arrive in the same way."
    await channel.send(id, channel.compose(Message(id, "test", now, {"message": words, "channel": name})))
    return id
