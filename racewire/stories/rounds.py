"""The ledger of a story: who raised how much, by whom it is said, and where two reports cannot both be true."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from racewire.stories.intervals import Interval, can_be_same, written_interval

OF_ONE_KIND = {"stated": "said", "reported": "said", "planned": "planned"}


@dataclass(frozen=True, slots=True)
class Report:
    """One row of `rounds`, as far as conflicts look at it. `usd` is None where there was no rate."""

    id: int
    article_id: int
    domain: str
    company: str
    round: str | None
    kind: str
    currency: str | None
    written: Interval
    usd: Interval | None
    surface: str
    conflicts: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two reports of one raise that cannot both be true."""

    company: str
    one: Report
    other: Report


def record_rounds(connection: sqlite3.Connection, article_id: int, story_id: int) -> int:
    """Writes the reported raises of an article into the ledger; returns how many. Restated sums and totals so far are left out."""
    figures = connection.execute(
        "select id, recipient, recipient_name, round, certainty, low, high, currency, surface, usd_low, usd_high, approx from figures "
        "where article_id = ? and role = 'raised' and equivalent_of is null and not cumulative and per is null order by position",
        (article_id,),
    ).fetchall()
    if not figures:
        return 0
    source_id, reported_at, attribution = connection.execute(
        "select source_id, coalesce(published_at, first_seen_at), attribution from articles where id = ?", (article_id,)
    ).fetchone()
    for figure_id, company, name, round_, certainty, low, high, currency, surface, usd_low, usd_high, approx in figures:
        interval = written_interval(surface, low, high, approx=bool(approx))
        connection.execute(
            "insert into rounds(story_id, article_id, figure_id, source_id, company, company_name, round, certainty, low, high, currency, "
            "surface, least, most, usd_low, usd_high, reported_at, attribution) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                story_id, article_id, figure_id, source_id, company, name, round_, certainty, low, high, currency,
                surface, interval.least, None if high is None else interval.most, usd_low, usd_high, reported_at, attribution,
            ),
        )  # fmt: skip
    return len(figures)


def mark_conflicts(connection: sqlite3.Connection, story_id: int) -> list[Conflict]:
    """Sets `rounds.conflicts` throughout a story and returns the conflicts in which a sum stands that was not disputed before.

    Two articles agree on a company when any sum of one can be the same as any sum of the other, for an article also tells of
    earlier rounds. Named rounds are compared with their own kind, plans with plans; denials are compared with nothing.
    """
    reports = _reports(connection, story_id)
    if not reports:
        return []
    disagreeing: set[int] = set()
    fresh: dict[str, Conflict] = {}
    for company, by_article in reports.items():
        articles = sorted(by_article)
        known_sums = [report for reports_of_one in by_article.values() for report in reports_of_one if report.conflicts]
        for place, first in enumerate(articles):
            for second in articles[place + 1 :]:
                pair = _disagreement(by_article[first], by_article[second])
                if pair is None:
                    continue
                if not all(any(_same(report, known) for known in known_sums) for report in pair):
                    fresh.setdefault(company, Conflict(company, *pair))
                disagreeing |= {pair[0].id, pair[1].id}
    connection.execute("update rounds set conflicts = 0 where story_id = ? and conflicts", (story_id,))
    connection.executemany("update rounds set conflicts = 1 where id = ?", [(row,) for row in sorted(disagreeing)])
    return list(fresh.values())


def _disagreement(one: list[Report], other: list[Report]) -> tuple[Report, Report] | None:
    pairs = [(a, b) for a in one for b in other if a.kind == b.kind and (a.round == b.round or not a.round or not b.round)]
    comparable = [pair for pair in pairs if _same(*pair) is not None]
    if not comparable or any(_same(*pair) for pair in comparable):
        return None
    return comparable[0]


def _same(a: Report, b: Report) -> bool | None:
    """Whether two sums can be the same; None where no rate lets them be compared."""
    if a.currency == b.currency:
        return can_be_same(a.written, b.written)
    if a.usd is None or b.usd is None:
        return None
    return can_be_same(a.usd, b.usd, converted=True)


def _reports(connection: sqlite3.Connection, story_id: int) -> dict[str, dict[int, list[Report]]]:
    found: dict[str, dict[int, list[Report]]] = defaultdict(lambda: defaultdict(list))
    rows = connection.execute(
        "select r.id, r.article_id, a.domain, coalesce(r.company, r.company_name), r.round, r.certainty, r.currency, r.low, r.high, r.surface, "
        "f.approx, r.usd_low, r.usd_high, r.conflicts from rounds r join articles a on a.id = r.article_id join figures f on f.id = r.figure_id "
        "where r.story_id = ? order by r.id",
        (story_id,),
    ).fetchall()
    for (
        id_,
        article_id,
        domain,
        company,
        round_,
        certainty,
        currency,
        low,
        high,
        surface,
        approx,
        usd_low,
        usd_high,
        conflicts,
    ) in rows:
        kind = OF_ONE_KIND.get(certainty)
        if not company or kind is None:
            continue
        written = written_interval(surface, low, high, approx=bool(approx))
        usd = _in_dollars(written, low if low is not None else high, usd_low if usd_low is not None else usd_high)
        report = Report(id_, article_id, domain, company, round_, kind, currency, written, usd, surface, bool(conflicts))
        found[company][article_id].append(report)
    return found


def _in_dollars(written: Interval, amount: float | None, dollars: float | None) -> Interval | None:
    if not amount or dollars is None:
        return None
    rate = dollars / amount
    return Interval(written.least * rate, written.most * rate)
