"""Events that rules can use: silent corrections of a sum or a name, and reports that cannot both be true."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from racewire.archive.ledger import note_event
from racewire.stories.revisions import Correction, Fact
from racewire.stories.rounds import mark_conflicts


def facts_of(connection: sqlite3.Connection, article_id: int) -> list[Fact]:
    """The sums and certain names of an article as it is stored, in the order of the text."""
    figures = connection.execute(
        'select start, "end", surface, low, high, currency from figures where article_id = ? and not in_title', (article_id,)
    )
    facts = [Fact(row[0], row[1], row[2], tuple(row[3:])) for row in figures]
    named = connection.execute(
        'select start, "end", surface, entity_id from mentions where article_id = ? and certain and not in_title', (article_id,)
    )
    facts += [Fact(row[0], row[1], row[2], tuple(row[3:])) for row in named]
    return sorted(facts, key=lambda fact: (fact.start, fact.end))


def note_corrections(
    connection: sqlite3.Connection,
    article_id: int,
    story_id: int,
    found: Iterable[Correction],
    *,
    now: datetime,
    source_id: str | None,
) -> None:
    """Writes an event `correction` for each; `data` holds before and after."""
    for correction in found:
        note_event(
            connection,
            "correction",
            f"“{correction.before}” became “{correction.after}”",
            now=now,
            source_id=source_id,
            article_id=article_id,
            story_id=story_id,
            data={"before": correction.before, "after": correction.after},
        )


def note_conflicts(connection: sqlite3.Connection, story_id: int, now: datetime) -> None:
    """Brings the conflicts of a story up to date and writes an event `conflict` for each two sums of a company that came to disagree."""
    found = mark_conflicts(connection, story_id)
    if not found:
        return
    told = {
        (data["company"], *sorted(data["sums"]))
        for (text,) in connection.execute("select data from events where kind = 'conflict' and story_id = ?", (story_id,))
        for data in (json.loads(text),)
    }
    for conflict in found:
        one, other = conflict.one, conflict.other
        if (conflict.company, *sorted((one.surface, other.surface))) in told:
            continue
        note_event(
            connection,
            "conflict",
            f"{conflict.company}: {one.surface} ({one.domain}) and {other.surface} ({other.domain}) cannot both be true",
            now=now,
            article_id=other.article_id,
            story_id=story_id,
            data={
                "company": conflict.company,
                "articles": [one.article_id, other.article_id],
                "sums": [one.surface, other.surface],
            },
        )
