"""Which articles hold a number: lists of article ids by number, one table a span of time, written in bulk.

The numbers of an article are hashes, so they fall on as many pages as there are numbers; written one article at a time, each would cost a
page of the write-ahead log. New ones therefore wait in one small table in the order of arrival (and in memory), and every GATHERED articles
they go into the tables that are searched, in the order of the numbers, many to a page. A list keeps its newest ids only.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Mapping
from itertools import repeat
from sys import byteorder

GATHERED = 1024  # articles that wait; all are read when the archive was opened after a crash ...
SAVED = 256  # ... and no more than these after it was closed

ID_BYTES = 4

_Lists = dict[int, bytes]  # the articles of each number, one after the other; such a list is no work for the garbage collector


class Postings:
    """The lists of one kind, in tables `rw_{kind}_{part}`, and what waits for them in `rw_{kind}`. Numbers have 32 bits.

    `most` is how many ids a list keeps. What is taken out of the archive stays in the lists: whoever reads an id looks whether it still holds.
    """

    def __init__(self, connection: sqlite3.Connection, kind: str, most: int) -> None:
        self._connection = connection
        self._kind, self._most = kind, most
        self._articles = 0
        self._adds = False
        self._waiting: dict[int, _Lists] | None = None
        self._tables: set[int] | None = None
        self._ahead: dict[int, _Lists] = {}

    def forget(self) -> None:
        """Drops what is remembered, after a rollback."""
        self._waiting = self._tables = None
        self._ahead = {}

    def parts(self) -> set[int]:
        """The spans of time in which anything is held."""
        return self._known_tables() | self._known_waiting().keys()

    def add(self, article_id: int, part: int, numbers: Collection[int]) -> None:
        """Puts an article into the lists of these numbers."""
        if not numbers:
            return
        waiting = self._known_waiting()
        self._connection.execute(
            f"insert into rw_{self._kind}(article_id, part, numbers) values (?, ?, ?)",  # noqa: S608 (the kind is ours)
            (article_id, part, array("I", numbers).tobytes()),
        )
        _put(waiting, article_id, part, numbers)
        self._articles += 1
        self._adds = True
        if self._articles >= GATHERED:
            self.gather()

    def look_ahead(self, numbers: Mapping[int, set[int]]) -> None:
        """Reads, in one go, what stands in the file under numbers that will be asked for: those of each part.

        Many numbers in their order cost less than few at a time. Holds until `forget_ahead`, or until the tables change.
        """
        self._ahead = {}
        for part in numbers.keys() & self._known_tables():
            lists = dict.fromkeys(numbers[part], b"")
            lists.update(self._stored(part, sorted(lists)))
            self._ahead[part] = lists

    def known_ahead(self, numbers: Iterable[int]) -> int:
        """How many of the numbers any article holds, by what was read ahead and what waits."""
        lists = [*self._ahead.values(), *self._known_waiting().values()]
        return sum(any(map(dict.get, lists, repeat(number))) for number in numbers)

    def forget_ahead(self) -> None:
        """Drops what was read ahead, at the end of a transaction at the latest."""
        self._ahead = {}

    def find(self, numbers: Iterable[int], parts: Iterable[int]) -> dict[int, list[int]]:
        """The articles that hold each number, at most `most` of each; pass the newest part first, for its articles come first."""
        wanted, waiting, tables = list(numbers), self._known_waiting(), self._known_tables()
        found: dict[int, list[int]] = {}
        for part in parts:
            if part in waiting:
                lists = waiting[part]
                self._extend(found, [(number, lists[number]) for number in wanted if number in lists])
            if part in tables:
                ahead = self._ahead.get(part, {})
                missing = [number for number in wanted if number not in ahead] if ahead else wanted
                if ahead:
                    self._extend(found, [(number, ahead[number]) for number in wanted if ahead.get(number)])
                if missing:
                    self._extend(found, self._stored(part, missing))
        return found

    def _stored(self, part: int, numbers: list[int]) -> Iterable[tuple[int, bytes]]:
        return self._connection.execute(
            f"select number, ids from json_each(?) cross join rw_{self._kind}_{part} on number = value",  # noqa: S608 (the kind is ours)
            (str(numbers),),
        )

    def _extend(self, found: dict[int, list[int]], lists: Iterable[tuple[int, bytes]]) -> None:
        most = self._most
        for number, ids in lists:
            known = found.get(number)
            if known is None:
                found[number] = array("I", ids[-ID_BYTES * most :]).tolist()
            elif len(known) < most:
                known += array("I", ids[ID_BYTES * (len(known) - most) :]).tolist()

    def drop_older(self, article_id: int) -> list[str]:
        """Drops the tables that hold no article with that id or a later one; returns their names."""
        rows = self._connection.execute(
            "select part from rw_parts where kind = ? and newest < ?", (self._kind, article_id)
        ).fetchall()
        dropped = [f"rw_{self._kind}_{part}" for (part,) in rows]
        for (part,), name in zip(rows, dropped, strict=True):
            self._connection.execute(f"drop table {name}")
            self._connection.execute("delete from rw_parts where kind = ? and part = ?", (self._kind, part))
            self._known_tables().discard(part)
            self._ahead.pop(part, None)
        return dropped

    def _known_tables(self) -> set[int]:
        if self._tables is None:
            rows = self._connection.execute("select part from rw_parts where kind = ?", (self._kind,))
            self._tables = {part for (part,) in rows}
        return self._tables

    def _known_waiting(self) -> dict[int, _Lists]:
        if self._waiting is None:
            rows = self._connection.execute(f"select article_id, part, numbers from rw_{self._kind} order by id").fetchall()  # noqa: S608
            self._waiting, self._articles = {}, len(rows)
            for article_id, part, numbers in rows:
                _put(self._waiting, article_id, part, array("I", numbers))
        return self._waiting

    def save(self) -> None:
        """Gathers what waits, if it is much and any of it came by this connection; to be called before closing."""
        if self._adds and self._articles >= SAVED:
            self.gather()

    def gather(self) -> None:
        """Writes what waits into the tables that are searched, all as it stands in the file."""
        self.forget()
        for part, lists in sorted(self._known_waiting().items()):
            name = f"rw_{self._kind}_{part}"
            if part not in self._known_tables():
                self._connection.execute(f"create table {name} (number integer primary key, ids blob not null) strict")
                self._known_tables().add(part)
            self._connection.executemany(
                f"insert into {name}(number, ids) values (?, ?) on conflict(number) do update set "  # noqa: S608
                f"ids = substr(cast(ids || excluded.ids as blob), {-ID_BYTES * self._most})",
                [(number, lists[number][-ID_BYTES * self._most :]) for number in sorted(lists)],
            )
            newest = max(array("I", b"".join(lists.values())))
            self._connection.execute(
                "insert into rw_parts(kind, part, newest) values (?, ?, ?) on conflict do update set newest = max(newest, excluded.newest)",
                (self._kind, part, newest),
            )
        self._connection.execute(f"delete from rw_{self._kind}")  # noqa: S608
        self._waiting, self._articles = {}, 0


def _put(waiting: dict[int, _Lists], article_id: int, part: int, numbers: Iterable[int]) -> None:
    lists = waiting.get(part)
    if lists is None:
        lists = waiting[part] = {}
    known, own = lists.get, article_id.to_bytes(ID_BYTES, byteorder)
    for number in numbers:
        lists[number] = known(number, b"") + own
