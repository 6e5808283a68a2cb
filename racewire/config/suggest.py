"""The name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# what people write who know other tools; only looked at when the word on the right is allowed there
_SYNONYMS = {
    "address": "url",
    "agent": "contact",
    "enable": "enabled",
    "active": "enabled",
    "frequency": "every",
    "interval": "every",
    "period": "every",
    "language": "lang",
    "locale": "lang",
    "link": "url",
    "name": "id",
    "mail": "email",
    "sender": "from",
    "selector": "links",
    "server": "host",
    "ssl": "implicit",
    "smtps": "implicit",
    "tz": "timezone",
    "type": "kind",
    "username": "user",
    "login": "user",
    "pass": "password",
    "db": "database",
    "rss": "feed",
    "atom": "feed",
    "page": "listing",
    "html": "listing",
    "starttls": "starttls",
    "tls": "starttls",
    "off": "none",
}


def closest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like `word`, or None where none is alike; case, `-` and `_` do not count."""
    plain = {_plain(choice): choice for choice in sorted(choices, reverse=True)}
    wanted = _plain(word[:100])
    if wanted in plain:
        return plain[wanted]
    meant = _SYNONYMS.get(wanted)
    if meant in plain:
        return plain[meant]
    near = get_close_matches(wanted, plain, n=1, cutoff=0.6)
    return plain[near[0]] if near else None


def did_you_mean(word: str, choices: Iterable[str]) -> str | None:
    """The help line for an unknown word: a suggestion, or all choices where they are few, or None."""
    choices = list(choices)
    if (near := closest(word, choices)) is not None:
        return f"did you mean '{near}'?"
    if 0 < len(choices) <= 12:
        return f"one of: {', '.join(choices)}"
    return None


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_")
