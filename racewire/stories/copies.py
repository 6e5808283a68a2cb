"""Copies: texts that share most of their word triples, found through a sampled index and verified exactly."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from racewire.stories.shingles import containment, sample, triples
from racewire.text.tokens import tokens

WINDOW_DAYS = 45
COPY = 0.6  # containment from which two texts at different sites are one
SAME_SITE = 0.6
LEAST_TRIPLES = 12
CROWD = 200  # a triple in more texts than this says nothing
CANDIDATES = 100
REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Copy:
    """An earlier article with (nearly) the same text."""

    article_id: int
    containment: float
    joins: bool = True


class CopyIndex:
    """Finds the stored articles that a text copies. One table a month of publishing; nothing to load at start."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._months: set[int] | None = None
        self._texts: OrderedDict[int, frozenset[int]] = OrderedDict()

    def forget(self) -> None:
        """Drops what is remembered, after a rollback."""
        self._months = None
        self._texts.clear()

    def find(self, shingles: frozenset[int], day: int, domain: str, title_words: list[str]) -> list[Copy]:
        """Articles that these triples copy, best first; `day` is the day of publishing, counted from year 1."""
        if len(shingles) < LEAST_TRIPLES:
            return []
        found = []
        for article_id in self._candidates(sample(shingles), day):
            share = containment(shingles, self._shingles(article_id))
            if share >= COPY:
                found.append(Copy(article_id, share))
        return sorted(found, key=lambda copy: (-copy.containment, copy.article_id))

    def add(self, article_id: int, shingles: frozenset[int], day: int) -> None:
        """Puts an article into the index."""
        table = self._table(_month(day))
        self._connection.executemany(
            f"insert or ignore into {table}(hash, article_id) values (?, ?)",  # noqa: S608 (a name made of digits)
            [(number, article_id) for number in sample(shingles)],
        )
        self._remember(article_id, shingles)

    def remove(self, article_id: int, shingles: frozenset[int], day: int) -> None:
        """Takes an article out again; `shingles` and `day` as they were added."""
        table = self._table(_month(day))
        self._connection.executemany(
            f"delete from {table} where hash = ? and article_id = ?",  # noqa: S608
            [(number, article_id) for number in sample(shingles)],
        )
        self._texts.pop(article_id, None)

    def _candidates(self, numbers: list[int], day: int) -> Iterable[int]:
        shared: dict[int, int] = {}
        known = self._known_months()
        for month in range(_month(day - WINDOW_DAYS), _month(day + WINDOW_DAYS) + 1):
            if month not in known:
                continue
            query = f"select article_id from {_name(month)} where hash = ? limit {CROWD + 1}"  # noqa: S608
            for number in numbers:
                rows = self._connection.execute(query, (number,)).fetchall()
                if len(rows) <= CROWD:
                    for (article_id,) in rows:
                        shared[article_id] = shared.get(article_id, 0) + 1
        least = 2 if len(numbers) >= 8 else 1
        likely = [article_id for article_id, count in shared.items() if count >= least]
        return sorted(likely, key=lambda article_id: (-shared[article_id], article_id))[:CANDIDATES]

    def _shingles(self, article_id: int) -> frozenset[int]:
        known = self._texts.get(article_id)
        if known is None:
            row = self._connection.execute("select text from articles where id = ?", (article_id,)).fetchone()
            known = triples(tokens(row[0])) if row else frozenset()
        self._remember(article_id, known)
        return known

    def _remember(self, article_id: int, shingles: frozenset[int]) -> None:
        self._texts[article_id] = shingles
        self._texts.move_to_end(article_id)
        while len(self._texts) > REMEMBERED:
            self._texts.popitem(last=False)

    def _known_months(self) -> set[int]:
        if self._months is None:
            names = self._connection.execute(
                "select name from sqlite_master where type = 'table' and name glob 'rw_shingles_[0-9]*'"
            )
            self._months = {_month_of_name(name) for (name,) in names}
        return self._months

    def _table(self, month: int) -> str:
        if month not in self._known_months():
            self._connection.execute(
                f"create table if not exists {_name(month)} "
                "(hash integer not null, article_id integer not null, primary key (hash, article_id)) strict, without rowid"
            )
            self._known_months().add(month)
        return _name(month)


def _month(day: int) -> int:
    from datetime import date

    on = date.fromordinal(max(1, min(day, date.max.toordinal())))
    return on.year * 12 + on.month - 1


def _name(month: int) -> str:
    return f"rw_shingles_{month // 12:04}{month % 12 + 1:02}"


def _month_of_name(name: str) -> int:
    digits = name.removeprefix("rw_shingles_")
    return int(digits[:4]) * 12 + int(digits[4:]) - 1
