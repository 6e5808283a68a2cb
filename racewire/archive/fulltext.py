"""Full text over folded words: finds 百川, 腾讯, and `dua` for đua, newest first.

Runs of Chinese, Japanese, Korean and Thai become overlapping pairs of characters plus the last one, so that any part of a run
can be found. The table is contentless: the same folded text must be given again to take a row out.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from racewire.text.tokens import SPACELESS, fold_text

PAIRED = f"{SPACELESS}\uac00-\ud7a3"
RUN = re.compile(f"[{PAIRED}]+")
INDIAN = "\u0900-\u0963\u0966-\u096f\u0980-\u0dff"  # their vowel signs part words in the index: a word is a phrase there
PIECE = re.compile(f'"[^"]*"|[{PAIRED}]+|[{INDIAN}]+\\*?|[^\\W_{PAIRED}{INDIAN}]+\\*?')
NO_ID = 2**63 - 1  # above every id
WORD = re.compile(f"[{PAIRED}]+|[{INDIAN}]+|[^\\W_{PAIRED}{INDIAN}]+")


def _paired(match: re.Match[str]) -> str:
    run = match[0]
    return " " + " ".join([run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]) + " "


def indexed(folded: str) -> str:
    """The words of a folded text as the index holds them."""
    return folded if folded.isascii() else RUN.sub(_paired, folded)


def insert(connection: sqlite3.Connection, articles: Iterable[tuple[int, str, str]]) -> None:
    """Puts articles in: each with its id, folded title and folded text."""
    connection.executemany(
        "insert into articles_fts(rowid, title, text) values (?, ?, ?)",
        [(article_id, indexed(title), indexed(text)) for article_id, title, text in articles],
    )


def delete(connection: sqlite3.Connection, article_id: int, title: str, text: str) -> None:
    """Takes a row out; `title` and `text` as they were stored."""
    connection.execute(
        "insert into articles_fts(articles_fts, rowid, title, text) values ('delete', ?, ?, ?)",
        (article_id, indexed(fold_text(title)), indexed(fold_text(text))),
    )


def match_expression(words: str) -> str:
    """The FTS5 query for what a person typed: all words; "quoted words" as a phrase; a trailing * for a beginning."""
    terms = []
    for piece in PIECE.findall(fold_text(words)):
        if piece.startswith('"'):
            phrase = " ".join(part for word in WORD.findall(piece) for part in _query_parts(word))
            if phrase:
                terms.append(f'"{phrase}"')
        elif RUN.fullmatch(piece):
            terms.append(f'"{piece}"*' if len(piece) == 1 else '"' + " ".join(_query_parts(piece)) + '"')
        elif piece.endswith("*"):
            terms.append(f'"{piece[:-1]}"*')
        else:
            terms.append(f'"{piece}"')
    return " ".join(terms)


def _query_parts(word: str) -> list[str]:
    if RUN.fullmatch(word) and len(word) > 1:
        return [word[i : i + 2] for i in range(len(word) - 1)]
    return [word]


def search(connection: sqlite3.Connection, words: str, limit: int = 20, *, before: int | None = None) -> list[sqlite3.Row]:
    """Articles that hold all the words, newest first: at most `limit` rows of `articles`, of ids below `before`. No words, no rows."""
    expression = match_expression(words)
    if not expression:
        return []
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(
        "select articles.* from articles_fts join articles on articles.id = articles_fts.rowid "
        "where articles_fts match ? and articles_fts.rowid < ? order by articles_fts.rowid desc limit ?",
        (expression, NO_ID if before is None else before, limit),
    ).fetchall()
