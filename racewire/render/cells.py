"""Values for a cell of a CSV file."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets a quote in front (OWASP, CSV injection)."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    text = str(plain_value(value))
    return "'" + text if text.startswith(_FORMULA) else text


def plain_value(value: object) -> object:
    """What stands for a value that neither CSV nor JSON knows: bytes in hex digits, anything else as text."""
    return value.hex() if isinstance(value, bytes) else str(value)
