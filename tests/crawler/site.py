"""A small web on loopback: pages by path, answered as told, broken as told. It is a proxy too, for pages of other hosts."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import ssl
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Literal

Break = Literal["hang", "drip", "cut", "reset", "endless"]


@dataclass(frozen=True)
class Asked:
    """One request: its path (or the whole address, when asked as a proxy), its headers in lower case, when it came."""

    target: str
    headers: dict[str, str]
    at: float


@dataclass
class Page:
    """What is answered. With an `etag`, a request that names it gets 304. `broken` says how the answer fails."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    broken: Break | None = None
    packed: bool = False


Answer = Page | Callable[[Asked], Page]


class Site:
    scheme = "http"

    def __init__(self, pages: dict[str, Answer] | None = None) -> None:
        self.pages: dict[str, Answer] = {"/robots.txt": Page(b"User-agent: *\nDisallow: /private/\n"), **(pages or {})}
        self.fallback = Page(b"nothing here", 404)  # the answer for all else
        self.asked: list[Asked] = []
        self.port = 0
        self.most_at_once = 0
        self._open = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def root(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def allowed(self) -> tuple[str, ...]:
        return (f"127.0.0.1:{self.port}",)

    def url(self, path: str) -> str:
        return self.root + path

    def targets(self, *, robots: bool = False) -> list[str]:
        return [asked.target for asked in self.asked if robots or not asked.target.endswith("/robots.txt")]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        line, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (row.partition(":") for row in rest if row)}
        asked = Asked(line.split(" ")[1], headers, time.monotonic())
        self.asked.append(asked)
        self._open += 1
        self.most_at_once = max(self.most_at_once, self._open)
        try:
            return await self._answer(asked, writer)
        finally:
            self._open -= 1

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        found = (
            self.pages.get(asked.target)
            or self.pages.get(asked.target.partition("?")[0])
            or self.pages.get("/" + asked.target.split("/", 3)[-1])
            or self.fallback
        )
        page = found(asked) if callable(found) else found
        if page.etag and asked.headers.get("if-none-match") == page.etag:
            page = Page(status=304, etag=page.etag)
        body = gzip.compress(page.body) if page.packed else page.body
        if page.broken == "hang":
            await asyncio.sleep(600)
        if page.broken == "reset":
            writer.transport.abort()
            return False
        lines = [f"HTTP/1.1 {page.status} Told", *(f"{name}: {value}" for name, value in page.headers.items())]
        lines += [f"ETag: {page.etag}"] * bool(page.etag) + ["Content-Encoding: gzip"] * page.packed
        lines += [] if page.broken == "endless" else [f"Content-Length: {len(body)}"]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        if page.broken == "endless":
            while True:
                writer.write(b"<p>and so on</p>" * 4000)
                await writer.drain()
        if page.broken == "drip":
            for byte in body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.1)
        if page.broken == "cut":
            writer.write(body[: len(body) // 2])
            await writer.drain()
            return False
        writer.write(body)
        await writer.drain()
        return True

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def open_site(pages: dict[str, Answer] | None = None, tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    site = Site(pages)
    site.scheme = "https" if tls else "http"
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, limit=1 << 20, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        await site.close()
        await server.wait_closed()


def rss(*links: str, date: str = "") -> bytes:
    items = "".join(f"<item><title>On {link}</title><link>{link}</link>{date}</item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


def article(title: str, text: str = "A company said something about a model, and others answered.") -> Page:
    head = f"<head><meta charset=utf-8><title>{title}</title></head>"
    return Page(
        f"<!doctype html><html>{head}<body><article><h1>{title}</h1><p>{text}</p></article></body></html>".encode(),
        headers={"Content-Type": "text/html"},
    )
