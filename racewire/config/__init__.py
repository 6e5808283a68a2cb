"""The config files: what they may say, where a mistake stands, and how they are found."""

from racewire.config.load import Survey, find, load, look
from racewire.config.models import Channel, Config, Crawl, Delivery, Email, Smtp, Source, Webhook
from racewire.config.secret import Secret
from racewire.config.values import Rate

__all__ = [
    "Channel",
    "Config",
    "Crawl",
    "Delivery",
    "Email",
    "Rate",
    "Secret",
    "Smtp",
    "Source",
    "Survey",
    "Webhook",
    "find",
    "load",
    "look",
]
