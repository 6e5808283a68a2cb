"""Host names to addresses, in threads that nobody waits for at the end.

aiohttp resolves in the loop's own pool, and Python waits for that pool before it exits: a name server that does not answer
would hold up a stop by half a minute.
"""

from __future__ import annotations

import asyncio
import socket
import threading

from aiohttp.abc import AbstractResolver, ResolveResult


class DaemonResolver(AbstractResolver):
    """getaddrinfo, each look-up in a daemon thread of its own. How many run at once is bounded by how many hosts are asked at
    once."""

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[ResolveResult]] = loop.create_future()

        def settle(found: list[ResolveResult] | OSError) -> None:
            if answer.done():
                return
            if isinstance(found, OSError):
                answer.set_exception(found)
            else:
                answer.set_result(found)

        def look_up() -> None:
            found: list[ResolveResult] | OSError
            try:
                found = _results(host, port, family)
            except OSError as error:
                found = error
            except UnicodeError as error:  # a label that no name server could be asked for
                found = OSError(str(error))
            try:
                loop.call_soon_threadsafe(settle, found)
            except RuntimeError:  # the loop is closed; nobody waits any more
                return

        threading.Thread(target=look_up, name=f"resolve {host[:40]}", daemon=True).start()
        return await answer

    async def close(self) -> None:
        """Nothing is kept."""


def _results(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family, flags=socket.AI_ADDRCONFIG)
    return [
        ResolveResult(
            hostname=host, host=str(address[0]), port=int(address[1]), family=kind, proto=protocol, flags=socket.AI_NUMERICHOST
        )
        for kind, _, protocol, _, address in rows
    ]
