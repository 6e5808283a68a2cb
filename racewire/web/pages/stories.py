"""The stories, newest first."""

from __future__ import annotations

from racewire.web.look import Look, Page, chips
from racewire.web.pages.listed import details

ROWS = 40
# of the newest stories only: to know every language, all of them would have to be read
LANGUAGES = """
select lang from (select lang from stories where merged_into is null order by id desc limit 2000) where lang is not null
group by lang order by count(*) desc, lang
"""


def stories(look: Look) -> Page:
    """`/`: takes `lang`, and `before` to go on to older ones."""
    look.asked.only("lang", "before")
    lang, before = look.asked.word("lang"), look.asked.number("before")
    table = look.ask("new", {"lang": lang, "before": before}, limit=ROWS)
    known = details(look, [row["id"] for row in table.rows])
    languages = [str(row[0]) for row in look.select(LANGUAGES, limit=12).rows]
    values = {
        "stories": [row | known[row["id"]] for row in table.rows],
        "chips": chips(look, "lang", languages, lang),
        "older": look.address(before=table.rows[-1]["id"]) if table.more else None,
        "newest": look.address(before=None) if before else None,
    }
    return Page("stories.html", "Stories", values, {"stories": table})
