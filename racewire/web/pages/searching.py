"""Full text over the articles, in every script."""

from __future__ import annotations

from racewire.archive import search as find
from racewire.archive.ask import within
from racewire.web.look import SECONDS, Look, Page
from racewire.web.tables import Table, command

ROWS = 20
SHOWN = 240  # characters of the text
COLUMNS = ("id", "url", "canonical_url", "title", "lang", "published_at", "first_seen_at", "source_id", "story_id", "copy_of")


def search(look: Look) -> Page:
    """`/search`: takes `q`, what to look for, and `before` to go on to older ones."""
    look.asked.only("q", "before")
    words, before = look.asked.text("q"), look.asked.number("before")
    with within(look.connection, SECONDS):
        rows = [dict(row) for row in find(look.connection, words, ROWS + 1, before=before)]
    more, rows = len(rows) > ROWS, rows[:ROWS]
    values = {
        "words": words,
        "articles": [row | {"beginning": str(row["text"])[:SHOWN], "whole": len(str(row["text"])) <= SHOWN} for row in rows],
        "older": look.address(before=rows[-1]["id"]) if more else None,
        "newest": look.address(before=None) if before else None,
    }
    table = Table(COLUMNS, rows, command("search", *(["--before", before] if before else []), "--limit", ROWS, "--", words), more)
    return Page("search.html", f"Search: {words}" if words else "Search", values, {"articles": table} if words else {})
