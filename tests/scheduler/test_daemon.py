"""The daemon's own behaviour, with crawls and channels that a test makes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from crawler.store import CrawlReport
from racewire.archive import ledger, open_archive
from racewire.errors import StoreError
from scheduler import daemon as daemon_module
from scheduler.daemon import Daemon
from scheduler.patience import Patience
from scheduler.setup import Setup, load_setup
from scheduler.station import Station

Crawl = Callable[[str], CrawlReport]


class Crawls:
    """Takes the place of `Station.crawl`."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.problems: list[StoreError] = []
        self.hold = asyncio.Event()
        self.hold.set()

    async def crawl(self, station: Station, source_id: str) -> CrawlReport:
        self.asked.append(source_id)
        await self.hold.wait()
        if self.problems:
            raise self.problems.pop()
        return CrawlReport(source_id, "ok")


@pytest.fixture
def crawls(monkeypatch: pytest.MonkeyPatch) -> Crawls:
    crawls = Crawls()
    monkeypatch.setattr(Station, "crawl", lambda station, source_id: crawls.crawl(station, source_id))
    monkeypatch.setattr(daemon_module, "LOOK_AT_FILES", 0.05)
    return crawls


@contextlib.asynccontextmanager
async def running(setup: Setup) -> AsyncIterator[tuple[Daemon, asyncio.Task[int]]]:
    daemon = Daemon(setup)
    task = asyncio.create_task(daemon.run())
    try:
        yield daemon, task
    finally:
        daemon.stop()
        await asyncio.wait([task], timeout=10)
        assert task.done()


async def until(condition: Callable[[], object], timeout: float = 10) -> None:
    async with asyncio.timeout(timeout):
        while not condition():
            await asyncio.sleep(0.02)


def events(setup: Setup, kind: str) -> list[str]:
    with contextlib.closing(sqlite3.connect(setup.config.database, timeout=10)) as connection:
        return [row[0] for row in connection.execute("select message from events where kind = ?", (kind,))]


async def test_every_source_that_was_never_met_begins_at_once(setup: Setup, crawls: Crawls) -> None:
    async with running(setup) as (daemon, task):
        await until(lambda: sorted(crawls.asked) == ["one", "two"])
        daemon.stop()
        assert await task == 0


