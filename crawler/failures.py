"""The exceptions of the downloader, as the trouble they stand for."""

from __future__ import annotations

import aiohttp
from scrapy import exceptions as scrapy_errors

from crawler.net import ForbiddenAddress, forbidden
from crawler.problems import State, Trouble

_SENTENCES = {
    "proxy": "the proxy could not be used",
    "certificate": "its certificate cannot be verified",
    "tls": "no secure connection could be made",
    "timeout": "did not answer in time",
    "dns": "its host name cannot be resolved",
    "unreachable": "no connection could be made",
    "truncated": "ended before its body was whole",
    "too-large": "is larger than max_size in [crawl]",
    "bad-scheme": "is no address that can be asked for",
    "reset": "closed the connection without an answer",
    "bad-answer": "answered with something that is not HTTP",
}


def from_exception(error: BaseException, url: str) -> Trouble:
    """The trouble that an exception of the downloader stands for."""
    if isinstance(error, Trouble):
        return error
    refused = getattr(error.__cause__, "os_error", None)
    if isinstance(refused, ForbiddenAddress):
        return forbidden(str(refused))
    code, state = _code(error)
    sentence = _SENTENCES.get(code) or f"failed: {type(error).__name__}: {error}"
    reason = getattr(error.__cause__, "strerror", None)
    return Trouble(code, f"{url[:300]} {sentence}" + (f" ({reason})" if isinstance(reason, str) else ""), state)


def _code(error: BaseException) -> tuple[str, State]:
    cause = error.__cause__
    if isinstance(cause, aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError):
        return "proxy", "failed"
    if isinstance(cause, aiohttp.ClientConnectorCertificateError):
        return "certificate", "failed"
    if isinstance(cause, aiohttp.ClientSSLError):
        return "tls", "failed"
    if isinstance(error, scrapy_errors.DownloadTimeoutError):
        return "timeout", "failed"
    if isinstance(error, scrapy_errors.CannotResolveHostError):
        return "dns", "failed"
    if isinstance(error, scrapy_errors.DownloadConnectionRefusedError):
        return "unreachable", "failed"
    if isinstance(error, scrapy_errors.ResponseDataLossError):
        return "truncated", "failed"
    if isinstance(error, scrapy_errors.DownloadCancelledError):
        return "too-large", "unreadable"
    if isinstance(error, scrapy_errors.UnsupportedURLSchemeError | scrapy_errors.NotSupported):
        return "bad-scheme", "refused"
    if isinstance(cause, aiohttp.ServerDisconnectedError | aiohttp.ClientOSError):
        return "reset", "failed"
    if isinstance(error, scrapy_errors.DownloadFailedError):
        return "bad-answer", "failed"
    return "internal", "failed"
