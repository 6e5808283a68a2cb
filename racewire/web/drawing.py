"""Templates: sandboxed, escaping, strict about names; what they print is cleaned of control and direction characters."""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from racewire.render import times
from racewire.render.clean import address, cut, inner, language
from racewire.render.money import brief, has_usd


@lru_cache(maxsize=8)
def templates(zone: tzinfo) -> ImmutableSandboxedEnvironment:
    """The environment for readers in a time zone."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "href": address,
        "language": language,
        "cut": cut,
        "count": counted,
        "number": "{:,.4g}".format,
        "usd": lambda figure: brief(figure) if has_usd(figure) else "",
        "moment": lambda text: _moment(text, zone),
        "day": lambda text: _day(text, zone),
    }
    environment.globals |= {"zone": times.place(zone)}
    return environment


def _clean(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, (Undefined, Markup)):
        return value
    return inner(value) if isinstance(value, str) else value


def counted(number: int, what: str, many: str = "") -> str:
    """`1 story`, `2 stories`."""
    return f"{number:,} {what if number == 1 else many or what + 's'}".replace(",", "\u202f")


def _moment(text: str | None, zone: tzinfo) -> str:
    """`29 Jun 2023, 08:12`; "" for none."""
    moment = times.read(text)
    return f"{times.day(moment, zone)}, {times.clock(moment, zone)}" if moment else ""


def _day(text: str | None, zone: tzinfo) -> str:
    moment = times.read(text)
    return times.day(moment, zone) if moment else ""
