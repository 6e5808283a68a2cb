"""`demo`: a small newsroom on this machine, crawled and alerted on with the real thing, with no network and no config."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from racewire.cli.output import say
from racewire.errors import UsageError

if TYPE_CHECKING:
    from alerts.channels import Channel
    from racewire.demo.newsroom import Newsroom
    from scheduler.setup import Setup

OURS = ("racewire.db", "racewire.db-wal", "racewire.db-shm", "racewire.toml", "rules.toml")
PAUSE = 8.0  # seconds between two passes of the longer demo


@click.command()
@click.option("--once", "only_once", is_flag=True, help="End after one pass.")
@click.option(
    "--folder",
    default="racewire-demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to work.",
)
def demo(only_once: bool, folder: Path) -> int:
    """Show it at work: a newsroom of six invented papers on this machine, crawled, read and alerted on.

    Needs no network and no config. Mails are written as .eml files into FOLDER/mail, and the config, the rules and the database
    stay in FOLDER, to be looked at with every other command. Without --once the newsroom goes on: one more round
    comes out, then a correction, until Ctrl-C.
    """
    with contextlib.suppress(KeyboardInterrupt):
        return asyncio.run(_work(folder, only_once))
    return 0


async def _work(folder: Path, only_once: bool) -> int:
    import logging

    from alerts.channels.folder import Folder
    from racewire.demo.newsroom import Newsroom
    from racewire.demo.workspace import write_workspace
    from scheduler.lock import InstanceLock
    from scheduler.setup import load_setup

    _take(folder)
    logging.getLogger().addHandler(logging.NullHandler())  # the summary says it
    with InstanceLock(folder / OURS[0]):  # first: another demo may work here
        _clear(folder)
        async with Newsroom() as room:
            setup = load_setup(write_workspace(folder, room.proxy_url))
            mail = folder / "mail"
            say(
                f"newsroom: {len(room.papers)} invented papers in {len({p.lang for p in room.papers})} languages behind {room.proxy_url}; one lies, one is broken"
            )
            zone = ZoneInfo(setup.config.timezone)
            channels = {"me": Folder(mail, to="you@example.org", sender="racewire@example.org", zone=zone)}
            await _passes(room, setup, channels, mail, only_once)
    return 0


async def _passes(room: Newsroom, setup: Setup, channels: Mapping[str, Channel], mail: Path, only_once: bool) -> None:
    from racewire.archive.store import open_reader
    from racewire.demo.papers import STEPS
    from racewire.demo.show import summary
    from scheduler.once import one_pass

    steps = list(STEPS)
    shown = 0
    while True:
        done = await one_pass(setup, channels=channels)
        if done.alerts or not shown:
            with closing(open_reader(setup.config.database)) as connection:
                click.echo(summary(connection, mail=mail, config=setup.config.file, zone=setup.config.timezone, after=shown))
            shown = max(done.alerts, default=shown)
        if only_once or done.interrupted:
            return
        await asyncio.sleep(PAUSE)
        if steps:
            step = steps.pop(0)
            say(f"newsroom: publishes {', '.join(room.publish(step))}")


def _take(folder: Path) -> None:
    """Makes the folder where it must be. Raises UsageError where the folder holds files of these names that no demo wrote."""
    from racewire.demo.workspace import is_workspace

    theirs = [name for name in (*OURS, "mail") if (folder / name).exists()]
    if theirs and not is_workspace(folder):
        raise UsageError(f"{folder / theirs[0]} is not the demo's, which would overwrite it: name another --folder")
    folder.mkdir(parents=True, exist_ok=True)


def _clear(folder: Path) -> None:
    """An earlier demo's files; what else lies in the folder is left alone."""
    for name in OURS:
        (folder / name).unlink(missing_ok=True)
    if (folder / "mail").is_dir():
        shutil.rmtree(folder / "mail")
