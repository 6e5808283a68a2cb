"""What happens to a request on its way out and to an answer on its way in: the gate, retries, redirects."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.exceptions import DownloadFailedError, ResponseDataLossError
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.context import Context, context_of
from crawler.failures import from_exception
from crawler.pace import LONGEST_HOLD, LONGEST_WAIT, host_key
from crawler.problems import Trouble
from crawler.settings import MOST_REDIRECTS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRY_AGAIN = frozenset({408, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_WAIT_AND_TRY = frozenset({429, 503})
_ROBOTS = "robots"  # mark of the requests for robots.txt itself


def retry_after(value: bytes | None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float | None:
    """Seconds that a Retry-After header asks for, 1 s to a day; None where it is missing or cannot be read."""
    if not value:
        return None
    text = value.decode("latin-1").strip()[:64]
    try:
        seconds = float(text) if text.isdigit() else (parsedate_to_datetime(text) - now()).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 1.0), LONGEST_HOLD) if math.isfinite(seconds) else None


class _Middleware:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.context: Context = context_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)


class Gate(_Middleware):
    """Lets out what may be asked: a permitted address that the robots.txt of its host allows."""

    async def process_request(self, request: Request) -> None:
        net = self.context.net
        net.check(request.url)
        if request.meta.get(_ROBOTS):
            return
        rules = await net.robots.rules(request.url, self._fetch)
        if rules.unreachable:
            raise Trouble("robots-unreachable", rules.unreachable)
        net.pace.slow_down(host_key(request.url), rules.delay)
        if not rules.allow(request.url):
            raise Trouble("robots", f"{request.url} is forbidden by robots.txt", "refused")

    async def _fetch(self, url: str) -> tuple[int, bytes]:
        request = Request(url, callback=NO_CALLBACK, meta={_ROBOTS: True}, priority=1000)
        try:
            response = await self.crawler.engine.download_async(request)
        except Trouble:
            raise
        except Exception as error:
            raise from_exception(error, url) from error
        return response.status, response.body


class Retries(_Middleware):
    """One more try for what may have been a hiccup, and the pause that a site asks for. The next pass is the real retry."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        status = response.status
        if status not in _TRY_AGAIN and status not in _WAIT_AND_TRY:
            return response
        wait = retry_after(response.headers.get("Retry-After")) if status in _WAIT_AND_TRY else None
        if wait is not None:
            self.context.net.pace.hold(host_key(request.url), wait)
        if wait is None and status == 429:
            return response
        if wait is not None and wait > LONGEST_WAIT:
            self.context.visit.backed_off(wait)
            return response
        again = self._again(request)
        if again is None and wait is not None:
            self.context.visit.backed_off(wait)
        return again or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        broken = (
            isinstance(exception, Trouble) and exception.problem in ("truncated", "bad-encoding") and exception.state == "failed"
        )
        if broken or isinstance(exception, DownloadFailedError | ResponseDataLossError):
            return self._again(request)
        return None

    @staticmethod
    def _again(request: Request) -> Request | None:
        if request.meta.get("again"):
            return None
        return request.replace(meta={**request.meta, "again": True})


class Redirects(_Middleware):
    """Follows up to MOST_REDIRECTS redirects, each to an http or https address; the gate judges each again."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in _REDIRECTS:
            return response
        hops = request.meta.get("hops", 0) + 1
        if hops > MOST_REDIRECTS:
            raise Trouble("redirects", f"{request.url} redirects more than {MOST_REDIRECTS} times")
        where = (response.headers.get("Location") or b"").decode("utf-8", "replace").strip()
        if not where:
            raise Trouble("bad-redirect", f"{request.url} redirects to nowhere", "unreadable")
        try:
            url = urljoin(request.url, where)
            if not url.lower().startswith(("http://", "https://")) or len(url) > 4_000:
                raise ValueError
            return request.replace(url=url, meta={**request.meta, "hops": hops, "again": False})
        except ValueError:
            raise Trouble("bad-redirect", f"{request.url} redirects to {where[:100]!r}", "refused") from None
