"""Asks the newsroom as a plain program would: urllib through the proxy, in a thread."""

from __future__ import annotations

import asyncio
import gzip
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.message import Message

import pytest_asyncio

from racewire.demo.newsroom import Newsroom


@dataclass(frozen=True)
class Got:
    status: int
    headers: Message[str, str]
    body: bytes
    url: str

    @property
    def text(self) -> str:
        body = gzip.decompress(self.body) if self.headers["Content-Encoding"] == "gzip" else self.body
        return body.decode(self.headers.get_content_charset() or "utf-8")


Get = Callable[..., Awaitable[Got]]


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def ask(proxy: str, url: str, headers: Mapping[str, str], method: str, timeout: float) -> Got:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": proxy}), Stay)
    request = urllib.request.Request(url, headers=dict(headers), method=method)
    try:
        with opener.open(request, timeout=timeout) as answer:
            return Got(answer.status, answer.headers, answer.read(), answer.url)
    except urllib.error.HTTPError as error:
        with error:
            return Got(error.code, error.headers, error.read(), url)


@pytest_asyncio.fixture
async def room() -> AsyncIterator[Newsroom]:
    async with Newsroom() as room:
        yield room


@pytest_asyncio.fixture
async def get(room: Newsroom) -> Get:
    async def get(url: str, method: str = "GET", timeout: float = 5, **headers: str) -> Got:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await asyncio.to_thread(ask, room.proxy_url, url, named, method, timeout)

    return get
