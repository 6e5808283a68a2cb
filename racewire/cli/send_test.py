"""`racewire send-test`: does a channel reach somebody?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import click

from racewire.cli import completing
from racewire.cli.output import say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import DeliveryError, UsageError


@click.command("send-test")
@click.argument("channel", shell_complete=completing.channels)
@config_option
@pass_session
def send_test(session: Session, channel: str) -> int:
    """Send one message marked TEST to a CHANNEL of the config, at once. Ends with 3 where it is not taken."""
    known = session.config.channel
    if channel not in known:
        from racewire.config.suggest import closest

        near = closest(channel, known)
        help = f"did you mean '{near}'?" if near else f"there are: {', '.join(known) or 'none yet'}"
        raise UsageError(f"no channel is called '{channel[:60]}': {help}")
    id = asyncio.run(_send(session, channel))
    say(f"the channel '{channel}' took the message {id}")
    return 0


async def _send(session: Session, name: str) -> str:
    from alerts.channels import open_channels
    from alerts.outbox import send_test as send

    channel = open_channels(session.config, [name])[name]
    try:
        return await send(channel, name, datetime.now(UTC))
    except DeliveryError as error:
        raise DeliveryError(f"the channel '{name}' did not take it: {error}", final=error.final) from error
    finally:
        await channel.close()
