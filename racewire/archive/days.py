"""How often an entity is named on a day: kept up to date article by article, so that nobody counts again."""

from __future__ import annotations

import sqlite3

NAMED = (
    "select distinct substr(coalesce(a.published_at, a.first_seen_at), 1, 10), m.entity_id "
    "from mentions m join articles a on a.id = m.article_id where m.article_id = ? and m.certain"
)


def count_article(connection: sqlite3.Connection, article_id: int, story_id: int) -> None:
    """Counts the certain mentions of a stored article."""
    for day, entity in connection.execute(NAMED, (article_id,)).fetchall():
        (articles,) = connection.execute(
            "insert into rw_mention_days(day, entity_id, story_id, articles) values (?, ?, ?, 1) "
            "on conflict(day, entity_id, story_id) do update set articles = articles + 1 returning articles",
            (day, entity, story_id),
        ).fetchone()
        connection.execute(
            "insert into mentions_daily(day, entity_id, articles, stories) values (?, ?, 1, 1) "
            "on conflict(day, entity_id) do update set articles = articles + 1, stories = stories + ?",
            (day, entity, int(articles == 1)),
        )


def uncount_article(connection: sqlite3.Connection, article_id: int, story_id: int) -> None:
    """Takes an article's mentions out of the counts, before they or its story change."""
    for day, entity in connection.execute(NAMED, (article_id,)).fetchall():
        key = (day, entity, story_id)
        connection.execute(
            "update rw_mention_days set articles = articles - 1 where day = ? and entity_id = ? and story_id = ?", key
        )
        gone = connection.execute(
            "delete from rw_mention_days where day = ? and entity_id = ? and story_id = ? and articles <= 0", key
        ).rowcount
        connection.execute(
            "update mentions_daily set articles = articles - 1, stories = stories - ? where day = ? and entity_id = ?",
            (gone, day, entity),
        )
        connection.execute("delete from mentions_daily where day = ? and entity_id = ? and articles <= 0", (day, entity))
