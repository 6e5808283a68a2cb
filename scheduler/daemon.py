"""The daemon: every source when it is due, alerts as they come, until it is told to stop.

This is the one place with signals. SIGTERM and SIGINT end it within the grace and a second; SIGHUP reads the files again,
as a change of one of them does.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sqlite3
import time
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
from scheduler.clock import Jumps, credible, pull_back
from scheduler.logs import line
from scheduler.once import INTERRUPTED
from scheduler.patience import Patience
from scheduler.plan import grid_start
from scheduler.setup import Setup, load_setup
from scheduler.station import Station
from scheduler.watchdog import Watchdog

log = logging.getLogger("racewire")
LOOK_AT_FILES = 0.25  # seconds between looks at the config files
LOOK_AT_HEALTH = 60.0
LOOK_AT_CLOCK = 5.0
CHECKPOINT = 600.0
UPKEEP = 6 * 3600.0
TELL_AGAIN = 3600.0  # seconds for which the same miss of one job is not told again
WORDS = {
    "overrun": "its turn came while it still ran: `every` is shorter than a pass takes",
    "missed": "its turn was missed",
    "job-error": "it failed",
}
MISSES = {EVENT_JOB_MAX_INSTANCES: "overrun", EVENT_JOB_MISSED: "missed", EVENT_JOB_ERROR: "job-error"}


class Daemon:
    """`await Daemon(setup).run()` works until a signal or `stop()`, and returns the exit code."""

    def __init__(self, setup: Setup, *, watchdog_limit: float = 60.0) -> None:
        self._setup = setup
        self._watchdog_limit = watchdog_limit
        self._stop = asyncio.Event()
        self._reload = asyncio.Event()
        self._not_before: dict[str, datetime] = {}
        self._planned: dict[str, Source] = {}
        self._told: dict[tuple[str, str], float] = {}
        self._code = 0
        self._failure: BaseException | None = None

    def stop(self) -> None:
        """Ends `run` in order."""
        self._stop.set()

    def _interrupt(self) -> None:
        self._code = INTERRUPTED
        self.stop()

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self.stop)
        loop.add_signal_handler(signal.SIGINT, self._interrupt)
        loop.add_signal_handler(signal.SIGHUP, self._reload.set)
        async with Watchdog(self._watchdog_limit), Station(self._setup) as self._station:
            self._patience = Patience(lambda problem: self._station.event("store", problem), self._stop)
            self._clockwork = AsyncIOScheduler(
                timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
            )
            self._clockwork.add_listener(self._note_miss, EVENT_JOB_MAX_INSTANCES | EVENT_JOB_MISSED | EVENT_JOB_ERROR)
            await self._station.write(self._pull_back)
            await self._plan()
            self._every(LOOK_AT_FILES, self._look_at_files, "files")
            self._every(LOOK_AT_HEALTH, self._look_at_health, "health")
            self._every(CHECKPOINT, self._station.checkpoint, "checkpoint")
            self._every(UPKEEP, self._station.upkeep, "upkeep")
            self._clockwork.start()
            beside = [
                asyncio.create_task(self._send(), name="outbox"),
                asyncio.create_task(self._watch_clock(), name="clock"),
            ]
            for task in beside:
                task.add_done_callback(self._ended)
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
            grace = self._setup.config.crawl.grace
            self._station.hurry(grace / 2)
            await self._station.runner.stop(grace)
            await asyncio.gather(*beside, return_exceptions=True)
            self._clockwork.shutdown(wait=False)
            await asyncio.sleep(0)  # the scheduler ends through the loop
        if self._failure is not None:
            raise self._failure
        log.info(line("stopped"))
        return self._code

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A part that works as long as the daemon does must not end before it unseen."""
        error = None if task.cancelled() else task.exception()
        if error is not None and not self._stop.is_set():
            self._failure = error
            self.stop()

    async def _send(self) -> None:
        """Delivers until the stop, however often the archive is in trouble meanwhile."""
        while not self._stop.is_set():
            try:
                await self._station.send(self._stop)
            except StoreError as problem:
                await self._wait_for_store(problem)

    # -- the plan -----------------------------------------------------------------------------------------------------

    async def _plan(self) -> None:
        """One job a source, on the source's grid; those that are due by what the archive remembers begin at once.

        A source that is planned already, and did not change, keeps its turn.
        """
        due = await self._station.write(_due_times)
        now = self._station.clock()
        sources = self._station.store.sources
        for source in sources.values():
            before = self._planned.get(source.id)
            if source == before:
                continue
            moved = before is not None and before.url != source.url  # what the old address asked for is over
            self._schedule(source, None if moved else credible(due.get(source.id), now), now)
        for name in self._planned.keys() - sources.keys():
            self._clockwork.remove_job(f"source:{name}")
            self._not_before.pop(name, None)
        self._planned = dict(sources)

    def _schedule(self, source: Source, due: datetime | None, now: datetime) -> None:
        trigger = IntervalTrigger(seconds=source.every, start_date=grid_start(source.id, source.every), timezone="UTC")
        self._not_before.pop(source.id, None)
        if due is not None and due > now + timedelta(seconds=source.every):
            self._not_before[source.id] = due  # the site asked for a pause, or has failed for long
        at_once = {"next_run_time": now} if due is None or due <= now else {}
        self._clockwork.add_job(self._tick, trigger, args=[source.id], id=f"source:{source.id}", replace_existing=True, **at_once)

    def _every(self, seconds: float, function: object, name: str) -> None:
        self._clockwork.add_job(function, IntervalTrigger(seconds=seconds, timezone="UTC"), id=name)

    async def _tick(self, source_id: str) -> None:
        if self._stop.is_set() or self._patience.waiting or source_id not in self._station.store.sources:
            return
        now = self._station.clock()
        wait = credible(self._not_before.get(source_id), now)
        if wait is not None and now < wait:
            return
        self._not_before.pop(source_id, None)
        # shielded: the scheduler cancels its jobs when it ends, and a cancelled crawl would go on unseen
        await asyncio.shield(asyncio.create_task(self._crawl(source_id), name=f"crawl {source_id}"))

    async def _crawl(self, source_id: str) -> None:
        try:
            report = await self._station.crawl(source_id)
            if report.retry_after is not None or report.problem:
                due = (await self._station.write(_due_times)).get(source_id)
                if due is not None:
                    self._not_before[source_id] = due - timedelta(milliseconds=500)
        except StoreError as problem:
            await self._wait_for_store(problem)

    async def _wait_for_store(self, problem: StoreError) -> None:
        """Waits until the archive takes writes again; where that takes too long the daemon ends with what is wrong."""
        if self._stop.is_set():
            return
        if not self._patience.waiting:
            log.error(line("store", problem=str(problem)))
        if not await self._patience.over(problem):
            self._failure = problem
            self.stop()

    def _note_miss(self, event: JobEvent) -> None:
        if self._stop.is_set():
            return  # jobs that are cut short by the end are no news
        error = getattr(event, "exception", None)
        if isinstance(error, StoreError):
            # seen by a job of the daemon's own; whoever crawls or sends waits for the archive
            log.error(line("store", job=event.job_id, problem=str(error)))
            return
        kind = MISSES.get(event.code, "job-error")
        now = time.monotonic()
        if now - self._told.get((event.job_id, kind), -TELL_AGAIN) < TELL_AGAIN:
            return
        self._told[(event.job_id, kind)] = now
        source_id = event.job_id.removeprefix("source:") if event.job_id.startswith("source:") else None
        message = f"{type(error).__name__}: {error}" if error else WORDS[kind]
        log.warning(line(kind, job=event.job_id, message=message), exc_info=error)
        if source_id is not None or error is not None:
            task = asyncio.ensure_future(self._station.event(kind, message, source_id=source_id))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())  # a full disk is told elsewhere

    async def _watch_clock(self) -> None:
        """Plans anew when the wall clock jumped: the scheduler waits for a time that would otherwise come late, or never."""
        jumps = Jumps(self._station.clock)
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), LOOK_AT_CLOCK)
            moved = jumps.jump()
            if moved and not self._stop.is_set():
                log.warning(line("clock", jumped=round(moved)))
                self.plan_anew()
                with contextlib.suppress(StoreError):  # told elsewhere; the next look at the files comes all the same
                    await self._station.write(self._pull_back)
                    await self._station.event("clock", f"the clock of this machine jumped by {moved:.0f} s")

    def plan_anew(self) -> None:
        """Every job gets the time that its trigger names after now."""
        now = self._station.clock()
        self._not_before.clear()
        for job in self._clockwork.get_jobs():
            job.modify(next_run_time=job.trigger.get_next_fire_time(None, now))

    def _pull_back(self, connection: sqlite3.Connection) -> int:
        waits = self._setup.config.delivery.retry
        return pull_back(connection, now=self._station.clock(), longest_wait=max(waits, default=0.0))

    # -- what is looked at now and then ---------------------------------------------------------------------------------

    async def _look_at_files(self) -> None:
        if not self._reload.is_set() and not self._setup.changed():
            return
        self._reload.clear()
        try:
            setup = await asyncio.to_thread(load_setup, self._setup.config.file)
        except ConfigError as problem:
            await self._refuse(problem)
            return
        if setup.config.crawl != self._setup.config.crawl or setup.config.database != self._setup.config.database:
            log.warning(line("config", message="[crawl] and database take effect at the next start"))
        try:
            await self._station.adopt(setup)
        except ConfigError as problem:
            await self._refuse(problem)
            return
        except StoreError:
            self._reload.set()  # at the next look
            raise
        self._setup = setup
        await self._plan()
        log.info(line("config", message="read again", sources=len(setup.config.sources()), rules=len(setup.rules.rules)))
        await self._station.event("config", "read again")

    async def _refuse(self, problem: ConfigError) -> None:
        """Goes on with what was read before, and looks again only when a file changes once more."""
        self._setup = replace(self._setup, stamps=self._setup.stamps_now())
        log.error(
            line("config", problem=str(problem), kept="the old one")
            + "".join("\n" + row for row in render(problem.problems, colour=False).splitlines())
        )
        first = f" ({problem.problems[0].message}, line {problem.problems[0].line})" if problem.problems else ""
        await self._station.event("config", f"{problem}{first}; the old one stays in force")

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
