"""No page walks through a large table: what it asks is answered by an index, or by the newest rows alone."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from racewire.archive.store import open_reader
from racewire.web.site import Site
from tests.web.conftest import client
from tests.web.test_pages import PAGES

LARGE = "articles|a|mentions|m|figures|f|revisions|crawls|deliveries|d"
WALKS = re.compile(rf"SCAN (TABLE )?({LARGE})\b(?! USING INTEGER PRIMARY KEY)")
# these walk back from the newest row to the beginning of a span of time
FROM_THE_END = re.compile(r"where (first_seen_at|created_at) < '[^']*' order by id desc limit 1")


@pytest.mark.parametrize("path", PAGES)
def test_large_tables_are_searched_not_walked_through(site: Site, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def traced(database: Path) -> sqlite3.Connection:
        connection = open_reader(database)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr("racewire.web.app.open_reader", traced)
    assert client(site)(path).status_code == 200
    selects = [sql for sql in asked if sql.lstrip().lower().startswith(("select", "with"))]
    assert selects
    with closing(open_reader(site.database)) as connection:
        for sql in selects:
            steps = [row["detail"] for row in connection.execute(f"explain query plan {FROM_THE_END.sub('where id = 1', sql)}")]
            assert not [step for step in steps if WALKS.match(step)], sql
