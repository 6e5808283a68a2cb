"""An alert as a few lines on a terminal."""

from __future__ import annotations

import textwrap
import unicodedata
from datetime import UTC, tzinfo
from typing import Any

from alerts.render.view import alert_view

_FROM, _TO = "\ue000", "\ue001"  # stand for the marks while lines are broken
_BOLD, _MARK, _DIM, _OFF = "\x1b[1m", "\x1b[30;43m", "\x1b[2m", "\x1b[0m"


def terminal(data: Any, *, zone: tzinfo = UTC, colour: bool = False, width: int = 100) -> str:
    """Who, how much in USD and as written, the sentence with the match marked, who reports it, and why."""
    view = alert_view(data, zone)

    def paint(code: str, text: str) -> str:
        return f"{code}{text}{_OFF}" if colour else text

    lines = [f"{paint(_BOLD, 'ALERT')}  {paint(_BOLD, view['sentence'])}"]
    if view["sum"]:
        written = view["sum"] if view["sum"] == view["surface"] else f"{view['surface']} = {view['sum']}"
        lines.append(f"       {written}{', ' + view['written'] if view['written'] else ''}")
    for quote in view["evidence"][:2]:
        sentence = "".join(f"{_FROM}{text}{_TO}" if kind == "match" else _unmarked(text) for kind, text in quote["pieces"])
        marked = "\n".join("       | " + line for line in _wrap(sentence, width - 11))
        lines.append(marked.replace(_FROM, _MARK if colour else ">>").replace(_TO, _OFF if colour else "<<"))
    for one in view["disagreement"]:
        worth = f" ({one['worth']})" if one["worth"] else ""
        lines.append(f"       sources disagree: {one['names']} {one['verb']} {one['surface']}{worth}")
    for row in view["sources"]:
        said = [text for text in (row["clock"], row["later"], row["name"], row["lang"], row["says"]) if text]
        lines.append("       " + paint(_DIM, "  ".join(said)))
    if view["source_count"] > len(view["sources"]):
        lines.append(paint(_DIM, f"       and {view['source_count'] - len(view['sources'])} more"))
    lines.append("       " + paint(_DIM, f"rule {view['rule_id']}: " + "; ".join(view["why"])))
    return "\n".join(lines)


def _unmarked(text: str) -> str:
    return text.replace(_FROM, "").replace(_TO, "")


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns, characters of double width counted as two."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return textwrap.wrap(text, max(20, width - (width // 2 if wide * 3 > len(text) else 0)), break_on_hyphens=False) or [""]
