"""Reading processes: one that hangs, dies or swells costs one job."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator

import psutil
import pytest

from crawler.problems import Trouble
from crawler.workers import Workers
from tests.crawler import jobs


@contextlib.asynccontextmanager
async def some(count: int = 1, **limits: float) -> AsyncIterator[Workers]:
    workers = Workers(count, warm_up="tests.crawler.jobs:warm_up", **{"cpu": 5.0, "wall": 10.0, **limits})  # type: ignore[arg-type]
    try:
        yield workers
    finally:
        await workers.close()


async def test_results_and_errors_come_back() -> None:
    async with some() as workers:
        assert await workers.run(jobs.double, 21) == 42
        with pytest.raises(ZeroDivisionError):
            await workers.run(jobs.divide, 0)
        with pytest.raises(RuntimeError, match="cannot be pickled"):
            await workers.run(jobs.odd_error)
        assert await workers.run(jobs.say, "x" * 100_000) == "x" * 100_000  # printing does not disturb the answers


async def test_one_process_serves_many_jobs_and_no_more_run_than_asked() -> None:
    async with some(2) as workers:
        pids = await asyncio.gather(*(workers.run(jobs.pid) for _ in range(12)))
        assert 1 <= len(set(pids)) <= 2
        assert os.getpid() not in pids


@pytest.mark.parametrize(
    ("job", "problem"),
    [(jobs.spin, "too-slow"), (jobs.kill_itself, "crashed")],
)
async def test_a_job_that_ends_its_process_costs_that_job_only(job: object, problem: str) -> None:
    async with some(1, cpu=0.2) as workers:
        first = await workers.run(jobs.pid)
        with pytest.raises(Trouble) as trouble:
            await workers.run(job)  # type: ignore[arg-type]
        assert (trouble.value.problem, trouble.value.state) == (problem, "unreadable")
        assert await workers.run(jobs.double, 4) == 8
        assert await workers.run(jobs.pid) != first


async def test_a_job_that_waits_for_ever_is_ended() -> None:
    async with some(1, wall=0.3) as workers:
        with pytest.raises(Trouble) as trouble:
            await workers.run(jobs.doze, 60)
        assert trouble.value.problem == "too-slow"


async def test_memory_is_limited() -> None:
    async with some() as workers:
        with pytest.raises(MemoryError):
            await workers.run(jobs.eat)
        assert await workers.run(jobs.double, 1) == 2


async def test_a_process_that_cannot_start_says_why() -> None:
    workers = Workers(1, warm_up="tests.crawler.jobs:fail_to_start")
    with pytest.raises(RuntimeError, match="no such reader"):
        await workers.run(jobs.pid)
    await workers.close()


async def test_secrets_of_the_environment_stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    async with some() as workers:
        assert "SMTP_PASSWORD" not in await workers.run(jobs.environment)


async def test_closing_ends_jobs_under_way_at_once() -> None:
    async with some() as workers:
        pid = await workers.run(jobs.pid)
        job = asyncio.create_task(workers.run(jobs.doze, 60))
        await asyncio.sleep(0.05)
        began = time.monotonic()
        await workers.close()
        with pytest.raises(Trouble):
            await job
        assert time.monotonic() - began < 2
        assert not psutil.pid_exists(pid)
        with pytest.raises(Trouble, match="closed"):
            await workers.run(jobs.pid)


async def test_a_job_that_is_cancelled_ends_its_process() -> None:
    async with some() as workers:
        pid = await workers.run(jobs.pid)
        job = asyncio.create_task(workers.run(jobs.doze, 60))
        await asyncio.sleep(0.05)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert not psutil.pid_exists(pid)
        assert await workers.run(jobs.double, 2) == 4


PARENT = """
import asyncio, sys
from crawler.workers import Workers
from tests.crawler import jobs
async def main():
    workers = Workers(2, warm_up="tests.crawler.jobs:warm_up", cpu=0.5)
    idle = await workers.run(jobs.pid)
    busy = asyncio.create_task(workers.run(jobs.spin))
    await asyncio.sleep(0.05)
    print(idle, *(worker._process.pid for worker in workers._all), flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


def test_no_process_outlives_a_daemon_that_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=os.getcwd()) as parent:
        assert parent.stdout is not None
        pids = {int(word) for word in parent.stdout.readline().split()}
        assert pids
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    gone, alive = psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=10)
    assert not alive, gone
