"""Standard Webhooks over HTTP(S): signed, never redirected, dialled only where it may be, little of the answer read."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Callable, Iterable
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from alerts.channels.base import Message
from alerts.channels.dial import Forbidden, permitted, resolve
from alerts.channels.payload import webhook_body
from alerts.channels.signing import read_keys, sign
from alerts.channels.threads import in_thread
from racewire import __version__
from racewire.addresses import Policy
from racewire.errors import DeliveryError

MOST_OF_ANSWER = 4096  # bytes
CONNECT_SECONDS = 5.0
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 86_400.0


class Webhook:
    """One address. `timeout` is in seconds, for a whole attempt. Raises ConfigError for a secret that is none."""

    in_flight = 32

    def __init__(self, url: str, secret: str, *, policy: Policy, timeout: float, clock: Callable[[], float] = time.time) -> None:
        self._url = url
        self._clock = clock
        self._keys = read_keys(secret)
        self._timeout = timeout
        self._policy = policy
        self._client: httpx.AsyncClient | None = None
        self.place = _place(url)

    def compose(self, message: Message) -> str:
        return webhook_body(message)

    async def send(self, id: str, body: str) -> None:
        content = body.encode()
        timestamp = int(self._clock())  # of the attempt: the receiver refuses what is older than five minutes
        headers = {
            "content-type": "application/json",
            "user-agent": f"racewire/{__version__}",
            "webhook-id": id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": sign(self._keys, id, timestamp, content),
        }
        try:
            async with asyncio.timeout(self._timeout):
                await self._post(content, headers)
        except TimeoutError:
            raise DeliveryError(f"{self.place} did not answer within {self._timeout:g} s") from None
        except Forbidden:
            raise
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ssl.SSLError) as error:
            raise DeliveryError(f"{self.place}: {_reason(error)}") from None

    async def _post(self, content: bytes, headers: dict[str, str]) -> None:
        if self._client is None:
            self._client = _client(self._policy)
        async with self._client.stream("POST", self._url, content=content, headers=headers) as answer:
            if answer.is_success:
                return
            said = await _beginning(answer)
            raise _refusal(self.place, answer, said)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def _client(policy: Policy) -> httpx.AsyncClient:
    for name in ("httpx", "httpcore"):  # they would log whole addresses, which are often secret
        logging.getLogger(name).setLevel(logging.WARNING)
    transport = _GuardedTransport(policy)
    timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)
    return httpx.AsyncClient(transport=transport, timeout=timeout, trust_env=False, follow_redirects=False)


async def _beginning(answer: httpx.Response) -> str:
    """The first bytes of an answer, as they came: nothing is unpacked."""
    said = b""
    async for piece in answer.aiter_raw(MOST_OF_ANSWER):
        said += piece
        if len(said) >= MOST_OF_ANSWER:
            break
    text = said[:200].decode("utf-8", "replace") if "content-encoding" not in answer.headers else ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _refusal(place: str, answer: httpx.Response, said: str) -> DeliveryError:
    status = answer.status_code
    words = f"{place} answered {status}{f': {said}' if said else ''}"
    if 300 <= status < 400:
        words = f"{place} answered {status}, a redirect, which is not followed: put the final address into the config"
    return DeliveryError(words, final=status == 410, retry_after=_pause(answer.headers.get("retry-after")))


def _pause(value: str | None) -> float | None:
    """Seconds that a Retry-After asks for, between one second and a day; None where it asks for nothing that can be read."""
    if value is None:
        return None
    try:
        seconds = float(value) if value.strip().isdecimal() else parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(LONGEST_PAUSE, max(SHORTEST_PAUSE, seconds))


def _place(url: str) -> str:
    """Scheme, host and port: paths, queries and passwords of a webhook are often secret."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}"


def _reason(error: Exception) -> str:
    """What failed, without the address; the innermost cause says most."""
    cause: BaseException = error
    while (inner := cause.__cause__ or cause.__context__) is not None and str(inner):
        cause = inner
    text = getattr(cause, "strerror", None) or str(cause) or type(error).__name__
    return text.splitlines()[0][:200]


class _GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over connections that the policy allows. It has no setting for the way sockets are opened, so its pool is replaced."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(trust_env=False)
        self._pool: Any = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=Webhook.in_flight,
            keepalive_expiry=20.0,
            network_backend=_GuardedBackend(policy),
        )


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves names itself and dials only addresses that were looked at; TLS still checks the name."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._inner: httpcore.AsyncNetworkBackend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the interface of httpcore)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await in_thread(lambda: resolve(host, port), name="resolver")
        except OSError as error:
            raise httpcore.ConnectError(f"cannot find {host}: {error.strerror or error}") from None
        last: Exception | None = None
        for address in permitted(self._policy, host, port, addresses):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError(f"cannot reach {host}")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise httpcore.UnsupportedProtocol("webhooks go over TCP only")

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)
