"""Opens connections for channels: to public addresses, and to those that the config allows, judged after names were resolved."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import ip_address

from racewire.addresses import Policy, literal_address
from racewire.errors import DeliveryError


class Forbidden(DeliveryError):
    """A host stands at an address that may not be dialled."""


def permitted(policy: Policy, host: str, port: int, addresses: Sequence[str]) -> list[str]:
    """Those of the addresses of `host` that may be dialled. Raises Forbidden where there are none."""
    allowed = [address for address in addresses if policy.permits(address, port, name=host)]
    if not allowed:
        raise Forbidden(f'{host}:{port} is no public address; add "{host}:{port}" to allow_private in [crawl] if it is yours')
    return allowed


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order of the resolver. Raises OSError."""
    literal = literal_address(host)
    if literal is not None and host.lower() != "localhost":
        return [str(literal)]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial(policy: Policy, host: str, port: int, timeout: float | None, *, loopback_only: bool = False) -> socket.socket:
    """A connected socket. Raises OSError, or Forbidden before anything was dialled."""
    addresses = permitted(policy, host, port, resolve(host, port))
    if loopback_only and not all(ip_address(address).is_loopback for address in addresses):
        raise Forbidden(f'{host} is another machine: tls = "none" in [smtp] is for this machine only', final=False)
    for place, address in enumerate(addresses):
        try:
            return socket.create_connection((address, port), timeout)
        except OSError:
            if place == len(addresses) - 1:
                raise
    raise AssertionError("permitted gives at least one address")
