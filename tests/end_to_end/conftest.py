"""The newsroom, a receiver of webhooks, and the daemon as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest_asyncio

from racewire.demo.newsroom import Newsroom
from racewire.demo.workspace import write_workspace

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class Receiver:
    """Takes webhook calls and keeps them; answers `status`."""

    status: int = 204
    calls: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {k.strip().lower(): v.strip() for k, _, v in (row.partition(":") for row in head[1:] if row)}
                body = await reader.readexactly(int(headers["content-length"]))
                self.calls.append((headers, json.loads(body)))
                self.bodies.append(body)
                writer.write(f"HTTP/1.1 {self.status} X\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        writer.close()

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.calls]


@pytest_asyncio.fixture
async def room() -> AsyncIterator[Newsroom]:
    async with Newsroom() as room:
        yield room


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    talks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talks.add(task)
        try:
            await receiver.serve(reader, writer)
        except asyncio.CancelledError:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    yield receiver
    server.close()
    for task in talks:
        task.cancel()
    await asyncio.gather(*talks, return_exceptions=True)
    await server.wait_closed()


@pytest_asyncio.fixture
async def config(tmp_path: Path, room: Newsroom, receiver: Receiver) -> Path:
    """A config whose only channel is the receiver."""
    return write_workspace(
        tmp_path / "work",
        room.proxy_url,
        webhook_url=f"http://127.0.0.1:{receiver.port}/",
        webhook_secret=SECRET,
        every="1s",
        delay="20ms",
        channels=("desk",),
    )


@dataclass
class Ran:
    code: int
    out: str
    err: str


async def racewire(config: Path | None, *arguments: str, cwd: Path | None = None, timeout: float = 60) -> Ran:
    """The command line as a process of its own."""
    process = await start(config, *arguments, cwd=cwd)
    try:
        out, err = await asyncio.wait_for(process.communicate(), timeout)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode is not None
    return Ran(process.returncode, out.decode(), err.decode())


async def start(config: Path | None, *arguments: str, cwd: Path | None = None) -> asyncio.subprocess.Process:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RACEWIRE")}
    if config is not None:
        environment["RACEWIRE_CONFIG"] = str(config)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "racewire", *arguments,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env=environment, cwd=cwd,
    )  # fmt: skip


def rows(config: Path, query: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(f"file:{config.parent / 'racewire.db'}?mode=ro", uri=True, timeout=10)) as connection:
        return connection.execute(query).fetchall()


async def until(condition: Callable[[], bool], timeout: float = 20) -> None:
    """Waits for `condition`; a database that is not there yet counts as not yet."""
    async with asyncio.timeout(timeout):
        while True:
            with contextlib.suppress(sqlite3.OperationalError):
                if condition():
                    return
            await asyncio.sleep(0.05)


@dataclass
class Running:
    """A daemon under way; its lines so far are in `lines`."""

    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)
    _reading: asyncio.Task[None] | None = None

    @classmethod
    async def begin(cls, config: Path) -> Running:
        running = cls(await start(config, "run"))
        running._reading = asyncio.create_task(running._read())
        return running

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.lines.append(line.decode())

    def said(self, words: str) -> bool:
        return any(words in line for line in self.lines)

    async def end(self, name: signal.Signals = signal.SIGTERM, timeout: float = 20) -> int:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(name)
        assert self.process.stdout is not None
        await asyncio.wait_for(asyncio.gather(self.process.stdout.read(), self.process.wait()), timeout)
        assert self._reading is not None
        await self._reading
        return self.process.returncode or 0
