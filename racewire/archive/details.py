"""Mentions and figures of an article as rows, each with the sentence that it stands in."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from racewire.model import Figure, Mention, Record
from racewire.text.sentences import sentence_at


def insert_mentions(connection: sqlite3.Connection, article_id: int, record: Record) -> None:
    rows = []
    for mentions, certain, in_title in (
        (record.mentions, 1, 0),
        (record.uncertain, 0, 0),
        (record.title_mentions, 1, 1),
    ):
        for mention in mentions:
            place = (mention.start, mention.end, mention.surface)
            sure = int(mention.certain) & certain
            rows.append(
                (article_id, mention.entity, *place, sure, mention.score, in_title, *_sentence(record, mention, in_title))
            )
    connection.executemany(
        'insert into mentions(article_id, entity_id, start, "end", surface, certain, score, in_title, sentence_start, sentence_end) '
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def insert_figures(connection: sqlite3.Connection, article_id: int, record: Record) -> None:
    for in_title, figures in enumerate((record.figures, record.title_figures)):
        _insert_figures(connection, article_id, record, figures, in_title)


def _insert_figures(
    connection: sqlite3.Connection, article_id: int, record: Record, figures: tuple[Figure, ...], in_title: int
) -> None:
    ids: list[int] = []
    for position, figure in enumerate(figures, len(record.figures) * in_title):
        start, end = _sentence(record, figure, in_title)
        row_id = connection.execute(
            'insert into figures(article_id, position, start, "end", surface, low, high, currency, approx, bound, per, role, certainty, '
            "round, recipient, payer, recipient_name, payer_name, cumulative, usd_low, usd_high, rate_on, rate_source, rate_stale, cue, "
            "in_title, sentence_start, sentence_end) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                in_title,
                start,
                end,
            ),
        ).lastrowid
        assert row_id is not None
        ids.append(row_id)
    for row_id, figure in zip(ids, figures, strict=True):
        other = figure.equivalent_of
        if other is not None and 0 <= other < len(ids):
            connection.execute("update figures set equivalent_of = ? where id = ?", (ids[other], row_id))


def _sentence(record: Record, found: Mention | Figure, in_title: int) -> tuple[int, int]:
    """Where the sentence of a name or sum begins and ends; a title is one."""
    if in_title:
        return 0, len(record.title)
    return sentence_at(record.text or record.title, found.start, found.end, record.lang)


def remove_details(connection: sqlite3.Connection, article_id: int) -> None:
    """Takes away the mentions and figures of an article, before those of its new text come."""
    connection.execute("delete from rounds where article_id = ?", (article_id,))
    connection.execute("update figures set equivalent_of = null where article_id = ?", (article_id,))
    connection.execute("delete from figures where article_id = ?", (article_id,))
    connection.execute("delete from mentions where article_id = ?", (article_id,))


def _real(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
