"""The log of alerts, each with what became of its messages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from racewire.render.words import subject
from racewire.web.look import Look, Page
from racewire.web.tables import Row, Table, command

ROWS = 40
MOST = 2000
COLUMNS = ("id", "rule_id", "title", "severity", "story_id", "article_id", "fact", "kind", "created_at", "data")
QUERY = """
select id, rule_id, title, severity, story_id, article_id, fact, kind, created_at, data from alerts
where id < case when :before > 0 then :before else 9223372036854775807 end and (:rule is null or rule_id = :rule)
order by id desc
"""
DELIVERIES = """
select alert_id, channel, state, attempts, created_at, delivered_at, next_at, last_error, digest_id is not null as in_digest
from deliveries where alert_id in (select value from json_each(:ids)) order by channel
"""


def alerts(look: Look) -> Page:
    """`/alerts`: takes `rule`, and `before` to go on to older ones."""
    look.asked.only("rule", "before")
    rule, before = look.asked.word("rule"), look.asked.number("before")
    answer = look.select(QUERY, {"rule": rule, "before": before or 0}, limit=ROWS)
    words = command(
        "alerts", "list", *(["--rule", rule] if rule else []), *(["--before", before] if before else []), "--limit", ROWS
    )
    table = Table(COLUMNS, answer.as_dicts(), words, answer.cut)
    values = {
        "alerts": told(look, table.rows),
        "rule": rule,
        "all": look.address(rule=None, before=None),
        "older": look.address(before=table.rows[-1]["id"]) if table.more else None,
        "newest": look.address(before=None) if before else None,
    }
    return Page("alerts.html", f"Alerts of {rule}" if rule else "Alerts", values, {"alerts": table})


def told(look: Look, rows: Sequence[Row]) -> list[Row]:
    """Rows of `alerts` for people: with `subject`, as its mail has it, `why` (the demands that held) and `deliveries`."""
    sent: dict[object, list[Row]] = defaultdict(list)
    for row in look.select(DELIVERIES, {"ids": json.dumps([row["id"] for row in rows])}, limit=MOST).as_dicts():
        sent[row["alert_id"]].append(row)
    return [row | _said(row) | {"deliveries": sent[row["id"]]} for row in rows]


def _said(row: Row) -> dict[str, Any]:
    try:
        data = json.loads(str(row["data"]))
        return {"subject": subject(data | {"updated": row["kind"] == "updated"}), "why": list(data["why"])}
    except (ValueError, KeyError, TypeError, AttributeError):  # written by another version
        return {"subject": str(row["title"]), "why": []}
