"""`racewire init`: the first two files."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import click

from racewire.cli.output import say
from racewire.errors import UsageError


@dataclass(frozen=True)
class Answers:
    """What `init` asks for. The mail server needs a login where it is not this machine."""

    contact: str = "you@example.org"
    timezone: str = "UTC"
    to: str = "you@example.org"
    host: str = "localhost"

    @property
    def local(self) -> bool:
        from racewire.config.values import is_loopback

        return is_loopback(self.host)


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing; change the example addresses afterwards.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.argument("folder", type=click.Path(file_okay=False), default=".")
def init(yes: bool, force: bool, folder: str) -> int:
    """Write a commented racewire.toml and rules.toml into FOLDER (default: here).

    Some well-known sources are on, some are written down but off, among them those behind a paywall.
    """
    from racewire.config.starters import known_sources

    config, rules = Path(folder) / "racewire.toml", Path(folder) / "rules.toml"
    there = [str(path) for path in (config, rules) if path.exists()]
    if there and not force:
        raise UsageError(f"{' and '.join(there)} {'are' if len(there) > 1 else 'is'} there already; --force writes over")
    answers = Answers(timezone=local_timezone()) if yes else _asked()
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(config_text(answers), "utf-8")
    rules.write_text((files("racewire.config") / "data" / "rules.toml").read_text("utf-8"), "utf-8")
    starters = [source.starter for source in known_sources() if source.starter]
    say(f"wrote {config} ({starters.count('on')} sources on, {starters.count('off')} off) and {rules} (3 rules with tests)")
    say("next: racewire check" if folder == "." else f"next: cd {folder} && racewire check")
    return 0


def _asked() -> Answers:
    from racewire.config.values import mail_address, zone

    contact = click.prompt("Your address, for site owners who want to reach you", value_proc=_checked(mail_address))
    timezone = click.prompt("Your time zone", default=local_timezone(), value_proc=_checked(zone))
    to = click.prompt("Send alerts to", default=contact, value_proc=_checked(mail_address))
    host = click.prompt("Through the mail server", default="localhost")
    return Answers(contact, timezone, to, host)


def _checked(check: Callable[[str], str]) -> Callable[[str], str]:
    """The question is asked again where the answer is wrong."""

    def checked(answer: str) -> str:
        try:
            return check(answer.strip())
        except Mistake as mistake:
            raise click.BadParameter(f"{mistake}; {mistake.help}" if mistake.help else str(mistake)) from None

    from racewire.config.wording import Mistake

    return checked


def config_text(answers: Answers) -> str:
    """The text of racewire.toml."""
    from racewire.config.starters import known_sources, table

    known = sorted((source for source in known_sources() if source.starter), key=lambda source: source.starter != "on")
    port = 25 if answers.local else 587
    fill = {
        "contact": answers.contact,
        "timezone": answers.timezone,
        "private": f'"{answers.host}:{port}"' if answers.local else "",
        "host": answers.host,
        "port": str(port),
        "tls": "none" if answers.local else "starttls",
        "from": answers.to,
        "login": "# " if answers.local else "",
        "user": answers.to,
        "to": answers.to,
        "sources": "\n".join(table(source, enabled=source.starter == "on") for source in known).rstrip(),
    }
    text = (files("racewire.config") / "data" / "racewire.toml").read_text("utf-8")
    for name, value in fill.items():
        text = text.replace(f"@{name}@", value.replace("\\", "\\\\") if name != "sources" else value)
    return text


def local_timezone() -> str:
    """The zone of this machine: $TZ, else what /etc/localtime points to, else UTC."""
    from racewire.config.values import zone
    from racewire.config.wording import Mistake

    target = os.path.realpath("/etc/localtime")
    for name in (os.environ.get("TZ", "").lstrip(":"), target.partition("/zoneinfo/")[2]):
        try:
            if name:
                return zone(name)
        except Mistake:
            continue
    return "UTC"
