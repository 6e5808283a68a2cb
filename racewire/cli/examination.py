"""What `racewire doctor` looks at, one function a thing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from racewire.archive.store import open_reader
from racewire.archive.times import moment, stamp
from racewire.cli.session import Session
from racewire.config import Config
from racewire.errors import ConfigError, RacewireError

ROOM = 200 * 1024 * 1024  # bytes that should be free
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, whether it is well, a sentence, and the command that helps."""

    check: str
    ok: bool
    says: str
    next: str = ""


def examine(session: Session, *, offline: bool) -> Iterator[Finding]:
    """All findings. Without a config there is little to look at."""
    yield from _packages()
    try:
        config = session.config
    except ConfigError as error:
        yield Finding("config", False, str(error), "racewire check" if error.problems else "racewire init")
        return
    yield Finding("config", True, f"{config.file}, {len(config.sources())} sources on")
    yield _rules(session)
    yield from _disk(config)
    yield from _database(config)
    yield from _channels(config, offline=offline)
    yield _rates()


def _packages() -> Iterator[Finding]:
    """Our packages have plain names, so that another distribution may put its own in their place."""
    from scheduler.surroundings import strangers

    for name, place in strangers():
        says = f"the package {name} is not ours but the one in {place}"
        yield Finding("packages", False, says, "install racewire into an environment of its own")


def _rules(session: Session) -> Finding:
    try:
        rules = session.rules()
    except RacewireError as error:
        return Finding("rules", False, str(error), "racewire check")
    if rules is None:
        return Finding("rules", False, "no file of rules is named, so nothing is ever told", "racewire init shows how one looks")
    return Finding("rules", True, f"{session.config.rules}, {len(rules.rules)} rules")


def _disk(config: Config) -> Iterator[Finding]:
    folder = config.database.parent
    if not folder.is_dir():
        yield Finding("disk", False, f"the folder {folder} does not exist", f"mkdir -p {folder}")
    elif not os.access(folder, os.W_OK) or (config.database.exists() and not os.access(config.database, os.W_OK)):
        yield Finding("disk", False, f"{config.database} cannot be written", f"ls -ld {folder} {config.database}")
    else:
        free = shutil.disk_usage(folder).free
        if free < ROOM:
            yield Finding(
                "disk", False, f"only {free // 1024**2} MiB free in {folder}", "make room: a full disk stops the daemon"
            )
        else:
            yield Finding("disk", True, f"room in {folder}")


def _database(config: Config) -> Iterator[Finding]:
    if not config.database.exists():
        yield Finding("database", False, f"there is none at {config.database} yet", "racewire once")
        return
    try:
        with closing(open_reader(config.database, older=True)) as connection:
            mode = connection.execute("pragma journal_mode").fetchone()[0]
            wrong = connection.execute("pragma quick_check(1)").fetchone()[0]
            if wrong != "ok":
                yield Finding("database", False, f"{config.database} is damaged: {wrong}", "restore it from a backup")
                return
            count = connection.execute("select count(*) from articles").fetchone()[0]
            yield Finding("database", True, f"{config.database}, {mode}, {count} articles")
            yield _clock(connection)
            yield from _sources(connection)
            yield from _deliveries(connection)
            yield from _without_channel(connection, config)
    except (RacewireError, sqlite3.Error) as error:
        yield Finding("database", False, str(error), "racewire status")


def _clock(connection: sqlite3.Connection) -> Finding:
    """What was stored cannot lie in the future."""
    newest = connection.execute("select max(first_seen_at) from articles").fetchone()[0]
    now = datetime.now(UTC)
    if newest and moment(newest) > now + timedelta(minutes=5):
        return Finding("clock", False, f"it is {stamp(now)} here, yet an article was stored at {newest}", "timedatectl status")
    return Finding("clock", True, "in step with what is stored")


def _sources(connection: sqlite3.Connection) -> Iterator[Finding]:
    failing = connection.execute(
        "select id, problem, last_ok_at from sources where enabled and problem is not null order by id"
    ).fetchall()
    for id, problem, last in failing[:10]:
        yield Finding("source", False, f"{id} fails: {problem}, last well {last or 'never'}", f"racewire source try {id}")
    if len(failing) > 10:
        yield Finding("source", False, f"and {len(failing) - 10} more sources fail", "racewire status")
    if not failing:
        count = connection.execute("select count(*) from sources where enabled").fetchone()[0]
        yield Finding("sources", True, f"{count}, none failing")


def _deliveries(connection: sqlite3.Connection) -> Iterator[Finding]:
    since = stamp(datetime.now(UTC) - LATE)
    query = "select channel, count(*), max(last_error) from deliveries where {} group by channel order by channel"
    for channel, count, error in connection.execute(query.format("state = 'failed'")).fetchall():
        yield Finding("delivery", False, f"{count} to '{channel}' failed: {error}", "racewire deliveries --failed")
    late = connection.execute(
        query.format("state = 'waiting' and digest_id is null and attempts > 0 and created_at < ?"), (since,)
    ).fetchall()
    for channel, count, error in late:
        yield Finding(
            "delivery", False, f"{count} to '{channel}' wait for more than an hour: {error}", f"racewire send-test {channel}"
        )


def _without_channel(connection: sqlite3.Connection, config: Config) -> Iterator[Finding]:
    query = "select channel, count(*) from deliveries where state = 'waiting' group by channel order by channel"
    for channel, count in connection.execute(query).fetchall():
        if channel not in config.channel:
            says = f"{count} wait for '{channel}', which the config does not name any more"
            yield Finding("delivery", False, says, f"put [channel.{channel}] back into the config, and they are sent")


def _channels(config: Config, *, offline: bool) -> Iterator[Finding]:
    from alerts.channels import open_channels

    for name in config.channel:
        try:
            open_channels(config, [name])
        except RacewireError as error:
            yield Finding("channel", False, f"{name}: {error}", "racewire check")
        else:
            yield Finding("channel", True, f"{name} is set up; `racewire send-test {name}` shows whether it arrives")
    if config.smtp is not None and not offline:
        yield _mail_server(config)


def _mail_server(config: Config) -> Finding:
    """Connects, begins TLS and logs in, as a mail would; sends nothing."""
    from alerts.channels.email import Server
    from racewire.addresses import Policy

    smtp = config.smtp
    assert smtp is not None
    where = f"{smtp.host}:{smtp.port}"
    try:
        password = smtp.password.value() if smtp.password is not None else None
        policy = Policy(config.crawl.allow_private)
        server = Server(
            smtp.host, smtp.port, smtp.tls, policy=policy, timeout=config.delivery.timeout, user=smtp.user, password=password
        )
        server.open(smtp.from_.rpartition("@")[2]).quit()
    except (RacewireError, OSError) as error:  # smtplib's errors are OSErrors
        return Finding("mail", False, f"{where}: {error}", "look at [smtp] in the config, then: racewire doctor")
    return Finding("mail", True, f"{where} answers and takes the login" if smtp.user else f"{where} answers")


def _rates() -> Finding:
    from racewire.figures.rates import fixings

    last = fixings().last_day
    old = (datetime.now(UTC).date() - last).days
    return Finding("rates", old <= 45, f"exchange rates up to {last}", "" if old <= 45 else "racewire rates update")
