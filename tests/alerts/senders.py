"""A channel that does what a test tells it to, and an outbox over a desk of articles."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from alerts.channels.base import Message
from alerts.outbox import Outbox
from racewire.config import Delivery, Rate
from tests.alerts.workshop import Desk, article, desk, rule

NAMED = rule('when.entity = "@everything"', send='to = ["me", "desk"]')
SECONDS = (5.0, 60.0, 3600.0)


@dataclass
class FakeChannel:
    """Takes what comes; `troubles` are raised first, one an attempt; `wait` holds every attempt until it is set."""

    troubles: list[BaseException] = field(default_factory=list)
    wait: asyncio.Event | None = None
    in_flight: int = 4
    taken: list[tuple[str, str]] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    most: int = 0
    running: int = 0

    def compose(self, message: Message) -> str:
        return json.dumps({"type": message.type, "thread": message.thread, "data": message.data})

    async def send(self, id: str, body: str) -> None:
        self.tried.append(id)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await asyncio.sleep(0)
            if self.wait is not None:
                await self.wait.wait()
            if self.troubles:
                raise self.troubles.pop(0)
            self.taken.append((id, body))
        finally:
            self.running -= 1

    async def close(self) -> None:
        pass


def outbox(here: Desk, *, burst: Rate | None = None, retry: tuple[float, ...] = SECONDS, **channels: FakeChannel) -> Outbox:
    return Outbox(here.write, here.write, channels, Delivery.model_construct(retry=retry, burst=burst), lambda: here.now)


def filled(folder: Path, count: int = 1, text: str = NAMED) -> Desk:
    here = desk(folder, text, apart=True)
    more(here, count)
    return here


def more(here: Desk, count: int) -> None:
    known = here.rows("select count(*) as n from articles")[0]["n"]
    words = ["plant", "ship", "school", "mine", "bridge", "tower", "garden"]
    for n in range(known, known + count):
        here.add(article(f"Norvik bought a {words[n % 7]} in town {n}, {words[n % 5]} {n * n} of its kind."))


def states(here: Desk) -> Counter[tuple[str, str]]:
    return Counter(
        (row["channel"], row["state"]) for row in here.rows("select channel, state from deliveries where alert_id is not null")
    )
