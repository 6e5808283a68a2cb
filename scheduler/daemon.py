"""The daemon: every source when it is due, alerts as they come, until it is told to stop.

This is the one place with signals. SIGTERM and SIGINT end it within the grace and a second; SIGHUP reads the files again,
as a change of one of them does.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from racewire.archive import ledger
from racewire.config import Source
from racewire.config.document import render
from racewire.errors import ConfigError, StoreError
from scheduler import health, systemd
from scheduler.logs import line
from scheduler.plan import grid_start
from scheduler.setup import Setup, load_setup
from scheduler.station import Station
from scheduler.watchdog import Watchdog

log = logging.getLogger("racewire")
LOOK_AT_FILES = 0.5  # seconds between looks at the config files
LOOK_AT_HEALTH = 60.0
CHECKPOINT = 600.0
STORE_PATIENCE = 30.0  # seconds that a database may refuse writes before the daemon gives up
STORE_RETRY = 2.0
MISSES = {EVENT_JOB_MAX_INSTANCES: "overrun", EVENT_JOB_MISSED: "missed", EVENT_JOB_ERROR: "job-error"}


class Daemon:
    """`await Daemon(setup).run()` works until a signal or `stop()`, and returns the exit code."""

    def __init__(self, setup: Setup, *, watchdog_limit: float = 60.0) -> None:
        self._setup = setup
        self._watchdog_limit = watchdog_limit
        self._stop = asyncio.Event()
        self._reload = asyncio.Event()
        self._not_before: dict[str, datetime] = {}
        self._failure: StoreError | None = None
        self._store_trouble = asyncio.Lock()

    def stop(self) -> None:
        """Ends `run` in order."""
        self._stop.set()

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self.stop)
        loop.add_signal_handler(signal.SIGHUP, self._reload.set)
        async with Watchdog(self._watchdog_limit), Station(self._setup) as self._station:
            self._clockwork = AsyncIOScheduler(
                timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
            )
            self._clockwork.add_listener(self._note_miss, EVENT_JOB_MAX_INSTANCES | EVENT_JOB_MISSED | EVENT_JOB_ERROR)
            await self._plan()
            self._every(LOOK_AT_FILES, self._look_at_files, "files")
            self._every(LOOK_AT_HEALTH, self._look_at_health, "health")
            self._every(CHECKPOINT, self._station.checkpoint, "checkpoint")
            self._clockwork.start()
            sending = asyncio.create_task(self._station.send(self._stop), name="outbox")
            log.info(
                line(
                    "ready",
                    sources=len(self._station.store.sources),
                    rules=len(self._setup.rules.rules),
                    database=self._setup.config.database,
                )
            )
            systemd.notify(ready="1", status=f"watching {len(self._station.store.sources)} sources")
            await self._stop.wait()
            systemd.notify(stopping="1")
            log.info(line("stopping", grace=self._setup.config.crawl.grace))
            self._clockwork.pause()
            await self._station.runner.stop(self._setup.config.crawl.grace)
            await sending
            self._clockwork.shutdown(wait=False)
            await asyncio.sleep(0)  # the scheduler ends through the loop
        if self._failure is not None:
            raise self._failure
        log.info(line("stopped"))
        return 0

    # -- the plan -----------------------------------------------------------------------------------------------------

    async def _plan(self) -> None:
        """One job a source, on the source's grid; those that are due by what the archive remembers begin at once."""
        due = await self._station.write(_due_times)
        now = self._station.clock()
        for source in self._station.store.sources.values():
            self._schedule(source, due.get(source.id), now)
        for job in self._clockwork.get_jobs():
            if job.id.startswith("source:") and job.id.removeprefix("source:") not in self._station.store.sources:
                job.remove()

    def _schedule(self, source: Source, due: datetime | None, now: datetime) -> None:
        trigger = IntervalTrigger(seconds=max(source.every, 0.1), start_date=grid_start(source.id, source.every), timezone="UTC")
        if due is not None and due > now + timedelta(seconds=source.every):
            self._not_before[source.id] = due  # the site asked for a pause, or has failed for long
        at_once = {"next_run_time": now} if due is None or due <= now else {}
        self._clockwork.add_job(self._tick, trigger, args=[source.id], id=f"source:{source.id}", replace_existing=True, **at_once)

    def _every(self, seconds: float, function: object, name: str) -> None:
        self._clockwork.add_job(function, IntervalTrigger(seconds=seconds, timezone="UTC"), id=name)

    async def _tick(self, source_id: str) -> None:
        if self._stop.is_set() or source_id not in self._station.store.sources:
            return
        wait = self._not_before.get(source_id)
        if wait is not None and self._station.clock() < wait:
            return
        self._not_before.pop(source_id, None)
        # shielded: the scheduler cancels its jobs when it ends, and a cancelled crawl would go on unseen
        await asyncio.shield(asyncio.create_task(self._crawl(source_id), name=f"crawl {source_id}"))

    async def _crawl(self, source_id: str) -> None:
        try:
            report = await self._station.crawl(source_id)
        except StoreError as problem:
            log.error(line("store", problem=str(problem)))
            await self._wait_for_store(problem)
            return
        if report.retry_after is not None or report.problem:
            due = (await self._station.write(_due_times)).get(source_id)
            if due is not None:
                self._not_before[source_id] = due - timedelta(milliseconds=500)

    async def _wait_for_store(self, problem: StoreError) -> None:
        """Waits until the archive takes writes again; after STORE_PATIENCE the daemon ends with what is wrong."""
        if self._store_trouble.locked():
            return
        async with self._store_trouble:
            for _ in range(int(STORE_PATIENCE / STORE_RETRY)):
                if self._stop.is_set():
                    return
                try:
                    await self._station.event("store", str(problem))
                except StoreError:
                    await asyncio.sleep(STORE_RETRY)
                else:
                    return
            self._failure = problem
            self.stop()

    def _note_miss(self, event: JobEvent) -> None:
        kind = MISSES.get(event.code, "job-error")
        source_id = event.job_id.removeprefix("source:") if event.job_id.startswith("source:") else None
        error = getattr(event, "exception", None)
        message = (
            f"{type(error).__name__}: {error}"
            if error
            else "its turn came while it still ran"
            if kind == "overrun"
            else "its turn was missed"
        )
        log.warning(line(kind, job=event.job_id, message=message))
        if source_id is not None or error is not None:
            task = asyncio.ensure_future(self._station.event(kind, message, source_id=source_id))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())  # a full disk is told elsewhere

    # -- what is looked at now and then ---------------------------------------------------------------------------------

    async def _look_at_files(self) -> None:
        if not self._reload.is_set() and not self._setup.changed():
            return
        self._reload.clear()
        try:
            setup = await asyncio.to_thread(load_setup, self._setup.config.file)
        except ConfigError as problem:
            # look again only when a file changes once more
            self._setup = replace(self._setup, stamps=self._setup.stamps_now())
            log.error(
                line("config", problem=str(problem), kept="the old one")
                + "".join("\n" + row for row in render(problem.problems, colour=False).splitlines())
            )
            await self._station.event("config", f"{problem}; the old one stays in force")
            return
        if setup.config.crawl != self._setup.config.crawl or setup.config.database != self._setup.config.database:
            log.warning(line("config", message="[crawl] and database take effect at the next start"))
        self._setup = setup
        await self._station.adopt(setup)
        await self._plan()
        log.info(line("config", message="read again", sources=len(setup.config.sources()), rules=len(setup.rules.rules)))
        await self._station.event("config", "read again")

    async def _look_at_health(self) -> None:
        def look(connection: sqlite3.Connection) -> list[health.Silence]:
            changes = health.changes(connection, self._station.clock())
            for change in changes:
                kind = "recovered" if change.over else "silent"
                message = f"nothing new since {change.since:%Y-%m-%d %H:%M} UTC; usual is every {_hours(change.usual_gap)}"
                ledger.note_event(
                    connection, kind, "" if change.over else message, now=self._station.clock(), source_id=change.source_id
                )
            return changes

        for change in await self._station.write(look):
            log.warning(
                line("recovered" if change.over else "silent", source=change.source_id, since=f"{change.since:%Y-%m-%dT%H:%MZ}")
            )


def _due_times(connection: sqlite3.Connection) -> dict[str, datetime]:
    rows = connection.execute("select id, next_due_at from sources where next_due_at is not null").fetchall()
    return {name: datetime.fromisoformat(at) for name, at in rows}


def _hours(gap: timedelta) -> str:
    minutes = round(gap.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"
