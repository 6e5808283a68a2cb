"""The rules, and what each sent in the last week."""

from __future__ import annotations

from dataclasses import replace

from racewire.web.look import Look, Page
from racewire.web.site import RuleEntry
from racewire.web.tables import Row

SINCE = "7d"
MOST = 500
COUNTS = ("alerts", "updates", "delivered", "waiting", "failed")


def rules(look: Look) -> Page:
    """`/rules`: those of the file, then those that are in the file no more and told something all the same."""
    look.asked.only()
    book = look.site.rulebook()
    table = look.ask("told", {"since": SINCE}, limit=MOST)
    counts = {str(row["rule_id"]): row for row in table.rows}
    quiet: list[Row] = [
        {"rule_id": rule.id, "title": rule.title, "severity": rule.severity, **dict.fromkeys(COUNTS, 0), "last_at": None}
        for rule in book.rules
        if rule.id not in counts
    ]
    table = replace(table, rows=table.rows + quiet)
    told = {str(row["rule_id"]): row for row in table.rows}
    gone = [
        RuleEntry(id, str(row["title"]), str(row["severity"]))
        for id, row in told.items()
        if id not in {rule.id for rule in book.rules}
    ]
    values = {
        "rules": [{"rule": rule, "counts": told[rule.id]} for rule in book.rules],
        "gone": [{"rule": rule, "counts": told[rule.id]} for rule in gone],
        "problem": book.problem,
    }
    return Page("rules.html", "Rules", values, {"rules": table})
