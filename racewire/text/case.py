"""Letters made alike: small ones without moving anything, letters and digits alone."""

from __future__ import annotations

import re

_OTHERS = re.compile(r"[\W_]+")
_SMALL = bytes(range(128)).lower() + bytes(range(128, 256))
_NEITHER = bytes(code for code in range(128) if not chr(code).isalnum())


def small(text: str) -> str:
    """`text` in small letters, character by character, so that offsets hold."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def letters_and_digits(text: str) -> str:
    """What two renderings of a text share: its letters and digits, casefolded."""
    if text.isascii():
        return text.encode().translate(_SMALL, _NEITHER).decode()
    return _OTHERS.sub("", text.casefold())
