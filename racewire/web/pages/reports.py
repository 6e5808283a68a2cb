"""The reports of a story for people: one row a text, its copies with it, and where the sums cannot all be true."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from racewire.render import times
from racewire.render.marks import pieces
from racewire.render.money import short
from racewire.stories.intervals import Interval, can_be_same, written_interval
from racewire.web.drawing import counted
from racewire.web.look import Look
from racewire.web.pages.listed import name_of
from racewire.web.tables import Row

SHARED = """
select m.entity_id as entity, count(distinct a.id) as articles from articles a join mentions m on m.article_id = a.id
where a.story_id = :story and m.certain group by m.entity_id order by articles desc, entity
"""
MOST_SHARED = 8


def reports(rows: list[Row], zone: tzinfo) -> list[dict[str, Any]]:
    """Rows of the question `reports`, the earliest of each text, with `copies` (the later ones), `later`, `at` and `pieces`."""
    first = next((moment for row in rows if _exact(row) and (moment := _moment(row))), None)
    shown: dict[object, dict[str, Any]] = {}
    for row in rows:
        text = row["copy_of"] or row["id"]
        if text in shown:
            shown[text]["copies"].append(_seen(row, zone, first))
        else:
            shown[text] = _seen(row, zone, first) | {"copies": [], "pieces": _pieces(row)}
    return list(shown.values())


def _seen(row: Row, zone: tzinfo, first: Any) -> dict[str, Any]:
    moment = _moment(row)
    exact = _exact(row)
    at = "" if moment is None else times.day(moment, zone) + (f", {times.clock(moment, zone)}" if exact else "")
    later = times.later(first, moment) if first and moment and exact else ""
    return row | {
        "name": row["site_name"] or row["domain"],
        "at": at,
        "later": later,
        "first": moment is not None and moment == first,
    }


def _moment(row: Row) -> Any:
    return times.read(str(row["published_at"] or row["first_seen_at"]))


def _exact(row: Row) -> bool:
    """Whether the time is known to the minute."""
    return row["published_precision"] in ("second", "minute") or not row["published_at"]


def _pieces(row: Row) -> list[tuple[str, str]]:
    if not row["sentence"]:
        return []
    return list(pieces({"text": row["sentence"], "start": row["mark_start"], "end": row["mark_end"]}))


def disagreement(rows: list[Row]) -> dict[str, Any] | None:
    """Between which sums the reports lie that cannot all be true, and which of them is shown first elsewhere; None where they can.

    First is what the question `raised` takes: no plan or denial, no echo of another outlet, the earliest.
    """
    doubtful: list[dict[str, Any]] = [row for row in rows if row["conflicts"]]
    if not doubtful:
        return None
    lead = min(doubtful, key=lambda row: (row["certainty"] in ("planned", "denied"), row["attribution"] is not None))
    sums = [sum for row in doubtful for sum in (row["usd_low"], row["usd_high"]) if sum]
    least, most = (min(sums), max(sums)) if sums else (0, 0)
    return {
        "range": f"${short(least)} to ${short(most)} ({most / least:.2f}×)" if most > least else "",
        "surfaces": list(dict.fromkeys(str(row["surface"]) for row in doubtful))[:6],
        "lead": lead,
        "by": lead["site_name"] or lead["domain"],
    }


def sums(rows: list[Row]) -> str:
    """`9 reports give a sum, between $41.5M and $50M.`; "" where none does in US dollars."""
    given: list[Any] = [row["usd_low"] or row["usd_high"] for row in rows if row["usd_low"] or row["usd_high"]]
    if not given:
        return ""
    least, most = short(min(given)), short(max(given))
    said = f"${least}" if least == most else f"between ${least} and ${most}"
    return f"{counted(len(given), 'report gives', 'reports give')} a sum: {said}."


def differs(row: Row, lead: Any) -> bool:
    """Whether a report's sum cannot be that of the lead, as precisely as both were written."""
    one: Any = row
    if not one["conflicts"]:
        return False
    if one["currency"] == lead["currency"]:
        return not can_be_same(_written(one), _written(lead))
    if None in (one["usd_low"], one["usd_high"], lead["usd_low"], lead["usd_high"]):
        return False
    usd = [Interval(figure["usd_low"], figure["usd_high"]) for figure in (one, lead)]
    return not can_be_same(*usd, converted=True)


def _written(figure: Any) -> Interval:
    return written_interval(figure["surface"], figure["low"], figure["high"], approx=bool(figure["approx"]))


def shared(look: Look, story: int) -> list[dict[str, object]]:
    """Whom the reports name, with how many of them do."""
    answer = look.select(SHARED, {"story": story}, limit=MOST_SHARED)
    return [{"id": entity, "name": name_of(look, str(entity)), "articles": articles} for entity, articles in answer.rows]
