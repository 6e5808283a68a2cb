"""Text from the web, made harmless for headers, mails and terminals."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

# C0 and C1 controls; marks that turn the writing direction, by which a name can be made to read backwards; line and paragraph
# separators; the byte order mark; surrogates, which no encoding can carry
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_SPACE = re.compile(r"\s+")
LONGEST_ADDRESS = 2000


def plain(text: object) -> str:
    """One line without control characters; runs of white space become one space."""
    return _SPACE.sub(" ", _UNWANTED.sub(" ", str(text or ""))).strip()


def inner(text: str) -> str:
    """The same for a piece of a line: white space at its ends stays."""
    return _SPACE.sub(" ", _UNWANTED.sub(" ", text))


def cut(text: str, most: int) -> str:
    """At most `most` characters, ended at a word where that costs little; an ellipsis says that something is gone."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    space = head.rfind(" ")
    return (head[:space] if space > most * 2 // 3 else head).rstrip(" ,;:-–—") + "…"


def address(url: Any) -> str | None:
    """An http(s) address that may stand in a link; None for anything else."""
    if not isinstance(url, str) or len(url) > LONGEST_ADDRESS or _UNWANTED.search(url) or _SPACE.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def language(code: Any) -> str:
    """A language code that may stand in an attribute, or ""."""
    return code if isinstance(code, str) and re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})?", code) else ""
