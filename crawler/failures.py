"""The exceptions of the downloader, as the trouble they stand for."""

from __future__ import annotations

import aiohttp
from scrapy import exceptions as scrapy_errors

from crawler.problems import State, Trouble


def from_exception(error: BaseException, url: str) -> Trouble:
    """The trouble that an exception of the downloader stands for."""
    if isinstance(error, Trouble):
        return error
    code, state = _code(error)
    return Trouble(code, f"{url}: {str(error) or type(error).__name__}", state)


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
