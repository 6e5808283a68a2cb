"""Keeps secrets out of everything that is printed."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from racewire.config.positions import Path, Place

SECRET_KEYS = frozenset({"password", "secret", "token"})
MASK = "***"

_USERINFO = re.compile(r"(?<=://)[^/@\s\"']{1,500}(?=@)")
_WORD = re.compile(r"[\w-]+")


def is_secret(path: Path) -> bool:
    """True for a value that must not be shown: literal secrets, and a webhook's address, whose path often is one."""
    if path and path[-1] in ("env", "file"):
        return False
    return any(isinstance(part, str) and _names_secret(part) for part in path) or ("webhook" in path and "url" in path)


@lru_cache(maxsize=1024)
def _names_secret(word: str) -> bool:
    """A misspelt `pasword` holds a secret as well."""
    return bool(get_close_matches(word.casefold()[:40], SECRET_KEYS, n=1, cutoff=0.75))


def mask_line(line: str, spans: list[Place]) -> str:
    """The line with each of the spans (and every user:password@ of an address) blotted out, columns kept."""
    for _, column, length in spans:
        line = line[: column - 1] + "*" * length + line[column - 1 + length :]
    return _USERINFO.sub(lambda found: "*" * len(found[0]), line)


def mask_guess(line: str) -> str:
    """The same for a line that could not be parsed: whatever stands behind the first equals sign, where a word names a secret."""
    if looks_secret(line):
        key, equals, value = line.partition("=")
        line = key + equals + re.sub(r"\S", "*", value)
    return _USERINFO.sub(lambda found: "*" * len(found[0]), line)


def looks_secret(line: str) -> bool:
    """Whether a line that could not be parsed may hold a secret: one of its words names one, rightly spelt or not."""
    return any(_names_secret(word) for word in _WORD.findall(line[:1000]))
