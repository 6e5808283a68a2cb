"""The ways to people: one file a way, all behind the same three methods."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from alerts.channels.base import Channel, Message
from racewire.addresses import Policy
from racewire.config import Config
from racewire.errors import ConfigError

__all__ = ["Channel", "Message", "open_channels"]


def open_channels(config: Config, names: Iterable[str] | None = None) -> dict[str, Channel]:
    """The channels of the config (only `names`, if given), their secrets read. Raises ConfigError."""
    policy = Policy(config.crawl.allow_private)
    return {name: _open(config, name, policy) for name in (config.channel if names is None else names)}


def _open(config: Config, name: str, policy: Policy) -> Channel:
    channel, timeout = config.channel[name], config.delivery.timeout
    if channel.webhook is not None:
        from alerts.channels.webhook import Webhook  # late: httpx is slow to load

        address = channel.webhook.url
        url = address if isinstance(address, str) else address.value()
        return Webhook(url, channel.webhook.secret.value(), policy=policy, timeout=timeout)
    if channel.email is None or config.smtp is None:
        raise ConfigError(f"the channel '{name}' sends mail, but racewire.toml has no [smtp]")
    from alerts.channels.email import Email, Server

    smtp = config.smtp
    password = smtp.password.value() if smtp.password is not None else None
    server = Server(smtp.host, smtp.port, smtp.tls, policy=policy, timeout=timeout, user=smtp.user, password=password)
    return Email(server, sender=smtp.from_, to=channel.email.to, zone=ZoneInfo(config.timezone))
