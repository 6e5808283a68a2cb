"""One tracked name: how it is written, how often it is named, what it raised, and the newest stories about it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from racewire.web.asked import WrongAddress
from racewire.web.charts import Bars, bars, scatter
from racewire.web.look import Look, Page
from racewire.web.pages.listed import details
from racewire.web.pages.raises import raises
from racewire.web.tables import Row

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
WEEKS, WEEKS_NARROW = 26, 12
STORIES = 20
MOST_RAISES = 60
MOST_NAMES = 30
LAST = "select day from mentions_daily where entity_id = :entity order by day desc"


def name(look: Look) -> Page:
    """`/name/ID`: takes nothing. Refuses (404) what is neither tracked nor was."""
    look.asked.only()
    id = look.place["id"]
    known = look.site.gazetteer.get(id)
    last = look.select(LAST, {"entity": id}, limit=1).rows if ID.fullmatch(id) else ()
    if known is None and not last:
        raise WrongAddress(404, f"no tracked name has the id '{id[:60]}'")
    end = date.fromisoformat(str(last[0][0])) if last else look.now.date()
    begin = _monday(end) - timedelta(weeks=WEEKS - 1)
    mentions = look.ask("mentions", {"entity": id, "since": begin.isoformat()}, limit=WEEKS)
    rounds = look.ask("raised", {"company": id, "since": "2000"}, limit=MOST_RAISES)
    stories = look.ask("about", {"entity": id}, limit=STORIES)
    more = details(look, [row["id"] for row in stories.rows])
    shown = raises(look, rounds.rows)
    values = {
        "id": id,
        "entity": known,
        "names": look.site.gazetteer.names(id)[1:MOST_NAMES],
        "mentions": [_weeks(mentions.rows, begin, WEEKS, 1000), _weeks(mentions.rows, begin, WEEKS_NARROW, 360)],
        "named": sum(int(str(row["articles"])) for row in mentions.rows),
        "charts": [chart for chart in (scatter(shown, width=1000, height=240), scatter(shown, width=360, height=260)) if chart],
        "rounds": shown,
        "stories": [row | more[row["id"]] for row in stories.rows],
    }
    title = known.name if known else id
    return Page("name.html", title, values, {"rounds": rounds, "mentions": mentions, "stories": stories})


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(rows: list[Row], begin: date, weeks: int, width: int) -> Bars:
    """The newest so many weeks of the rows of `mentions`, those without a mention as well."""
    counts = {str(row["week"]): int(str(row["articles"])) for row in rows}
    days = [(begin + timedelta(weeks=number)).isoformat() for number in range(WEEKS - weeks, WEEKS)]
    return bars([(day, counts.get(day, 0)) for day in days], what="article", every="week", width=width, height=110)
