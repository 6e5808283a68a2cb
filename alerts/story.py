"""A story as a message shows it: headline, who reported it in which order, and where their figures differ."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from racewire.stories import current
from racewire.stories.intervals import Interval, can_be_same, written_interval

MOST_SOURCES = 20
_SAYS = ("surface", "low", "high", "currency", "approx", "usd_low", "usd_high", "certainty", "rate_on")

_REPORTS = """
select a.id, a.url, a.title, a.lang, a.published_at, a.first_seen_at,
  a.published_precision, coalesce(nullif(a.site_name, ''), nullif(a.domain, ''), a.source_id, a.url) as name, coalesce(a.source_id, a.domain) as source
from articles a where a.story_id = ? order by coalesce(a.published_at, a.first_seen_at), a.id limit 500
"""


def rows(connection: sqlite3.Connection, query: str, parameters: Any = ()) -> list[sqlite3.Row]:
    """All rows by name, whatever the row factory of the connection."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(query, parameters).fetchall()


def family(connection: sqlite3.Connection, story_id: int) -> list[int]:
    """The story that holds now and every story that was merged into it, the first one first."""
    found = [current(connection, story_id)]
    for id in found:
        found += [
            row[0] for row in connection.execute("select id from stories where merged_into = ?", (id,)) if row[0] not in found
        ]
    return found


# by the articles of the story, of which there are few, and not by the alerts of the rule, of which there may be many
_TOLD = """
select * from alerts where id in (
  select id from alerts where rule_id = :rule and story_id in (select value from json_each(:stories))
  union select t.id from articles a cross join alerts t on t.article_id = a.id where a.story_id = :now and +t.rule_id = :rule
) order by id
"""


def told(connection: sqlite3.Connection, rule_id: str, stories: list[int]) -> list[sqlite3.Row]:
    """What a rule has said of a story, given its `family`: its alerts, the oldest first.

    What was said of an article goes with it into the story that it stands in now, so that neither a split nor an undone merge tells it again.
    """
    return rows(connection, _TOLD, {"rule": rule_id, "stories": json.dumps(stories), "now": stories[0]})


def describe(
    connection: sqlite3.Connection, story_id: int, role: str | None = None, company: str | None = None
) -> dict[str, Any]:
    """`story` of an alert, and under `disagreement` what the sources differ about in figures of `role` for `company`."""
    story_id = current(connection, story_id)
    headline, first_seen_at = connection.execute(
        "select headline, first_seen_at from stories where id = ?", (story_id,)
    ).fetchone()
    reports = _one_a_source(rows(connection, _REPORTS, (story_id,)))
    said = _figures(connection, story_id, role, company) if role else {}
    sources = [_source(report, said.get(report["id"])) for report in reports[:MOST_SOURCES]]
    return {
        "id": story_id,
        "headline": headline,
        "url": reports[0]["url"] if reports else None,
        "first_seen_at": first_seen_at,
        "sources": sources,
        "source_count": len(reports),
        "disagreement": _disagreement(sources),
    }


def _one_a_source(reports: list[sqlite3.Row]) -> list[sqlite3.Row]:
    first: dict[Any, sqlite3.Row] = {}
    for report in reports:
        first.setdefault(report["source"] or report["url"], report)
    return list(first.values())


def _source(report: sqlite3.Row, figure: sqlite3.Row | None) -> dict[str, Any]:
    source = {key: report[key] for key in ("name", "url", "lang", "published_at")}
    source["seen_at"] = report["first_seen_at"]
    source["precision"] = report["published_precision"]
    source["says"] = None
    if figure is not None:
        source["says"] = {key: figure[key] for key in _SAYS}
    return source


def _figures(connection: sqlite3.Connection, story_id: int, role: str, company: str | None) -> dict[int, sqlite3.Row]:
    """The first figure of each article of the story that speaks of the same matter."""
    query = """
    select f.* from figures f join articles a on a.id = f.article_id
    where a.story_id = ? and f.role = ? and (? is null or f.recipient = ?) and f.cumulative = 0 and f.certainty <> 'denied'
    order by f.article_id, f.position limit 1000
    """
    first: dict[int, sqlite3.Row] = {}
    for figure in rows(connection, query, (story_id, role, company, company)):
        first.setdefault(figure["article_id"], figure)
    return first


def same_sum(one: Any, other: Any) -> bool | None:
    """Whether two figures (rows or dicts) can be the same sum, as precisely as each was written; None where nothing lets them be compared."""
    if one["currency"] == other["currency"]:
        return can_be_same(_written(one), _written(other))
    if None in (one["usd_low"], one["usd_high"], other["usd_low"], other["usd_high"]):
        return None
    usd = [Interval(figure["usd_low"], figure["usd_high"]) for figure in (one, other)]
    return can_be_same(*usd, converted=True)


def _written(figure: Any) -> Interval:
    return written_interval(figure["surface"], figure["low"], figure["high"], approx=bool(figure["approx"]))


def _disagreement(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is said by whom, one entry for each sum, where at least two sums cannot both be true; else nothing."""
    groups: list[dict[str, Any]] = []
    for source in sources:
        says = source["says"]
        if says is None or (says["low"] is None and says["high"] is None):
            continue
        group = next((group for group in groups if same_sum(group["says"], says) is not False), None)
        if group is None:
            groups.append({"says": says, "names": [source["name"]]})
        else:
            group["names"].append(source["name"])
    return groups[:5] if len(groups) > 1 else []
