"""Small letters without moving anything."""

from __future__ import annotations


def small(text: str) -> str:
    """`text` in small letters, character by character, so that offsets hold."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
