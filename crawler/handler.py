"""The download handler: Scrapy's own for aiohttp, under our pace, guard, limits and stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.core.downloader.handlers._base_streaming import BaseStreamingDownloadHandler
from scrapy.exceptions import DownloadTimeoutError

from crawler.context import context_of
from crawler.net import asked_host
from crawler.pace import host_key
from crawler.problems import Trouble
from crawler.unpack import unpack

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Handler(AiohttpDownloadHandler):
    """Every request of every crawl goes through here, those for robots.txt included."""

    experimental: ClassVar[bool] = False  # else each crawl logs a warning

    def __init__(self, crawler: Crawler) -> None:
        # past the parent, which opens a session and reads the certificate store for each crawl; ours are shared
        BaseStreamingDownloadHandler.__init__(self, crawler)
        context = context_of(crawler)
        self._net = context.net
        self._visit = context.visit
        self._session = self._net.session
        self._ssl_context = self._net.ssl
        self._timeout: float = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")

    async def download_request(self, request: Request) -> Response:
        """Waits for the host's turn; the timeout counts from there to the end of the body. Raises Trouble besides Scrapy's
        own errors."""
        self._net.check(request.url)
        host = host_key(request.url)
        if self._visit.gave_up(host):
            raise Trouble("gave-up", f"{host} failed several times in a row and is left alone for now")
        return await self._visit.flights.run(self._in_turn(host, request))

    async def _in_turn(self, host: str, request: Request) -> Response:
        request.meta.setdefault("download_timeout", self._timeout)
        self._visit.must_go_on()
        async with self._net.pace.turn(host):
            self._visit.must_go_on()
            self._visit.requests += 1
            asked_host.set(urlsplit(request.url).hostname)
            try:
                response = await super().download_request(request)
            except Exception as error:
                self._visit.failed_to_answer(host, 2 if isinstance(error, DownloadTimeoutError) else 1)
                raise
        if response.status >= 500 or response.status == 429:
            self._visit.failed_to_answer(host)
        else:
            self._visit.answered(host)
        self._visit.bytes += len(response.body)
        encoding: list[bytes] = response.headers.getlist("Content-Encoding")
        if not encoding or not response.body:
            return response
        del response.headers["Content-Encoding"]
        packing = b",".join(encoding).decode("latin-1")
        return response.replace(body=unpack(response.body, packing, self._net.max_size, request.url))

    def _extract_proxy_url_with_creds(self, request: Request) -> str | None:
        # the configured one for all, whatever a request says: Scrapy's middlewares lose it for robots.txt
        return self._net.proxy

    async def close(self) -> None:
        """The session is not ours alone."""
