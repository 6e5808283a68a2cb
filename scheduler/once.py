"""One pass: every source once, every delivery that is due, then the end."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

from alerts.channels import Channel
from crawler.store import CrawlReport
from racewire.archive.store import open_reader, store_error
from racewire.errors import UsageError
from scheduler.setup import Setup
from scheduler.station import Station

SOME_FAILED = 4
INTERRUPTED = 130
SIGNALS = (signal.SIGINT, signal.SIGTERM)
T = TypeVar("T")
Progress = Callable[[CrawlReport], None]


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass did. `alerts` are the ids of those that are new."""

    reports: tuple[CrawlReport, ...]
    alerts: tuple[int, ...]
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """0, 4 where some sources failed, 130 where it was interrupted."""
        if self.interrupted:
            return INTERRUPTED
        return SOME_FAILED if any(report.problem for report in self.reports) else 0


def wanted(setup: Setup, ids: Sequence[str]) -> list[str]:
    """The sources to look at: those named, or all that are enabled. Raises UsageError for a name that is none."""
    known = {source.id: source for source in setup.config.source}
    for name in ids:
        if name not in known:
            raise UsageError(f"no source '{name}' in the config; `racewire source list` shows them")
        if not known[name].enabled:
            raise UsageError(f"the source '{name}' is switched off (enabled = false)")
    return list(dict.fromkeys(ids)) or [source.id for source in setup.config.sources()]


async def one_pass(
    setup: Setup,
    ids: Sequence[str] = (),
    *,
    channels: Mapping[str, Channel] | None = None,
    progress: Progress = lambda report: None,
) -> Pass:
    """Crawls the sources, then sends until nothing is due now. Raises StoreError where the archive cannot be used."""
    names = wanted(setup, ids)
    async with _Interruption() as interrupted, Station(setup, channels=channels) as station:
        before = await station.write(_last_alert)
        reports = await _crawl(station, names, progress, interrupted)
        await _deliver(station, interrupted)
        return Pass(reports, await station.write(lambda connection: _alerts_since(connection, before)), interrupted.is_set())


@asynccontextmanager
async def rehearsal(
    setup: Setup, ids: Sequence[str] = (), *, progress: Progress = lambda report: None
) -> AsyncIterator[tuple[Pass, sqlite3.Connection]]:
    """The same on a copy of the archive that is thrown away, and nothing is sent: the pass, and a connection to read what it would have left."""
    names = wanted(setup, ids)
    with tempfile.TemporaryDirectory(prefix="racewire-dry-") as folder:
        copy = Path(folder) / "copy.db"
        await asyncio.to_thread(_copy, setup.config.database, copy)
        async with _Interruption() as interrupted, Station(setup, channels={}, database=copy) as station:
            before = await station.write(_last_alert)
            reports = await _crawl(station, names, progress, interrupted)
            alerts = await station.write(lambda connection: _alerts_since(connection, before))
        with closing(open_reader(copy)) as connection:
            yield Pass(reports, alerts, interrupted.is_set()), connection


class _Interruption(asyncio.Event):
    """Set by SIGINT and SIGTERM inside `async with`."""

    async def __aenter__(self) -> Self:
        for name in SIGNALS:
            asyncio.get_running_loop().add_signal_handler(name, self.set)
        return self

    async def __aexit__(self, *_: object) -> None:
        for name in SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(name)


async def _crawl(
    station: Station, names: Sequence[str], progress: Progress, interrupted: asyncio.Event
) -> tuple[CrawlReport, ...]:
    """All sources at the runner's pace; an interruption ends it within the grace."""
    reports: list[CrawlReport] = []

    async def crawl(name: str) -> None:
        report = await station.crawl(name)
        reports.append(report)
        progress(report)

    async def crawl_all() -> None:
        await asyncio.gather(*(crawl(name) for name in names))

    async with _beside(crawl_all(), interrupted) as crawls:
        if interrupted.is_set():
            grace = station.setup.config.crawl.grace
            station.hurry(grace / 2)
            await station.runner.stop(grace)
        await crawls
    return tuple(reports)


async def _deliver(station: Station, interrupted: asyncio.Event) -> None:
    """Sends until nothing is due; an interruption breaks it off, and what was not sent waits in the archive."""
    if interrupted.is_set():
        return
    async with _beside(station.outbox.deliver_due(flush=True), interrupted) as sending:
        if not interrupted.is_set():
            await sending


@asynccontextmanager
async def _beside(work: Coroutine[None, None, T], interrupted: asyncio.Event) -> AsyncIterator[asyncio.Task[T]]:
    """Goes on when `work` is done or the interruption came; ends both when it is left."""
    task = asyncio.create_task(work)
    waiting = asyncio.create_task(interrupted.wait())
    try:
        await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
        yield task
    finally:
        waiting.cancel()
        task.cancel()
        await asyncio.gather(task, waiting, return_exceptions=True)


def _last_alert(connection: sqlite3.Connection) -> int:
    return int(connection.execute("select coalesce(max(id), 0) from alerts").fetchone()[0])


def _alerts_since(connection: sqlite3.Connection, last: int) -> tuple[int, ...]:
    return tuple(row[0] for row in connection.execute("select id from alerts where id > ? order by id", (last,)))


def _copy(database: Path, copy: Path) -> None:
    """A consistent copy of the archive, where there is one; deliveries that wait are its own matter and nothing is sent of them."""
    if not database.exists():
        return
    if shutil.disk_usage(copy.parent).free < database.stat().st_size * 1.2:
        raise UsageError(f"a dry run needs room for a copy of {database} in {copy.parent}")
    try:
        with closing(open_reader(database, older=True)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        raise store_error(error, database) from error
