"""Everything that a pass needs, opened together and closed in order: writer, crawler, rules, outbox."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeVar

from alerts.channels import Channel, open_channels
from alerts.outbox import Outbox
from crawler.runner import Runner
from crawler.store import CrawlReport
from racewire.archive import ledger
from racewire.errors import StoreError
from racewire.model import Added
from scheduler.logs import line
from scheduler.setup import Setup
from scheduler.store import ArchiveStore
from scheduler.writer import Writer

T = TypeVar("T")
log = logging.getLogger("racewire")


def utc_now() -> datetime:
    """The clock of everything that is not a test."""
    return datetime.now(UTC)


class Station:
    """`async with Station(setup) as station:` opens the archive, makes `sources` say what the config says, and is ready to crawl.

    `channels` replaces the senders of the config (the demo writes mails to a folder); `database` replaces its file
    (a dry run works on a copy). Raises StoreError where the archive cannot be opened.
    """

    def __init__(
        self,
        setup: Setup,
        *,
        channels: Mapping[str, Channel] | None = None,
        database: Path | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.setup = setup
        self.clock = clock
        self._given_channels = channels
        self._writer = Writer(database or setup.config.database)
        self._open = AsyncExitStack()
        self._round = asyncio.Event()
        self._next_outbox: Outbox | None = None

    async def __aenter__(self) -> Self:
        config = self.setup.config
        self._loop = asyncio.get_running_loop()
        try:
            await self._open.enter_async_context(self._writer)
            await self.write(self._begin)
            self.store = ArchiveStore(
                self._writer,
                config.sources(),
                self._consequences,
                quiet_start=config.crawl.first_contact == "quiet",
                look_again=config.crawl.look_again,
                clock=self.clock,
            )
            self.runner = Runner(config.crawl, self.store, entities=config.entities)
            self.outbox = self._new_outbox(self.setup)
        except BaseException:
            await self._open.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            await self.runner.stop(0)
            for outbox in (self.outbox, self._next_outbox):
                if outbox is not None:
                    await outbox.close()
        finally:
            await self._open.aclose()

    def _new_outbox(self, setup: Setup) -> Outbox:
        """Raises ConfigError where a secret of a channel cannot be read."""
        config = setup.config
        channels = open_channels(config) if self._given_channels is None else self._given_channels
        return Outbox(self.write, self._writer.read, channels, config.delivery, self.clock)

    def _begin(self, connection: sqlite3.Connection) -> None:
        ledger.close_interrupted(connection, now=self.clock())
        ledger.sync_sources(connection, self.setup.config.source, now=self.clock())

    def _consequences(self, connection: sqlite3.Connection, added: list[Added]) -> list[int]:
        """The rules over what was just stored, in the transaction that stores it; the ids of the new alerts."""
        fresh = [one.article_id for one in added if one.outcome != "unchanged"]
        alerts = self.setup.rules.evaluate(connection, fresh, now=self.clock()) if fresh else []
        if alerts:
            self._loop.call_soon_threadsafe(self.outbox.wake)  # this is the writer's thread
        return alerts

    async def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """What `function(connection)` returns, run in one transaction of the writer."""
        return await self._writer.write(function)

    async def event(self, kind: str, message: str, *, source_id: str | None = None) -> None:
        """Writes one row of `events`."""
        await self.write(lambda connection: ledger.note_event(connection, kind, message, now=self.clock(), source_id=source_id))

    async def checkpoint(self) -> None:
        """Writes the log back into the database and cuts it, so that readers that stay long do not let it grow."""
        await self._writer.checkpoint()

    async def crawl(self, source_id: str) -> CrawlReport:
        """One pass over one source, and its log line. Raises StoreError where the archive could not take it."""
        report = await self.runner.crawl(self.store.sources[source_id])
        stopped = report.problem == "stopped"  # our own doing, and with many sources there are many
        level = logging.DEBUG if stopped else logging.WARNING if report.problem else logging.INFO
        log.log(
            level,
            line(
                "crawl",
                source=report.source_id,
                outcome=report.outcome,
                problem=report.problem,
                new=report.new,
                copies=report.copies,
                revisions=report.revisions,
                failed=report.failed,
                requests=report.requests,
                bytes=report.bytes,
                ms=report.ms,
                message=report.message or None,
            ),
        )
        return report

    def hurry(self, seconds: float) -> None:
        """A stop is near: no write waits longer than `seconds` from now for another program that holds the archive."""
        self._writer.hurry(seconds)

    async def upkeep(self) -> None:
        """Lets go of what is kept for a time only."""
        await self._writer.run(lambda archive: archive.upkeep(now=self.clock()))

    async def adopt(self, setup: Setup) -> None:
        """Goes on with another reading of the files. What the crawler was opened with ([crawl], the database) stays until a restart.

        Raises ConfigError where a channel of it cannot be opened, StoreError where the archive refuses; then nothing changed.
        """
        outbox = self._new_outbox(setup)
        try:
            await self.write(lambda connection: ledger.sync_sources(connection, setup.config.source, now=self.clock()))
        except StoreError:
            await outbox.close()
            raise
        self.setup = setup
        self.store.adopt(setup.config.sources())
        self.runner.adopt(setup.config.entities)
        unused, self._next_outbox = self._next_outbox, outbox
        self._round.set()
        if unused is not None:
            await unused.close()

    async def send(self, stop: asyncio.Event) -> None:
        """Delivers until `stop` is set; when the files were read again it goes on with the channels that they name now.

        Raises StoreError where the archive refuses; what was under way then is sent again, under the same id, when `send` is called again.
        """
        told = asyncio.create_task(stop.wait())
        told.add_done_callback(lambda _: self._round.set())
        try:
            while not stop.is_set():
                self._round.clear()
                if self._next_outbox is not None:
                    before, self.outbox, self._next_outbox = self.outbox, self._next_outbox, None
                    await before.close()
                    continue
                await self.outbox.run(self._round, grace=self.setup.config.crawl.grace)
        finally:
            told.cancel()
