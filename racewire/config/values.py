"""The values that config files write as text: lengths of time, sizes, rates, addresses, zones, codes.

Each function takes what the file holds and gives the value, or raises Mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from racewire.addresses import literal_address, split_host_port
from racewire.config.codes import COUNTRIES, LANGUAGES, MEANT_COUNTRIES, MEANT_LANGUAGES
from racewire.config.suggest import closest
from racewire.config.wording import Mistake, shown

SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
SIZES = {"B": 1, "kB": 1000, "MB": 1000**2, "GB": 1000**3, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}

_PART = re.compile(r"(\d{1,9}(?:\.\d{1,6})?) ?(ms|[smhd])")
_LOOSE = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*([A-Za-zµ]*)")
_RATE = re.compile(r"(\d{1,6}) ?/ ?([smhd])")
_MAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]{1,255}")


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` in any `per_s` seconds."""

    count: int
    per_s: float


def seconds(value: object) -> float:
    """`"200ms"`, `"10m"`, `"1h30m"` in seconds."""
    parts = _PART.findall(value) if isinstance(value, str) else []
    if isinstance(value, str) and parts and _PART.sub("", value).strip() == "":
        return sum(float(number) * SECONDS[unit] for number, unit in parts)
    raise Mistake(f"{shown(value)} is not a length of time", _meant_seconds(value))


def _meant_seconds(value: object) -> str:
    loose = _LOOSE.fullmatch(str(value).strip()) if not isinstance(value, bool) else None
    if loose is None:
        return 'write a number and its unit, such as "30s" (ms s m h d)'
    unit = loose[2].casefold()
    short = "ms" if unit.startswith(("ms", "milli")) else unit[:1] if unit[:1] in ("s", "m", "h", "d") else "" if unit else "s"
    if unit.startswith("mo") or not short:
        return 'write a number and its unit, such as "30s" (ms s m h d)'
    return f"did you mean '\"{loose[1]}{short}\"'? (ms s m h d)"


def duration(value: float) -> str:
    """Seconds as a config file writes them: the largest unit that keeps the number whole."""
    for unit in ("d", "h", "m", "s"):
        if value >= SECONDS[unit] and value % SECONDS[unit] == 0:
            return f"{int(value // SECONDS[unit])}{unit}"
    return f"{round(value * 1000, 3):.15g}ms" if value else "0s"


def size(value: object) -> int:
    """`"8MB"` in bytes: kB MB GB count by 1000, KiB MiB GiB by 1024."""
    loose = _LOOSE.fullmatch(value.strip()) if isinstance(value, str) else None
    if loose and loose[2] in SIZES:
        return int(float(loose[1]) * SIZES[loose[2]])
    help = 'write a number and its unit, such as "8MB" (B kB MB GB KiB MiB GiB)'
    if loose and (near := closest(loose[2] if len(loose[2]) > 1 else loose[2] + "B", SIZES)):
        help = f"did you mean '\"{loose[1]}{near}\"'? (B kB MB GB KiB MiB GiB)"
    elif isinstance(value, int) and not isinstance(value, bool):
        help = f"did you mean '\"{value}B\"'? (B kB MB GB KiB MiB GiB)"
    raise Mistake(f"{shown(value)} is not a size", help)


def sized(value: int) -> str:
    """Bytes as a config file writes them."""
    for unit in ("GiB", "GB", "MiB", "MB", "KiB", "kB"):
        if value and value % SIZES[unit] == 0:
            return f"{value // SIZES[unit]}{unit}"
    return f"{value}B"


def rate(value: object) -> Rate | None:
    """`"30/m"`; None for `"off"`."""
    if value == "off":
        return None
    found = _RATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found and int(found[1]) > 0:
        return Rate(int(found[1]), SECONDS[found[2]])
    number = re.match(r"\s*(\d{1,6})", str(value))
    unit = re.search(r"(?:/|per)\s*([smhd])", str(value))
    help = 'write how many in which time, such as "30/m" (s m h d), or "off"'
    if number and int(number[1]) > 0 and not isinstance(value, bool):
        help = f'did you mean \'"{number[1]}/{unit[1] if unit else "m"}"\'? (s m h d, or "off")'
    raise Mistake(f"{shown(value)} is not a rate", help)


def zone(value: str) -> str:
    """A name of the IANA time zone database."""
    try:
        ZoneInfo(value)
    except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        pass
    except KeyError:
        pass
    else:
        return value
    names = available_timezones()
    cities = {name.rpartition("/")[2]: name for name in sorted(names, reverse=True)}
    near = closest(value, names) or (cities[city] if (city := closest(value.rpartition("/")[2], cities)) else None)
    raise Mistake(
        f"unknown time zone {shown(value)}", f"did you mean '{near}'?" if near else 'a name such as "Asia/Ho_Chi_Minh" or "UTC"'
    )


