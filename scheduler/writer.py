"""The one thread that writes to the archive.

SQLite takes one writer at a time, and a build before 3.51.3 can damage a WAL that two connections write to and checkpoint.
So one thread owns the one connection that does either; the event loop hands it functions and awaits what they return.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self, TypeVar

from racewire.archive import Archive, open_archive
from racewire.archive.store import open_reader, store_error

T = TypeVar("T")


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

    async def __aenter__(self) -> Self:
        try:
            self._archive = await asyncio.get_running_loop().run_in_executor(self._thread, open_archive, self.path)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._reading.shutdown()
        if self._reader is not None:
            self._reader.close()
        await self.run(Archive.close)
        self._thread.shutdown()

    async def run(self, function: Callable[[Archive], T]) -> T:
        """What `function(archive)` returns; it runs in the writer's thread."""
        assert self._archive is not None, "the writer is not open"
        # shielded: a caller that is cancelled must not leave half of its work undone while it believes that it is done
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._thread, function, self._archive))

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
