"""The one thread that writes to the archive.

SQLite takes one writer at a time, and a build before 3.51.3 can damage a WAL that two connections write to and checkpoint.
So one thread owns the one connection that does either; the event loop hands it functions and awaits what they return.
"""

from __future__ import annotations

import asyncio
import math
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self, TypeVar

from racewire.archive import Archive, open_archive
from racewire.archive.store import open_reader, store_error
from racewire.errors import StoreError

T = TypeVar("T")
PATIENCE = 5.0  # seconds for which a write waits for another program that holds the file
BUSY_STEP = 0.1


class Writer:
    """`async with Writer(path) as writer:` opens the archive in its thread and closes it there.

    `run(function)` calls `function(archive)`, `write(function)` calls `function(connection)` in one transaction; both in the
    order in which they were asked for. `read(function)` has a thread and a read-only connection of its own. Errors come back to the caller.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._archive: Archive | None = None
        self._reader: sqlite3.Connection | None = None
        self._deadline = math.inf  # of monotonic time
        self._held: StoreError | None = None  # by another program, at the last try

    async def __aenter__(self) -> Self:
        try:
            self._archive = await asyncio.get_running_loop().run_in_executor(self._thread, _opened, self.path)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self.hurry(0)
        await asyncio.to_thread(self._reading.shutdown)
        if self._reader is not None:
            self._reader.close()
        if self._archive is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._archive.close)
        self._thread.shutdown()

    def hurry(self, seconds: float) -> None:
        """From now on nothing waits for another program that holds the file beyond `seconds` from now."""
        self._deadline = min(self._deadline, time.monotonic() + seconds)

    async def run(self, function: Callable[[Archive], T]) -> T:
        """What `function(archive)` returns; it runs in the writer's thread, again when another program held the file."""
        # shielded: a caller that is cancelled must not leave half of its work undone while it believes that it is done
        work = asyncio.get_running_loop().run_in_executor(self._thread, self._patiently, function)
        work.add_done_callback(_seen)
        return await asyncio.shield(work)

    def _patiently(self, function: Callable[[Archive], T]) -> T:
        """SQLite itself waits for one BUSY_STEP only, so that a stop is not held up by a file that is locked."""
        assert self._archive is not None, "the writer is not open"
        if self._held is not None and time.monotonic() >= self._deadline:
            raise StoreError(str(self._held)) from self._held.__cause__  # nobody waits any more, and each try would be one wait
        until = min(self._deadline, time.monotonic() + PATIENCE)
        while True:
            try:
                result = function(self._archive)
            except StoreError as problem:
                if not _is_locked(problem):
                    raise
                self._held = problem
                if time.monotonic() >= min(until, self._deadline):
                    raise
            else:
                self._held = None
                return result

    async def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """What `function(connection)` returns; it runs in one transaction, which is rolled back if it raises."""
        return await self.run(lambda archive: archive.write(function))

    async def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """What `function(connection)` returns; it runs on a read-only connection, beside the writer."""
        return await asyncio.get_running_loop().run_in_executor(self._reading, self._read, function)

    def _read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        if self._reader is None:
            self._reader = open_reader(self.path)
        try:
            return function(self._reader)
        except sqlite3.Error as problem:
            raise store_error(problem, self.path) from problem

    async def checkpoint(self) -> None:
        """Moves what the write-ahead log holds into the database file and cuts the log, as far as readers allow."""
        await self.run(Archive.checkpoint)


def _opened(path: Path) -> Archive:
    archive = open_archive(path)
    try:
        archive.write(lambda connection: connection.execute(f"pragma busy_timeout = {BUSY_STEP * 1000:.0f}"))
    except BaseException:
        archive.close()
        raise
    return archive


def _seen(work: asyncio.Future[T]) -> None:
    """Whoever waited may have been cancelled; then what became of it is no news."""
    if not work.cancelled():
        work.exception()


def _is_locked(problem: StoreError) -> bool:
    """Whether another program holds the file; then the transaction did not happen, and may be tried again as a whole."""
    return str(getattr(problem.__cause__, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
