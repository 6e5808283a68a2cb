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
        self._renewed = False

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
                clock=self.clock,
            )
            self.runner = Runner(config.crawl, self.store, entities=config.entities)
            self.outbox = self._new_outbox()
        except BaseException:
            await self._open.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            await self.runner.stop(0)
            await self.outbox.close()
        finally:
            await self._open.aclose()

    def _new_outbox(self) -> Outbox:
        config = self.setup.config
        channels = open_channels(config) if self._given_channels is None else self._given_channels
        return Outbox(self.write, self._writer.read, channels, config.delivery, self.clock)

    def _begin(self, connection: sqlite3.Connection) -> None:
        ledger.close_interrupted(connection, now=self.clock())
        ledger.sync_sources(connection, self.setup.config.source, now=self.clock())

    def _consequences(self, connection: sqlite3.Connection, added: list[Added]) -> None:
        """The rules over what was just stored, in the transaction that stores it."""
        fresh = [one.article_id for one in added if one.outcome != "unchanged"]
        if fresh and self.setup.rules.evaluate(connection, fresh, now=self.clock()):
            self._loop.call_soon_threadsafe(self.outbox.wake)  # this is the writer's thread

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
        level = logging.WARNING if report.problem else logging.INFO
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

    async def adopt(self, setup: Setup) -> None:
        """Goes on with another reading of the files. What the crawler was opened with ([crawl], the database) stays until a restart."""
        await self.write(lambda connection: ledger.sync_sources(connection, setup.config.source, now=self.clock()))
        self.setup = setup
        self.store.adopt(setup.config.sources())
        self.runner.adopt(setup.config.entities)
        self._renewed = True
        self._round.set()

    async def send(self, stop: asyncio.Event) -> None:
        """Delivers until `stop` is set; when the files were read again it goes on with the channels that they name now."""
        told = asyncio.create_task(stop.wait())
        told.add_done_callback(lambda _: self._round.set())
        try:
            while not stop.is_set():
                self._round.clear()
                await self.outbox.run(self._round, grace=self.setup.config.crawl.grace)
                if self._renewed and not stop.is_set():
                    self._renewed = False
                    await self.outbox.close()
                    self.outbox = self._new_outbox()
        finally:
            told.cancel()
