"""Who may ask, how, and what every answer says of itself.

The pages have no login, so that only programs on this machine should reach them. A page of some other site could still make a browser ask
for us under a name that it points to 127.0.0.1 (DNS rebinding); the Host header gives that away.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
METHODS = ("GET", "HEAD")
LONGEST_QUERY = 2000


class Guard:
    """Refuses other methods than GET and HEAD (405), unknown hosts and overlong addresses (400); adds the headers to every answer."""

    def __init__(self, app: ASGIApp, *, host: str) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if scope["method"] not in METHODS:
            return PlainTextResponse(
                "these pages can only be read: GET and HEAD\n", status_code=405, headers={"Allow": ", ".join(METHODS)}
            )
        if not allowed(Headers(scope=scope).getlist("host"), self._host):
            return PlainTextResponse("these pages are not served under this host name\n", status_code=400)
        if len(scope["query_string"]) > LONGEST_QUERY:
            return PlainTextResponse("the address is too long\n", status_code=400)
        return None


def allowed(hosts: Iterable[str], listened: str) -> bool:
    """Whether a Host header, with or without port, is a loopback name or address, or what was listened on.

    Where that was every address of the machine, any literal address will do: no name can be made to point at us then.
    """
    values = list(hosts)
    if len(values) != 1:
        return False
    name = _without_port(values[0].lower())
    if name in ("localhost", listened.lower()):
        return True
    try:
        address = ipaddress.ip_address(name)
        everywhere = ipaddress.ip_address(listened).is_unspecified
    except ValueError:
        return _is_loopback(name)
    return address.is_loopback or everywhere


def _without_port(host: str) -> str:
    if host.startswith("["):
        inside, closing, rest = host[1:].partition("]")
        return inside if closing and (not rest or rest[0] == ":") else ""
    name, _, port = host.partition(":")
    return name if not port or port.isdecimal() else ""


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