def language(value: str) -> str:
    """An ISO 639-1 code; `zh` for all Chinese."""
    if value in LANGUAGES:
        return value
    plain = value.casefold().replace("_", "-").partition("-")[0]
    near = plain if plain in LANGUAGES else MEANT_LANGUAGES.get(plain)
    raise Mistake(
        f"unknown language {shown(value)}",
        f"did you mean '{near}'?" if near else 'a code of two letters, such as "vi" (ISO 639-1)',
    )


def country(value: str) -> str:
    """An ISO 3166-1 alpha-2 code."""
    if value in COUNTRIES:
        return value
    plain = value.strip().upper()
    near = MEANT_COUNTRIES.get(plain) or (plain if plain in COUNTRIES else None)
    raise Mistake(
        f"unknown country {shown(value)}",
        f"did you mean '{near}'?" if near else 'a code of two letters, such as "VN" (ISO 3166-1)',
    )


def identifier(value: str) -> str:
    """A name that commands and logs can use: small letters, digits, `-`, `_` and `.`."""
    if re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,99}", value):
        return value
    plain = re.sub(r"[^a-z0-9._]+", "-", value.casefold()).strip("-._")[:100]
    raise Mistake(
        f"{shown(value)} is not a name: small letters, digits, - _ and .", f"did you mean '{plain}'?" if plain else None
    )


def channel_name(value: str) -> str:
    """The name of a channel: letters, digits, `-` and `_`."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", value):
        return value
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", value).strip("-")[:64]
    raise Mistake(
        f"{shown(value)} is not a channel's name: letters, digits, - and _", f"did you mean '{plain}'?" if plain else None
    )


def web_address(value: str, usual: str = "https") -> str:
    """An absolute http or https address; `usual` is the scheme to suggest where there is none."""
    plain = value.strip()
    try:
        parts = urlsplit(plain)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise Mistake("this is not an address", "write it as https://host/path") from None
    if fine and plain == value and not re.search(r"[\s\x00-\x1f\x7f]", value):
        return value
    if fine:
        raise Mistake("an address has no blanks or control characters")
    scheme = parts.scheme
    if not scheme or (not parts.netloc and re.fullmatch(r"[\w.-]+(:\d+)?(/\S*)?", plain)):
        raise Mistake(
            "an address begins with http:// or https://", f"did you mean '{usual}://{_without_user(plain.lstrip('/'))}'?"
        )
    near = closest(scheme, ("http", "https"))
    rest = _without_user(plain[len(scheme) :].lstrip(":/"))
    raise Mistake(f"'{scheme}' is not http or https", f"did you mean '{near}://{rest}'?" if near and rest else None)


def _without_user(address: str) -> str:
    """What may be printed of an address: a user and password in it may not."""
    return re.sub(r"^[^/@]*@", "", address)


def proxy(value: str) -> str:
    """The http address of a proxy, with nothing behind the port."""
    web_address(value, "http")
    parts = urlsplit(value)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise Mistake(
            "a proxy's address ends after its port", f"did you mean '{parts.scheme}://{parts.netloc.rpartition('@')[2]}'?"
        )
    return value


def mail_address(value: str) -> str:
    """One plain mailbox: `name@host`."""
    if _MAIL.fullmatch(value) and not re.search(r"[\x00-\x1f\x7f]", value):
        return value
    inside = re.search(r"<([^<>]+)>", value)
    help = f"did you mean '{inside[1].strip()}'?" if inside else "write it as name@host"
    raise Mistake(f"{shown(value)} is not a mail address", help)


def private_address(value: str) -> str:
    """`127.0.0.1:8898`, `[::1]:25` or `name:25`: one host and port that may be dialled although it is not public."""
    try:
        _, port = split_host_port(value)
    except ValueError:
        network = "/" in value or "*" in value
        help = (
            "a network cannot be allowed, only one host and port" if network else 'write it like "127.0.0.1:8898" or "[::1]:25"'
        )
        raise Mistake(f"{shown(value)} is not HOST:PORT", help) from None
    if port == 0:
        raise Mistake(f"{port} is not a port", "ports go from 1 to 65535")
    return value


def is_loopback(host: str) -> bool:
    """True for localhost and the loopback addresses."""
    address = literal_address(host)
    return address is not None and address.is_loopback
