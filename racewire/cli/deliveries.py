"""`racewire deliveries`: what was sent, waits or failed."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from racewire.cli import completing
from racewire.cli.output import Form, print_rows, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import UsageError

WHOLE = ("id", "created_at", "alert_id", "channel", "kind", "state", "attempts", "delivered_at", "next_at", "last_error")
COLUMNS = ("id", "alert_id", "channel", "state", "attempts", "delivered_at", "next_at", "last_error")
QUERY = """
select {columns} from deliveries where (:state is null or state = :state) and (:channel is null or channel = :channel)
order by created_at desc, rowid desc limit :limit
"""


@click.group(invoke_without_command=True)
@click.option("--failed", is_flag=True, help="Only those that were given up.")
@click.option("--waiting", is_flag=True, help="Only those that will be tried (again).")
@click.option("--channel", metavar="NAME", shell_complete=completing.channels, help="Only those to this channel.")
@click.option("--limit", type=int, default=-1, help="At most so many, newest first; default: all.")
@row_options
@config_option
@click.pass_context
def deliveries(ctx: click.Context, failed: bool, waiting: bool, channel: str | None, limit: int, form: Form | None) -> int:
    """List what was sent, what waits and what failed, newest first."""
    if ctx.invoked_subcommand is not None:
        return 0
    session = ctx.find_object(Session)
    assert session is not None
    if failed and waiting:
        raise UsageError("a delivery cannot have failed and wait: give one of --failed and --waiting")
    state = "failed" if failed else "waiting" if waiting else None
    with session.reading() as connection:
        query = QUERY.format(columns=", ".join(WHOLE))
        rows = connection.execute(query, {"state": state, "channel": channel, "limit": limit}).fetchall()
    if not print_rows(map(dict, rows), form, WHOLE if form else COLUMNS):
        say("no delivery" + (f" is {state}" if state else " yet"))
    return 0


@deliveries.command()
@click.argument("id")
@config_option
@pass_session
def replay(session: Session, id: str) -> int:
    """Send a delivery once more, under the id that it had.

    A running daemon sends it within a second; without one, the next `racewire once` does.
    """
    from alerts.ledger import replay as put_back

    with session.writing() as archive:
        again = archive.write(lambda connection: put_back(connection, datetime.now(UTC), id=id))
    if not again:
        raise UsageError(f"no delivery has the id '{id[:60]}': `racewire deliveries` lists them")
    say(f"{', '.join(again)} will be sent again")
    return 0
