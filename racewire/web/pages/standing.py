"""The line at the head of every page: when the wire last looked, and how many sources are well."""

from __future__ import annotations

from datetime import datetime

from racewire.render.times import read
from racewire.web.look import Look

QUERY = "select count(*), coalesce(sum(problem is null), 0), max(last_crawl_at) from sources where enabled"


def standing(look: Look) -> str:
    """`last pass 2 min ago · 9 of 10 sources are well`."""
    sources, well, last = look.select(QUERY, limit=1).rows[0]
    if not sources:
        return "no source is switched on"
    moment = read(str(last)) if last else None
    passed = f"last pass {ago(moment, look.now)}" if moment else "no pass yet"
    return f"{passed} · {well} of {sources} source{'' if sources == 1 else 's'} well"


def ago(moment: datetime, now: datetime) -> str:
    """`just now`, `5 min ago`, `3 h ago`, `2 days ago`."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 90:
        return f"{minutes} min ago"
    hours = round(minutes / 60)
    return f"{hours} h ago" if hours < 48 else f"{round(hours / 24)} days ago"
