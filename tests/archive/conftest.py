"""An archive in a folder of its own, and articles of invented companies."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from racewire.archive import Archive, open_archive
from racewire.model import Figure, Mention, Record

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PARAGRAPH = (
    "Lumenova, a maker of language models in Haiphong, raised {sum} in a seed round led by Quarry Partners, the company said on Tuesday. "
    "The money goes into a second data centre near the port, where construction began last spring after two years of planning. "
    "Its founders met at a robotics contest and sold a speech start-up before they turned to models for shipping firms."
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture
def rows(archive: Archive) -> Callable[..., list[dict[str, object]]]:
    """Runs a query on a reader and gives its rows."""

    def query(sql: str, *values: object) -> list[dict[str, object]]:
        with closing(archive.reader()) as reader:
            return [dict(row) for row in reader.execute(sql, values)]

    return query


def raise_report(url: str, amount: str = "$50 million", low: int = 50_000_000, **fields: object) -> Record:
    """An article that says that Lumenova raised a sum, with the mention and the figure that it holds."""
    text = PARAGRAPH.format(sum=amount)
    start = text.index(amount)
    figure = Figure(
        start,
        start + len(amount),
        amount,
        Decimal(low),
        Decimal(low),
        "USD",
        role="raised",
        round="seed",
        recipient="lumenova",
        usd_low=Decimal(low),
        usd_high=Decimal(low),
    )
    record = Record(
        url=url,
        title="Lumenova raises seed money",
        text=text,
        lang="en",
        published_at=NOW,
        published_precision="minute",
        mentions=(Mention("lumenova", 0, 8, "Lumenova"),),
        figures=(figure,),
    )
    return replace(record, **fields)  # type: ignore[arg-type]


def connection_of(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)
