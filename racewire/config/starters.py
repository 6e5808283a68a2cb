"""The sources that racewire knows by name. Their addresses come from public lists and may have moved since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Starter:
    """A known source. `off` says why it ships switched off; `starter` is "on" or "off" for those that `init` writes."""

    id: str
    name: str
    url: str
    kind: str
    lang: str
    country: str | None = None
    topic: str | None = None
    remark: str | None = None
    off: str | None = None
    starter: str | None = None


@lru_cache(maxsize=1)
def known_sources() -> tuple[Starter, ...]:
    """All of them, in the order of the file."""
    rows = json.loads((files("racewire.config") / "data" / "sources.json").read_text("utf-8"))
    return tuple(Starter(**row) for row in rows)


def table(source: Starter, *, enabled: bool = True) -> str:
    """The `[[source]]` of a known source, every key with a comment."""
    said = "; ".join(
        word for word in (source.name, source.topic, source.remark, source.off and f"switched off: {source.off}") if word
    )
    lines = [
        ("id", f'"{source.id}"', said),
        ("url", f'"{source.url}"', "where it is"),
        ("kind", f'"{source.kind}"', "feed, sitemap, listing or auto"),
        ("every", '"10m"' if source.kind != "listing" else '"1h"', "how often to look (ms s m h d)"),
        ("lang", f'"{source.lang}"', "its language, where the pages do not say"),
    ]
    if source.country:
        lines.append(("country", f'"{source.country}"', "decides what $ and 08/07 mean"))
    lines.append(("enabled", str(enabled).lower(), "false leaves it out"))
    return "[[source]]\n" + "\n".join(f"{f'{key} = {value}':<60} # {comment}".rstrip() for key, value, comment in lines) + "\n"
