"""`run` and `once`: the daemon, and one pass."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import click

from racewire.cli.output import say
from racewire.cli.session import Session, config_option, pass_session

if TYPE_CHECKING:
    from crawler.store import CrawlReport
    from scheduler.setup import Setup


@click.command()
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option(
    "--watchdog",
    type=click.FloatRange(min=1),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="End with 70 when nothing has moved for so long.",
)
@config_option
@pass_session
def run(session: Session, verbose: bool, watchdog: float) -> int:
    """The daemon: crawl every source when it is due, send alerts as they come.

    It begins with every source that is due, writes one line a crawl to stderr, reads the config files again when one of them changes
    (or on SIGHUP), and ends in order on SIGTERM or Ctrl-C.
    """
    from scheduler.daemon import Daemon
    from scheduler.lock import InstanceLock
    from scheduler.logs import set_up
    from scheduler.setup import load_setup
    from scheduler.surroundings import check_packages

    check_packages()
    set_up(verbose)
    setup = load_setup(session.file)

    async def work() -> int:
        return await Daemon(setup, watchdog_limit=watchdog).run()

    with InstanceLock(setup.config.database):
        return asyncio.run(work())


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Store nothing and send nothing; print the alerts that would be sent.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@config_option
@pass_session
def once(session: Session, sources: tuple[str, ...], dry_run: bool, verbose: bool) -> int:
    """One pass over every source (or those named), deliveries until none is due, then the end.

    Ends with 4 where some sources failed, with 75 where a daemon holds the database.
    """
    from scheduler.logs import set_up
    from scheduler.once import wanted
    from scheduler.setup import load_setup
    from scheduler.surroundings import check_packages

    check_packages()
    set_up(verbose)
    setup = load_setup(session.file)

    with _Progress(len(wanted(setup, sources))) as progress:
        if dry_run:
            return asyncio.run(_rehearse(setup, sources, progress))
        from scheduler.lock import InstanceLock
        from scheduler.once import one_pass

        with InstanceLock(setup.config.database):
            done = asyncio.run(one_pass(setup, sources, progress=progress.step))
    say(_summary(done.reports, len(done.alerts)))
    return done.exit_code


async def _rehearse(setup: Setup, sources: tuple[str, ...], progress: _Progress) -> int:
    from zoneinfo import ZoneInfo

    from alerts.ledger import alert_data
    from alerts.render import terminal
    from scheduler.once import rehearsal

    zone = ZoneInfo(setup.config.timezone)
    async with rehearsal(setup, sources, progress=progress.step) as (done, connection):
        progress.end()
        for alert_id in done.alerts:
            click.echo(
                terminal(
                    alert_data(connection, alert_id), zone=zone, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR")
                )
            )
    say(_summary(done.reports, len(done.alerts)) + "; nothing was stored or sent")
    return done.exit_code


def _summary(reports: tuple[CrawlReport, ...], alerts: int) -> str:
    failed = sorted(report.source_id for report in reports if report.problem)
    new, copies, revisions = (sum(getattr(report, name) for report in reports) for name in ("new", "copies", "revisions"))
    text = f"{len(reports)} sources: {new} new articles, {copies} copies, {revisions} revisions, {alerts} alerts"
    return text + (f"; failed: {', '.join(failed)}" if failed else "")


class _Progress:
    """A bar on a terminal, nothing elsewhere."""

    def __init__(self, count: int) -> None:
        self._bar = (
            click.progressbar(length=count, label="sources", file=sys.stderr) if sys.stderr.isatty() and count > 1 else None
        )

    def __enter__(self) -> _Progress:
        if self._bar is not None:
            self._bar.render_progress()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def step(self, report: CrawlReport) -> None:
        if self._bar is not None:
            self._bar.update(1)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
