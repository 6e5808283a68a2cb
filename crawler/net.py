"""The network as all crawls of the process see it: one session, one guard, one pace, one memory of robots.txt files."""

from __future__ import annotations

import socket
import ssl
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import certifi
from scrapy.core.downloader.handlers._aiohttp import _ClientResponse

from crawler.pace import Pace
from crawler.problems import Trouble
from crawler.resolver import DaemonResolver
from crawler.robots import Robots
from racewire.addresses import Policy

if TYPE_CHECKING:
    from racewire.config import Crawl

_PORTS = {"http": 80, "https": 443}
_MOST_HEADERS = 1_000  # sites send hundreds of cookies; 20,000 lines are an attack
_LONGEST_HEADER = 16_384

# The host that the request under way asks for; the socket factory below sees only addresses.
asked_host: ContextVar[str | None] = ContextVar("asked_host", default=None)


class ForbiddenAddress(OSError):
    """An address that may not be dialled. An OSError, so that the next address of the same name is tried; its words name no
    address, because what dials keeps an error only where all of them say the same."""


class Net:
    """Must be made, and closed, inside the running loop."""

    def __init__(self, crawl: Crawl) -> None:
        self.proxy = crawl.proxy or None
        self.policy = Policy(crawl.allow_private)
        self.max_size = crawl.max_size
        self.pace = Pace(crawl.delay)
        self.robots = Robots()
        self.ssl = _certificates()
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, resolver=DaemonResolver(), socket_factory=self._socket, ttl_dns_cache=60),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            response_class=_ClientResponse,
            max_headers=_MOST_HEADERS,
            max_field_size=_LONGEST_HEADER,
            max_line_size=_LONGEST_HEADER,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )

    def check(self, url: str) -> None:
        """Raises Trouble where `url` may not be asked for, as far as its spelling tells.

        The address that a name resolves to is judged when it is dialled. Behind a proxy that happens elsewhere, so there this
        is all that keeps a literal private address from being asked for.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError:
            raise Trouble("bad-scheme", f"{url[:200]} is not an address", "refused") from None
        if parts.scheme not in _PORTS or not host:
            raise Trouble("bad-scheme", f"{url[:200]} is neither http nor https", "refused")
        if not self.policy.permits_host(host, port):
            raise forbidden(f"{host}:{port} is not a public address")

    def _socket(self, address: aiohttp.connector.AddrInfoType) -> socket.socket:
        """A socket for one address that is about to be dialled, after names were resolved. The configured proxy is always
        allowed."""
        family, kind, protocol, _, target = address
        host, port = str(target[0]), int(target[1])
        name = asked_host.get()
        if self.proxy is None and not self.policy.permits(host.partition("%")[0], port, name=name):
            raise ForbiddenAddress(f"{name or host}:{port} leads to an address that is not public")
        return socket.socket(family, kind, protocol)

    async def close(self) -> None:
        await self.session.close()


def _certificates() -> ssl.SSLContext:
    """The machine's own certificate authorities, or certifi's where it has none, as in bare containers."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not paths.cafile and not (paths.capath and any(Path(paths.capath).iterdir())):
        context.load_verify_locations(certifi.where())
    return context


def forbidden(what: str) -> Trouble:
    return Trouble("forbidden-address", f"{what}; name it in [crawl] allow_private if it may be asked", "refused")
