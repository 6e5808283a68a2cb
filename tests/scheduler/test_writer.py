"""The writing thread beside another program that holds the file."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest

from racewire.errors import StoreError
from scheduler.writer import Writer


def hold(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("begin immediate")
    return connection


def note(connection: sqlite3.Connection) -> int:
    return connection.execute("insert into events(at, kind) values ('2026-01-01T00:00:00Z', 'x')").rowcount


async def test_a_write_waits_for_a_file_that_is_held_for_a_while(tmp_path: Path) -> None:
    async with Writer(tmp_path / "a.db") as writer:
        other = hold(writer.path)
        wait = asyncio.create_task(writer.write(note))
        await asyncio.sleep(0.4)
        assert not wait.done()
        other.execute("rollback")
        other.close()
        assert await wait == 1


async def test_near_the_end_nothing_waits(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    began = 0.0
    async with Writer(path) as writer:
        other = hold(path)
        waits = [asyncio.create_task(writer.write(note)) for _ in range(50)]
        await asyncio.sleep(0.05)
        began = time.monotonic()
        writer.hurry(0)
        ends = await asyncio.gather(*waits, return_exceptions=True)
    assert all(isinstance(end, StoreError) for end in ends)
    assert time.monotonic() - began < 2, "each of them waited for itself"
    other.close()


async def test_other_troubles_are_told_at_once(tmp_path: Path) -> None:
    async with Writer(tmp_path / "a.db") as writer:
        with pytest.raises(StoreError, match="cannot be used"):
            await writer.write(lambda connection: connection.execute("no sql"))
