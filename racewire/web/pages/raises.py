"""Raises of one company for people: the sum shown first, and between which sums its reports lie."""

from __future__ import annotations

import json
from typing import Any

from racewire.render.money import short
from racewire.web.look import Look
from racewire.web.tables import Row

RANGES = """
select story_id, coalesce(company, company_name) as company, min(coalesce(usd_low, usd_high)) as least,
  max(coalesce(usd_high, usd_low)) as most
from rounds where conflicts and story_id in (select value from json_each(:ids)) group by 1, 2
"""


def raises(look: Look, rows: list[Row]) -> list[dict[str, Any]]:
    """Rows of the question `raised`, each with `least`, `most` (USD, equal where sources agree, None without a rate) and `range`."""
    given = {"ids": json.dumps([row["story_id"] for row in rows])}
    ranges = {(row[0], row[1]): (row[2], row[3]) for row in look.select(RANGES, given, limit=1000).rows}
    return [row | _range(row, ranges.get((row["story_id"], row["company"]))) for row in rows]


def _range(row: Row, found: tuple[Any, Any] | None) -> dict[str, Any]:
    low, high = found or (row["usd_low"], row["usd_high"])
    least: Any = low if low is not None else high
    most: Any = high if high is not None else low
    apart = found is not None and least is not None and short(least) != short(most)
    return {"least": least, "most": most, "range": f"${short(least)} – ${short(most)}" if apart else ""}
