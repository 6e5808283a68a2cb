"""One story: who said what in which order, in the very sentence, and what became of it."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from racewire.stories.moves import current
from racewire.web.asked import LARGEST_ID, WrongAddress
from racewire.web.look import Look, Page
from racewire.web.pages.alerts import COLUMNS as ALERTS
from racewire.web.pages.alerts import told
from racewire.web.pages.reports import differs, disagreement, reports, shared, sums
from racewire.web.tables import Table, command

REPORTS = 100
MOST = 100
STORY = "select id, headline, lang, first_seen_at, articles, sources from stories where id = :story"
FAMILY = """
with recursive family(id) as (select :story union select s.id from stories s join family on s.merged_into = family.id)
select id from family limit 50
"""
TOLD = f"""
with recursive family(id) as (select :story union select s.id from stories s join family on s.merged_into = family.id)
select {", ".join(ALERTS)} from alerts where story_id in (select id from family limit 50) order by id desc
"""  # noqa: S608
MOVES = ("id", "at", "kind", "from_story", "to_story", "articles", "reason", "by_hand", "undone_at")
MOVED = f"select {', '.join(MOVES)} from rw_story_moves where :story in (from_story, to_story) order by id desc"  # noqa: S608
EVENTS = "select at, kind, message from events where story_id = :story and kind not like 'story-%' order by id desc"


def story(look: Look) -> Page:
    """`/story/ID`: takes nothing. A story that was merged into another one is shown as that one."""
    look.asked.only()
    number, now = _number(look)
    given = {"story": now}
    row = look.select(STORY, given, limit=1).as_dicts()[0]
    table = look.ask("reports", {"story": now}, limit=REPORTS)
    family = [int(str(found[0])) for found in look.select(FAMILY, given, limit=MOST).rows]
    alerts = look.select(TOLD, given, limit=MOST)
    moves = look.select(MOVED, given, limit=MOST)
    zone: tzinfo = look.site.zone
    warning = disagreement(table.rows)
    shown = [
        report | {"differs": warning is not None and differs(report, warning["lead"])} for report in reports(table.rows, zone)
    ]
    values: dict[str, Any] = {
        "story": row,
        "merged": number if number != now else None,
        "reports": shown,
        "languages": len({report["lang"] for report in shown if report["lang"]}),
        "copies": sum(report["copy_of"] is not None for report in table.rows),
        "warning": warning,
        "alerts": told(look, alerts.as_dicts()),
        "shared": shared(look, now),
        "span": next((report["later"] for report in reversed(shown) if report["later"]), "").removeprefix("+"),
        "sums": sums(table.rows),
        "events": look.select(EVENTS, given, limit=20).as_dicts(),
        "moves": moves.as_dicts(),
    }
    tables = {
        "reports": table,
        "alerts": Table(ALERTS, alerts.as_dicts(), "; ".join(command("alerts", "list", "--story", id) for id in family[:5])),
        "moves": Table(MOVES, moves.as_dicts(), command("story", "moves", now)),
    }
    return Page("story.html", str(row["headline"]), values, tables)


def _number(look: Look) -> tuple[int, int]:
    """The number asked for and the story that holds it now."""
    text = look.place["id"]
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    if not 0 < number <= LARGEST_ID or not look.select(STORY, {"story": number}, limit=1).rows:
        raise WrongAddress(404, f"no story has the number '{text[:40]}'")
    return number, current(look.connection, number)
