"""What a site prints on many pages, learnt from texts that share it and are otherwise different, and left out of comparisons."""

from __future__ import annotations

import sqlite3

TIMES = 3  # seen so often in different texts, a triple is the site's, not the article's
MOST = 400  # triples learnt from one pair
REMEMBERED = 64  # sites
NOTHING: frozenset[int] = frozenset()


class Boilerplate:
    """The triples that are a site's own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sites: dict[str, frozenset[int]] = {}
        self._learnt: set[str] | None = None  # the sites of which anything is known

    def forget(self) -> None:
        """Drops what is remembered, after a rollback."""
        self._sites.clear()
        self._learnt = None

    def of(self, domain: str) -> frozenset[int]:
        """What is known of a site."""
        if self._learnt is None:
            self._learnt = {
                site
                for (site,) in self._connection.execute("select distinct domain from rw_boilerplate where times >= ?", (TIMES,))
            }
        if domain not in self._learnt:
            return NOTHING
        known = self._sites.get(domain)
        if known is None:
            rows = self._connection.execute("select hash from rw_boilerplate where domain = ? and times >= ?", (domain, TIMES))
            known = frozenset([number for (number,) in rows])
            if len(self._sites) >= REMEMBERED:
                self._sites.pop(next(iter(self._sites)))
            self._sites[domain] = known
        return known

    def learn(self, domain: str, shared: frozenset[int]) -> None:
        """Two different texts of the site share these triples."""
        known = self.of(domain)
        fresh = sorted(shared - known)[:MOST]
        if not fresh:
            return
        self._connection.executemany(
            "insert into rw_boilerplate(domain, hash, times) values (?, ?, 1) on conflict(domain, hash) do update set times = times + 1",
            [(domain, number) for number in fresh],
        )
        self._sites.pop(domain, None)
        assert self._learnt is not None
        self._learnt.add(domain)
