"""Mentions and figures of an article as rows, each with the sentence that it stands in."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from racewire.model import Record
from racewire.text.sentences import sentence_at


def source_text(record: Record) -> str:
    """The text that the offsets of a record point into."""
    return record.text or record.title


def insert_mentions(connection: sqlite3.Connection, article_id: int, record: Record) -> None:
    text = source_text(record)
    rows = []
    for mention in (*record.mentions, *record.uncertain):
        certain = mention.certain and mention not in record.uncertain
        start, end = sentence_at(text, mention.start, mention.end, record.lang)
        rows.append(
            (article_id, mention.entity, mention.start, mention.end, mention.surface, int(certain), mention.score, start, end)
        )
    connection.executemany(
        'insert into mentions(article_id, entity_id, start, "end", surface, certain, score, sentence_start, sentence_end) '
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def insert_figures(connection: sqlite3.Connection, article_id: int, record: Record) -> None:
    text = source_text(record)
    ids: list[int] = []
    for position, figure in enumerate(record.figures):
        start, end = sentence_at(text, figure.start, figure.end, record.lang)
        row_id = connection.execute(
            'insert into figures(article_id, position, start, "end", surface, low, high, currency, approx, bound, per, role, certainty, '
            "round, recipient, payer, recipient_name, payer_name, cumulative, usd_low, usd_high, rate_on, rate_source, rate_stale, cue, "
            "sentence_start, sentence_end) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article_id,
                position,
                figure.start,
                figure.end,
                figure.surface,
                _real(figure.low),
                _real(figure.high),
                figure.currency,
                int(figure.approx),
                figure.bound,
                figure.per,
                figure.role,
                figure.certainty,
                figure.round,
                figure.recipient,
                figure.payer,
                figure.recipient_name,
                figure.payer_name,
                int(figure.cumulative),
                _real(figure.usd_low),
                _real(figure.usd_high),
                figure.rate_on.isoformat() if figure.rate_on else None,
                figure.rate_source,
                int(figure.rate_stale),
                figure.cue,
                start,
                end,
            ),
        ).lastrowid
        assert row_id is not None
        ids.append(row_id)
    for position, figure in enumerate(record.figures):
        other = figure.equivalent_of
        if other is not None and 0 <= other < len(ids):
            connection.execute("update figures set equivalent_of = ? where id = ?", (ids[other], ids[position]))


def remove_details(connection: sqlite3.Connection, article_id: int) -> None:
    """Takes away the mentions and figures of an article, before those of its new text come."""
    connection.execute("delete from rounds where article_id = ?", (article_id,))
    connection.execute("update figures set equivalent_of = null where article_id = ?", (article_id,))
    connection.execute("delete from figures where article_id = ?", (article_id,))
    connection.execute("delete from mentions where article_id = ?", (article_id,))


def _real(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
