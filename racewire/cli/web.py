"""`racewire web`: read-only pages over the database, for a browser on this machine."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from racewire.cli.output import put, say
from racewire.cli.session import Session, config_option, debugging, pass_session
from racewire.errors import ConfigError, StoreError, UsageError

if TYPE_CHECKING:
    from alerts.rules.compile import CompiledRule
    from racewire.web.site import Rulebook, RuleEntry

MISSING = "the pages need starlette and uvicorn, which are not installed: pip install 'racewire[web]', in a checkout '.[web]'"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8900, show_default=True, help="The port; 0 takes a free one.")
@click.option("--open", "browse", is_flag=True, help="Show it in the browser.")
@config_option
@pass_session
def web(session: Session, host: str, port: int, browse: bool) -> int:
    """Show the database as pages: stories, names, money, alerts, rules, sources and search.

    Nothing can be changed there, and nothing is loaded from elsewhere. There is no login: whoever reaches the address reads everything.
    Needs the extra `racewire[web]`. Prints the address and goes on until Ctrl-C.
    """
    try:
        import uvicorn

        from racewire.web.app import application
        from racewire.web.site import Site
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        raise UsageError(MISSING) from None

    with session.reading():  # there is a database, and its tables are those of today
        site = Site(
            session.config.database,
            session.gazetteer(),
            zone=ZoneInfo(session.config.timezone),
            rulebook=lambda: _rulebook(session),
            host=host,
        )
    listening = _listen(host, port)
    with listening:
        address = _address(host, listening.getsockname()[1])
        if not _is_loopback(listening.getsockname()[0]):
            say(f"anyone who reaches {host} can read everything: these pages have no login")
        put(address)
        say("Ctrl-C ends it")
        if browse:
            click.launch(address)
        config = uvicorn.Config(
            application(site, verbose=debugging()),
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            limit_concurrency=100,
            timeout_graceful_shutdown=3,
        )
        asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the first address of `host`. Raises StoreError where the port is taken, UsageError for an unknown host."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError):
        raise UsageError(f"--host: '{host[:100]}' is no address of this machine") from None
    try:
        return socket.create_server(place[:2], family=family)
    except OSError as error:
        raise StoreError(
            f"cannot listen on {host}, port {port}: {(error.strerror or str(error)).lower()}; --port takes another one"
        ) from error


def _address(host: str, port: int) -> str:
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/"
    if literal.is_unspecified:
        literal = ipaddress.ip_address("127.0.0.1" if literal.version == 4 else "::1")
    return f"http://[{literal}]:{port}/" if literal.version == 6 else f"http://{literal}:{port}/"


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _rulebook(session: Session) -> Rulebook:
    """The rules as they stand in their file now."""
    from racewire.web.site import Rulebook

    try:
        rules = session.rules()
    except (ConfigError, OSError):
        return Rulebook(problem="The file of rules cannot be read; racewire check says what is wrong. Below is what was sent.")
    return Rulebook(tuple(map(_entry, rules.rules)) if rules else ())


def _entry(rule: CompiledRule) -> RuleEntry:
    from alerts.rules import tree
    from racewire.web.site import RuleEntry

    send = rule.rule.send
    rhythm = f"digest at {send.digest}" if send.digest else f"once per {send.once_per}"
    return RuleEntry(
        rule.id,
        rule.title,
        rule.rule.severity,
        tuple(clause.words for clause in tree.clauses(rule.when)),
        tuple(clause.words for clause in tree.clauses(rule.unless)) if rule.unless else (),
        tuple(send.to),
        rhythm,
    )
