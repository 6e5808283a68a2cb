"""What Scrapy's components of one crawl need from us, handed over on the crawler.

Not through the settings: those are copied deeply for each crawler, and a lock cannot be copied.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from crawler.problems import Trouble

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.net import Net
    from crawler.store import Store
    from crawler.visit import Visit
    from crawler.workers import Workers

P = ParamSpec("P")
T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Context:
    """`net`, `workers`, `store` and `claimed` are shared by all crawls of the process; `visit` is this crawl's own."""

    net: Net
    workers: Workers
    store: Store
    visit: Visit
    claimed: set[str]  # the URL keys that some crawl of the process is about to ask for
    entities: tuple[str, int] | None = None  # the entities file, and when it was changed

    async def work(self, url: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function` in a worker, for what came from `url`. Raises Trouble only: a mistake of ours costs this page and is
        logged."""
        try:
            return await self.visit.flights.run(self.workers.run(function, *args, **kwargs))
        except Trouble:
            raise
        except Exception as error:
            trouble = Trouble("internal", f"reading {url} failed: {type(error).__name__}: {error}")
            _log.error("%s", trouble)
            raise trouble from error


def attach(crawler: Crawler, context: Context) -> None:
    crawler.racewire = context  # type: ignore[attr-defined]


def context_of(crawler: Crawler) -> Context:
    context: Context = crawler.racewire  # type: ignore[attr-defined]
    return context
