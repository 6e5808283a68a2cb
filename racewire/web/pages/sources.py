"""The sources: which are well, what is wrong with the others, and what each brought."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from racewire.web.charts import Bars, bars
from racewire.web.look import Look, Page
from racewire.web.tables import Row, Table, command

DAYS = 7
MOST = 1000
COLUMNS = (
    "id", "url", "kind", "lang", "country", "timezone", "enabled", "every_s", "problem", "failures", "last_ok_at", "last_new_at",
    "next_due_at",
)  # fmt: skip
QUERY = f"select {', '.join(COLUMNS)} from sources order by enabled desc, problem is null, id"  # noqa: S608
# what the newest failure of each source says
TROUBLE = """
select source_id, message, max(id) from (select id, source_id, message from events where kind in ('failing', 'silent')
  order by id desc limit 2000) where source_id is not null group by source_id
"""


def sources(look: Look) -> Page:
    """`/sources`: takes nothing."""
    look.asked.only()
    answer = look.select(QUERY, limit=MOST)
    table = Table(COLUMNS, answer.as_dicts(), command("ask", QUERY), answer.cut)
    arrivals = look.ask("arrivals", {"since": f"{DAYS}d"}, limit=10 * MOST)
    trouble = {row[0]: row[1] for row in look.select(TROUBLE, limit=MOST).rows}
    charts = _charts(look, arrivals.rows)
    values = {
        "sources": [
            row | {"sentence": trouble.get(row["id"], "") if row["problem"] else "", "chart": charts.get(str(row["id"]))}
            for row in table.rows
        ],
        "days": DAYS,
        "failing": sum(bool(row["problem"]) for row in table.rows if row["enabled"]),
    }
    return Page("sources.html", "Sources", values, {"sources": table, "arrivals": arrivals})


def _charts(look: Look, arrivals: list[Row]) -> dict[str, Bars]:
    """The articles a day of each source, all on one scale."""
    days = [(look.now - timedelta(days=ago)).date().isoformat() for ago in reversed(range(DAYS))]
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in arrivals:
        counts[str(row["source_id"])][str(row["day"])] = int(str(row["articles"]))
    top = max((count for by_day in counts.values() for count in by_day.values()), default=1)
    return {
        source: bars([(day, by_day.get(day, 0)) for day in days], what="article", every="day", width=140, height=34, top=top)
        for source, by_day in counts.items()
    }
