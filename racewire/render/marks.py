"""A sentence from an article with what was found in it marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from racewire.render.clean import inner


def pieces(entry: Any) -> Iterator[tuple[str, str]]:
    """A quoted sentence cut at its marks: ("plain" | "name" | "match", text), never overlapping."""
    text, start, end = entry["text"], entry["start"], entry["end"]
    spans = [(start, end, "match")]
    spans += [(low, high, "name") for low, high in entry.get("names", ()) if high <= start or low >= end]
    place = 0
    for low, high, kind in sorted(spans):
        if not place <= low < high <= len(text):
            continue
        if low > place:
            yield "plain", inner(text[place:low])
        yield kind, inner(text[low:high])
        place = high
    if place < len(text):
        yield "plain", inner(text[place:])
