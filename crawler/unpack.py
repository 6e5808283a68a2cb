"""Content encodings, undone with a limit on what comes out and an eye on bodies that end too early.

Scrapy's own middleware takes a gzip body that was cut in the middle for a whole one; a page with half its paragraphs would
then be stored as the article.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli

from crawler.problems import Trouble

ACCEPT_ENCODING = "gzip, deflate, br"
_CHUNK = 1 << 16


def unpack(body: bytes, encoding: str, limit: int, url: str) -> bytes:
    """`body` without its Content-Encoding. Raises Trouble: `too-large` over `limit` bytes, `truncated`, `bad-encoding`.

    >>> import gzip
    >>> unpack(gzip.compress(b"news"), "gzip", 100, "http://a.example/")
    b'news'
    """
    steps = [step for step in (part.strip().lower() for part in encoding.split(",")) if step and step != "identity"]
    if len(steps) > 2:
        raise Trouble("bad-encoding", f"{url} is packed {len(steps)} times", "unreadable")
    for step in reversed(steps):
        undo = _UNPACKERS.get(step)
        if undo is None:
            raise Trouble("bad-encoding", f"{url} is packed as {step[:40]!r}, which was not asked for", "unreadable")
        body = undo(body, limit, url) if body else body
    return body


def gunzip(body: bytes, limit: int, url: str) -> bytes:
    """A gzip file, of one member or more, unpacked. Raises Trouble as `unpack` does."""
    return _inflate(body, limit, url, zlib.MAX_WBITS | 16)


def _deflate(body: bytes, limit: int, url: str) -> bytes:
    # RFC 9110 means zlib data; many servers have always sent raw deflate under that name
    wrapped = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _inflate(body, limit, url, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def _inflate(body: bytes, limit: int, url: str, window: int) -> bytes:
    out = bytearray()
    while body:
        unpacker = zlib.decompressobj(window)
        try:
            out += unpacker.decompress(body, limit + 1 - len(out))
        except zlib.error as error:
            raise Trouble("bad-encoding", f"{url} is not packed as it says: {error}", "failed") from None
        if len(out) > limit:
            raise _too_large(url, limit)
        if not unpacker.eof:
            raise Trouble("truncated", f"{url} ended in the middle of its packed body")
        body = unpacker.unused_data if window > zlib.MAX_WBITS else b""
        if not body.startswith(b"\x1f\x8b"):  # padding after the last member is harmless
            break
    return bytes(out)


def _unbrotli(body: bytes, limit: int, url: str) -> bytes:
    unpacker = brotli.Decompressor()
    out = bytearray()
    try:
        for start in range(0, len(body), _CHUNK):
            out += unpacker.process(body[start : start + _CHUNK], output_buffer_limit=limit + 1 - len(out))
            while len(out) <= limit and not unpacker.can_accept_more_data():
                out += unpacker.process(b"", output_buffer_limit=limit + 1 - len(out))
            if len(out) > limit:
                raise _too_large(url, limit)
    except brotli.error as error:
        raise Trouble("bad-encoding", f"{url} is not packed as it says: {error}", "failed") from None
    if not unpacker.is_finished():
        raise Trouble("truncated", f"{url} ended in the middle of its packed body")
    return bytes(out)


def _too_large(url: str, limit: int) -> Trouble:
    return Trouble("too-large", f"{url} unpacks to more than {limit} bytes", "unreadable")


_UNPACKERS: dict[str, Callable[[bytes, int, str], bytes]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
}
