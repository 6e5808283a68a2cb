"""Crawls of a small web on loopback, with the reading done in this process and by a reader of three lines."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from typing import ParamSpec, TypeVar

import pytest

from crawler.runner import Runner
from crawler.store import MemoryStore
from crawler.workers import Workers
from racewire.config import Crawl, Source
from racewire.model import Record
from tests.crawler.site import Site, open_site

P = ParamSpec("P")
T = TypeVar("T")


class Inline(Workers):
    """Reads in this process, at once."""

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)


def plain_reader(body: bytes, url: str, **_: object) -> Record:
    text = body.decode("utf-8", "replace")
    title = re.search("<title>(.*?)</title>", text)
    words = " ".join(re.findall("<p>(.*?)</p>", text))
    return Record(url, title=title[1] if title else "", text=words, problem=None if words else "empty")


@pytest.fixture(autouse=True)
def _plain_reading(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "real_reading" not in request.fixturenames:
        monkeypatch.setattr("crawler.articles.read_article", plain_reader)


@pytest.fixture
def real_reading() -> None:
    """Asked for by tests that read with racewire.analysis, in real workers."""


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with open_site() as site:
        yield site


class Desk:
    """A store and a runner that may dial `site`, and nothing else that is private."""

    def __init__(self, site: Site, *, workers: Workers | None = None, **crawl: object) -> None:
        settings = {"contact": "desk@example.org", "delay": "0ms", "timeout": "2s", "allow_private": site.allowed, **crawl}
        self.site = site
        self.config = Crawl.model_validate(settings)
        self.store = MemoryStore()
        self.runner = Runner(self.config, self.store, workers=workers or Inline(1))

    def source(self, path: str, kind: str = "feed", **more: object) -> Source:
        return Source.model_validate({"id": f"{kind}-source", "url": self.site.url(path), "kind": kind, **more})


@pytest.fixture
async def desk(site: Site) -> AsyncIterator[Desk]:
    desk = Desk(site)
    yield desk
    await desk.runner.stop()
