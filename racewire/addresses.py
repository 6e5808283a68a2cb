"""Which network addresses may be dialled: public ones, and those that the config names.

Crawler and channels ask `Policy.permits` about the address that is really being dialled, after names were resolved, so
neither a redirect nor a name that resolves differently the second time gets past it. Behind a proxy the name is resolved
elsewhere; there `Policy.permits_host` refuses at least what is a forbidden address in some spelling. Pure: no lookups here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address

# What is not a public unicast address, from the IANA special-purpose registries (RFC 6890 and its updates), multicast and
# reserved space, and the metadata service that lives on a public-looking address. Python's own `is_global` is not asked: it
# says yes to multicast, 6to4 relays and 168.63.129.16.
_NOT_PUBLIC_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # carrier-grade NAT, metadata of one cloud
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # metadata of another cloud
            "169.254.0.0/16",  # link-local, metadata of most clouds
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays, deprecated
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")  # the only space from which global unicast addresses are given out
_NOT_PUBLIC_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo among them
            "2001:db8::/32",  # documentation
            "3fff::/20",  # documentation
        ),
    )
)
_SIX_TO_FOUR = IPv6Network("2002::/16")  # carries an IPv4 address in bits 16 to 48
_NAT64 = IPv6Network("64:ff9b::/96")  # carries one in its last 32 bits


def literal_address(host: str) -> Address | None:
    """The address that `host` spells, or None where it is a name.

    Reads what resolvers read: brackets, a trailing dot, full-width digits and dots, and IPv4 in decimal, octal or hexadecimal with one to
    four parts (`127.1`, `0x7f000001`, `2130706433`). `localhost` and names under it count as loopback (RFC 6761).
    """
    host = unicodedata.normalize("NFKC", host).replace("。", ".").strip().strip("[]").rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return IPv4Address("127.0.0.1")
    try:
        return ip_address(host)
    except ValueError:
        return _loose_ipv4(host)


def _loose_ipv4(host: str) -> IPv4Address | None:
    """IPv4 as `inet_aton` reads it: each part in its own base, the last one filling all that is left."""
    parts = host.split(".")
    if len(parts) > 4:
        return None
    numbers = [_number(part) for part in parts]
    if None in numbers:
        return None
    *heads, last = [number for number in numbers if number is not None]
    if any(number > 255 for number in heads) or last >= 256 ** (4 - len(heads)):
        return None
    return IPv4Address(sum(number << (24 - 8 * place) for place, number in enumerate(heads)) + last)


def _number(part: str) -> int | None:
    if not part.isascii() or not part or len(part) > 20 or "_" in part or part[0] in "+-":
        return None
    try:
        if part.startswith("0x"):
            return int(part[2:] or "0", 16)
        return int(part, 8) if part.startswith("0") else int(part)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """Whether `address` is a public unicast address, looking through IPv4 that is wrapped in IPv6."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address in _PUBLIC_V6 and not any(address in network for network in _NOT_PUBLIC_V6)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return None


def split_host_port(entry: str) -> tuple[str, int]:
    """`"127.0.0.1:8898"` or `"[::1]:25"` as host and port. Raises ValueError with a sentence for anything else."""
    trouble = ValueError(f'{entry!r} is not HOST:PORT; write it like "127.0.0.1:8898" or "[::1]:25"')
    try:
        parts = urlsplit(f"//{entry}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise trouble from None
    if not host or port is None or parts.path or parts.query or parts.fragment or parts.username is not None:
        raise trouble
    return host, port


class Policy:
    """The rule of what may be dialled: public addresses, and the HOST:PORT pairs of `allow_private`.

    An entry whose host is an address allows that address and port. One whose host is a name allows whatever that name
    resolves to at that port, when the dial was asked for by that very name. Raises ValueError on an entry that is neither.
    """

    def __init__(self, allow_private: Iterable[str] = ()) -> None:
        self._addresses: set[tuple[Address, int]] = set()
        self._names: set[tuple[str, int]] = set()
        for entry in allow_private:
            host, port = split_host_port(entry)
            address = literal_address(host)
            if address is not None:
                self._addresses.add((_plain(address), port))
            if address is None or host.lower() == "localhost":
                self._names.add((host.lower(), port))

    def permits(self, address: str | Address, port: int, *, name: str | None = None) -> bool:
        """Whether `address` (as resolved) may be dialled at `port`; `name` is the host that was asked for, if known."""
        if isinstance(address, str):
            read = literal_address(address)
            if read is None:
                return False
            address = read
        if is_public(address) or (_plain(address), port) in self._addresses:
            return True
        return name is not None and (name.rstrip(".").lower(), port) in self._names

    def permits_host(self, host: str, port: int) -> bool:
        """Whether `host` may be asked of a proxy, which resolves it itself: no forbidden address in any spelling."""
        address = literal_address(host)
        return address is None or self.permits(address, port, name=host)


def _plain(address: Address) -> Address:
    """One form for an IPv4 address and the same mapped into IPv6."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