@pytest.mark.parametrize(("name", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
async def test_a_signal_ends_it(setup: Setup, crawls: Crawls, name: signal.Signals, code: int) -> None:
    async with running(setup) as (_, task):
        await until(lambda: crawls.asked)
        os.kill(os.getpid(), name)
        assert await task == code


async def test_a_source_waits_for_its_turn_but_not_for_a_time_out_of_this_world(setup: Setup, crawls: Crawls) -> None:
    now = datetime.now(UTC)
    with open_archive(setup.config.database) as archive:

        def plan(connection: sqlite3.Connection) -> None:
            ledger.sync_sources(connection, setup.config.source, now=now)
            ledger.set_next_due(connection, "one", now + timedelta(hours=5))
            ledger.set_next_due(connection, "two", now + timedelta(days=1500))

        archive.write(plan)
    async with running(setup):
        await until(lambda: "two" in crawls.asked)
        await asyncio.sleep(0.2)
        assert "one" not in crawls.asked


async def test_a_changed_file_leaves_the_turns_of_other_sources_alone(setup: Setup, config: Path, crawls: Crawls) -> None:
    crawls.hold.clear()
    async with running(setup):
        await until(lambda: len(crawls.asked) == 2)
        text = config.read_text()
        third = '[[source]]\nid = "three"\nurl = "https://three.example/"\n\n[channel.desk]'
        config.write_text(text.replace("[channel.desk]", third))
        await until(lambda: "three" in crawls.asked)
        await until(lambda: events(setup, "config") == ["read again"])
        crawls.hold.set()
        await asyncio.sleep(0.2)
        assert sorted(crawls.asked) == ["one", "three", "two"]
        assert events(setup, "overrun") == []


async def test_a_source_that_moved_is_asked_at_once(setup: Setup, config: Path, crawls: Crawls) -> None:
    async with running(setup):
        await until(lambda: len(crawls.asked) == 2)
        config.write_text(config.read_text().replace("https://one.example/feed.xml", "https://one.example/rss.xml"))
        await until(lambda: crawls.asked.count("one") == 2)
        assert crawls.asked.count("two") == 1


async def test_a_source_that_left_is_asked_no_more(setup: Setup, config: Path, crawls: Crawls) -> None:
    config.write_text(config.read_text().replace('every = "10m"', 'every = "200ms"'))
    async with running(load_setup(config)):
        await until(lambda: len(crawls.asked) > 4)
        text = config.read_text()
        start = text.index('[[source]]\nid = "two"')
        config.write_text(text[:start] + text[text.index("[channel.desk]") :])
        await until(lambda: events(setup, "config") == ["read again"])
        crawls.asked.clear()
        await until(lambda: len(crawls.asked) > 2)
        assert set(crawls.asked) == {"one"}


async def test_a_secret_that_cannot_be_read_keeps_the_old_channels(setup: Setup, config: Path, crawls: Crawls) -> None:
    async with running(setup) as (_, task):
        await until(lambda: len(crawls.asked) == 2)
        config.write_text(config.read_text().replace("desk.secret", "nowhere.secret"))
        await until(lambda: events(setup, "config"))
        [message] = events(setup, "config")
        assert "stays in force" in message
        config.write_text(config.read_text().replace("nowhere.secret", "desk.secret"))
        await until(lambda: events(setup, "config")[1:] == ["read again"])
        assert not task.done()


async def test_a_file_with_bytes_that_are_no_text_keeps_the_old_ones(setup: Setup, config: Path, crawls: Crawls) -> None:
    rules = config.with_name("rules.toml")
    good = rules.read_bytes()
    async with running(setup) as (_, task):
        await until(lambda: len(crawls.asked) == 2)
        rules.write_bytes(b"\xff\xfe\x00")
        await until(lambda: events(setup, "config"))
        rules.unlink()
        await until(lambda: len(events(setup, "config")) == 2)
        rules.write_bytes(good)
        await until(lambda: events(setup, "config")[2:] == ["read again"])
        assert not task.done()


async def test_an_archive_in_trouble_stops_neither_the_daemon_nor_its_sending(
    setup: Setup, config: Path, crawls: Crawls, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends = 0

    async def send(station: Station, stop: asyncio.Event) -> None:
        nonlocal sends
        sends += 1
        if sends < 3:
            raise StoreError("the disk is full")
        await stop.wait()

    monkeypatch.setattr(Station, "send", send)
    crawls.problems = [StoreError("the disk is full"), StoreError("the disk is full")]
    async with running(setup) as (_, task):
        await until(lambda: sends == 3)
        assert not task.done()
    assert "the disk is full" in events(setup, "store")


async def test_an_archive_that_stays_in_trouble_ends_it(setup: Setup, crawls: Crawls, monkeypatch: pytest.MonkeyPatch) -> None:
    async def event(station: Station, kind: str, message: str, *, source_id: str | None = None) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Station, "event", event)
    monkeypatch.setattr(daemon_module, "Patience", partial(Patience, give_up=0, retry=0))
    crawls.problems = [StoreError("the disk is full")]
    async with running(setup) as (_, task):
        with pytest.raises(StoreError, match="the disk is full"):
            await asyncio.wait_for(asyncio.shield(task), 10)


async def test_a_locked_archive_does_not_hold_up_the_end(setup: Setup, crawls: Crawls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # crawl in earnest: the archive is asked before any site
    monkeypatch.setattr(daemon_module, "LOOK_AT_HEALTH", 0.05)
    with open_archive(setup.config.database) as archive:
        far = datetime.now(UTC) + timedelta(hours=1)

        def plan(connection: sqlite3.Connection) -> None:
            ledger.sync_sources(connection, setup.config.source, now=far)
            for source in setup.config.source:
                ledger.set_next_due(connection, source.id, far)

        archive.write(plan)
    async with running(setup) as (daemon, task):
        await asyncio.sleep(0.5)
        other = sqlite3.connect(setup.config.database, isolation_level=None)
        other.execute("begin immediate")
        await asyncio.sleep(0.5)
        began = time.monotonic()
        daemon.stop()
        assert await task == 0
        assert time.monotonic() - began < 0.5 + 1
        other.close()


async def test_a_job_that_overruns_is_told_once(setup: Setup, config: Path, crawls: Crawls) -> None:
    config.write_text(config.read_text().replace('every = "10m"', 'every = "100ms"'))
    crawls.hold.clear()
    async with running(load_setup(config)):
        await asyncio.sleep(1)
        crawls.hold.set()
    assert len(events(setup, "overrun")) == 2  # one for each source


async def test_after_a_jump_of_the_clock_every_job_has_a_time_soon(setup: Setup, crawls: Crawls) -> None:
    async with running(setup) as (daemon, _):
        await until(lambda: len(crawls.asked) == 2)
        clockwork = daemon._clockwork
        for job in clockwork.get_jobs():
            job.modify(next_run_time=datetime.now(UTC) + timedelta(days=1000))
        daemon.plan_anew()
        latest = max(job.next_run_time for job in clockwork.get_jobs() if job.id != "upkeep")
        assert latest <= datetime.now(UTC) + timedelta(minutes=10)
