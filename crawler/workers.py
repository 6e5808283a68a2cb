"""Processes that read hostile bytes: each job has a limit in time and in memory, and one that breaks costs that job only.

A worker is a plain child, fed through its standard input (crawler/worker.py). It ends by itself when the daemon is gone,
needs no thread and no waking up while idle, and knows nothing of the daemon's environment.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from crawler.problems import Trouble
from crawler.worker import HEADER, START, Answer

P = ParamSpec("P")
T = TypeVar("T")

CPU_LIMIT = 10.0  # seconds of processor time for one job
WALL_LIMIT = 60.0  # seconds of any time: for a machine under load
MEMORY_LIMIT = 2 << 30  # bytes of address space
_START_LIMIT = 60.0
_RECYCLE_JOBS = 500
_RECYCLE_RSS = 256 << 20  # bytes; a worker that reads ordinary pages stays under 100 MB
_IDLE = 300.0  # seconds after which a worker is let go
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "PYTHONHASHSEED", "SYSTEMROOT")


class Workers:
    """At most `count` processes, started when they are needed. `warm_up` is the `module:function` that each calls first."""

    def __init__(
        self,
        count: int,
        *,
        warm_up: str = "crawler.jobs:warm_up",
        cpu: float = CPU_LIMIT,
        wall: float = WALL_LIMIT,
        memory: int = MEMORY_LIMIT,
    ) -> None:
        self._slots = asyncio.Semaphore(count)
        self._warm_up = warm_up
        self._cpu, self._wall, self._memory = cpu, wall, memory
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._closed = False

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args, **kwargs)` in a worker; it must be a function of a module, and all must be picklable.

        Raises what the function raised, or Trouble: `too-slow` where it ran into its time limit, `crashed` where the process
        ended otherwise.
        """
        job = pickle.dumps((function, args, kwargs), pickle.HIGHEST_PROTOCOL)
        async with self._slots:
            if self._closed:
                raise Trouble("stopped", "the workers are closed")
            worker = self._idle.pop() if self._idle else await self._start()
            try:
                answer = await worker.run(job, self._wall)
            except BaseException:
                await self._drop(worker)
                raise
            self._put_back(worker, answer)
        if answer.error is not None:
            raise answer.error
        result: T = answer.value  # type: ignore[assignment]
        return result

    async def _start(self) -> _Worker:
        worker = await _Worker.start(self._warm_up, self._cpu, self._memory)
        self._all.add(worker)
        return worker

    def _put_back(self, worker: _Worker, answer: Answer) -> None:
        worker.jobs += 1
        if self._closed or worker.jobs >= _RECYCLE_JOBS or answer.rss > _RECYCLE_RSS:
            self._let_go(worker)
            return
        self._idle.append(worker)
        asyncio.get_running_loop().call_later(_IDLE, self._retire, worker, worker.jobs)

    def _retire(self, worker: _Worker, jobs: int) -> None:
        if worker in self._idle and worker.jobs == jobs:
            self._idle.remove(worker)
            self._let_go(worker)

    def _let_go(self, worker: _Worker) -> None:
        task = asyncio.ensure_future(self._drop(worker))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _drop(self, worker: _Worker) -> None:
        await worker.kill()
        self._all.discard(worker)

    async def close(self) -> None:
        """End all of them now; jobs under way end in Trouble."""
        self._closed = True
        self._idle.clear()
        await asyncio.gather(*(self._drop(worker) for worker in tuple(self._all)))


class _Worker:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.jobs = 0
        self._process = process

    @classmethod
    async def start(cls, warm_up: str, cpu: float, memory: int) -> _Worker:
        environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)  # the packages that we see, and no others
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-c", START, warm_up, str(cpu), str(memory),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env=environment, start_new_session=True,
        )  # fmt: skip
        worker = cls(process)
        try:
            begun = await worker._answer(_START_LIMIT)
        except BaseException:
            await worker.kill()
            raise
        if begun.error is not None:
            await worker.kill()
            raise RuntimeError(f"a reading process could not start: {type(begun.error).__name__}: {begun.error}") from begun.error
        return worker

    async def run(self, job: bytes, wall: float) -> Answer:
        writer = self._process.stdin
        assert writer is not None
        with contextlib.suppress(ConnectionError):  # it has ended; how, its missing answer tells
            writer.write(HEADER.pack(len(job)) + job)
            await writer.drain()
        return await self._answer(wall)

    async def _answer(self, wall: float) -> Answer:
        reader = self._process.stdout
        assert reader is not None
        try:
            async with asyncio.timeout(wall):
                (length,) = HEADER.unpack(await reader.readexactly(HEADER.size))
                answer = pickle.loads(await reader.readexactly(length))  # noqa: S301 - from our own process
        except TimeoutError:
            raise Trouble("too-slow", f"reading it took more than {wall:g} s", "unreadable") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            code = await self._process.wait()
            if code in (-signal.SIGPROF, -signal.SIGXCPU):
                raise Trouble("too-slow", "reading it took too long", "unreadable") from None
            raise Trouble("crashed", f"the process that read it ended with {code}", "unreadable") from None
        assert isinstance(answer, Answer)
        return answer

    async def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
