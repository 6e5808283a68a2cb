"""Who raised what, newest first, and how much in all."""

from __future__ import annotations

from dataclasses import replace

from racewire.web.charts import shares
from racewire.web.look import Look, Page, chips
from racewire.web.pages.listed import name_of
from racewire.web.tables import Row, Table

ROWS = 100
MOST = 1000
TOTALS = 12
SPANS = ("30d", "90d", "365d")
EVER = "2000"
NEWEST = 300
# where the newest reports begin, but for the tenth of them that speaks of the past
BEGIN = f"""
select substr(reported_at, 1, 10) from (select reported_at from rounds order by id desc limit {NEWEST}) order by reported_at limit 1 offset
  (select count(*) / 10 from (select 1 from rounds limit {NEWEST}))
"""  # noqa: S608


def money(look: Look) -> Page:
    """`/money`: takes `since` (30d, 90d, 365d; else what was stored last) and `country`, that of the company, as far as it is tracked."""
    look.asked.only("since", "country")
    since, country = look.asked.one_of("since", SPANS), look.asked.word("country")
    begin = since or str(next(iter(look.select(BEGIN, limit=1).rows), (EVER,))[0])
    raised = look.ask("raised", {"since": begin}, limit=MOST)
    totals = look.ask("totals", {"since": begin}, limit=MOST)
    countries = sorted({found for row in raised.rows if (found := _country(look, row))})
    raised, totals = _of(look, raised, country, "raised", ROWS), _of(look, totals, country, "totals", TOTALS)
    values = {
        "rounds": [row | {"name": name_of(look, str(row["company"])), "country": _country(look, row)} for row in raised.rows],
        "totals": shares([(name_of(look, str(row["company"])), float(str(row["usd"]))) for row in totals.rows]),
        "companies": [
            row | {"name": name_of(look, str(row["company"])), "known": row["company"] in look.site.gazetteer}
            for row in totals.rows
        ],
        "known": {str(row["company"]) for row in raised.rows if row["company"] in look.site.gazetteer},
        "begin": begin,
        "spans": chips(look, "since", SPANS, since, none="newest"),
        "countries": chips(look, "country", countries, country),
        "country": country,
    }
    return Page("money.html", "Money raised", values, {"rounds": raised, "totals": totals})


def _country(look: Look, row: Row) -> str:
    known = look.site.gazetteer.get(str(row["company"]))
    return (known.country or "") if known else ""


def _of(look: Look, table: Table, country: str | None, name: str, most: int) -> Table:
    """At most so many rows, those of companies of a country where one is given."""
    rows = [row for row in table.rows if country is None or _country(look, row) == country]
    if len(rows) <= most:
        return replace(table, rows=rows)
    return replace(table, rows=rows[:most], more=True, command=f"{table.command.partition(' --limit')[0]} --limit {most}")
