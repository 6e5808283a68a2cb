"""What the pages cost over a large archive of made-up articles: CPU and wall time a page.

    python benchmarks/web.py                       100,000 articles (two minutes to make, about 500 MB)
    python benchmarks/web.py --articles 10000
    python benchmarks/web.py --database big.db     keeps the archive there, and uses it again

Rows are written straight into the tables, denser in names, sums and raises than real news; one story has 500 articles.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.stories import Writer
from racewire.archive import fulltext, open_archive
from racewire.archive.times import stamp
from racewire.entities import Gazetteer
from racewire.text.tokens import fold_text
from racewire.web.app import application
from racewire.web.site import Site

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAYS, SOURCES, TIMES = 200, 100, 15
PLACE = '"start", "end", sentence_start, sentence_end'
PAGES = (
    "/", "/?lang=de", "/?lang=xx", "/?before=5000", "/story/1000", "/story/{big}", "/names", "/name/{common}", "/name/{rare}", "/money",
    "/money?since=30d", "/money?since=365d", "/money?country=CN", "/rules", "/sources", "/alerts", "/alerts?rule=r3", "/search?q=ba", '/search?q="ba be"', "/search?q=n*",
)  # fmt: skip


class Filler:
    """Writes made-up rows, always the same ones."""

    def __init__(self, connection: sqlite3.Connection, articles: int) -> None:
        self._connection = connection
        self._articles = articles
        self._random = random.Random(3)
        self._ids = [entity.id for entity in Gazetteer.shipped()]
        self._weights = [1 / (rank + 2) for rank in range(len(self._ids))]
        self._days: Counter[tuple[str, str]] = Counter()
        self._story = 0

    def fill(self) -> int:
        """Everything; returns the number of the large story."""
        run, at = self._connection.execute, stamp(NOW)
        for number in range(SOURCES):
            run("insert into sources(id, url, kind, every_s, first_seen_at, last_ok_at, problem) values (?, ?, 'feed', 600, ?, ?, ?)",
                (f"s{number}", f"https://paper{number}.example/feed", at, at, None if number % 17 else "timeout"))  # fmt: skip
        for number, record in zip(range(1, self._articles + 1), Writer(500).articles(), strict=False):
            moment = NOW - timedelta(days=DAYS * (self._articles - number) / self._articles)
            self._article(number, record.url, record.title, record.text, stamp(moment))
        large = self._story // 2
        run("update articles set story_id = ? where id % ? = 0", (large, max(1, self._articles // 500)))
        rows = ((day, entity, count, count) for (day, entity), count in self._days.items())
        self._connection.executemany("insert into mentions_daily values (?, ?, ?, ?)", rows)
        return large

    def _article(self, number: int, url: str, title: str, text: str, at: str) -> None:
        run, chance = self._connection.execute, self._random
        lang = chance.choices(["en", "zh", "vi", "ja", "ko", "de"], [60, 15, 10, 6, 5, 4])[0]
        story = max(1, self._story - int(chance.expovariate(0.05)))
        if not self._story or chance.random() > 0.55:
            story = self._story = self._story + 1
            run("insert into stories(id, headline, lang, first_article_id, first_seen_at, last_seen_at) values (?, ?, ?, ?, ?, ?)",
                (story, title, lang, number, at, at))  # fmt: skip
        run("insert into articles(id, source_id, url, title, lang, published_at, published_precision, first_seen_at, story_id, content_hash, domain, "
            "words, text) values (?, ?, ?, ?, ?, ?, 'second', ?, ?, ?, ?, 250, ?)",
            (number, f"s{number % SOURCES}", url, title, lang, at, at, story, str(number), f"paper{number % 211}.example", text))  # fmt: skip
        run("update stories set articles = articles + 1, sources = sources + 1, last_seen_at = ? where id = ?", (at, story))
        fulltext.insert(self._connection, number, fold_text(title), fold_text(text))
        for entity in set(chance.choices(self._ids, self._weights, k=4)):
            self._days[at[:10], entity] += 1
            for _ in range(2):
                run(
                    f"insert into mentions(article_id, entity_id, surface, {PLACE}) values (?, ?, 'name', ?, ?, ?, ?)",
                    (number, entity, *self._place(text)),
                )
        for position in range(chance.choice([0, 0, 1, 2, 4])):
            self._figure(number, story, position, text, at)
        if number % 40 == 0:
            self._alert(number, story, title, at)

    def _place(self, text: str) -> tuple[int, int, int, int]:
        start = self._random.randrange(max(1, len(text) - 40))
        return start, start + 8, max(0, start - 80), start + 100

    def _figure(self, number: int, story: int, position: int, text: str, at: str) -> None:
        role = self._random.choices(["raised", "valuation", "revenue", "other"], [4, 2, 2, 4])[0]
        company = self._random.choices(self._ids, self._weights)[0]
        amount = self._random.choice([5, 10, 50, 100, 300]) * 1e6
        figure = self._connection.execute(
            f"insert into figures(article_id, position, surface, low, high, currency, role, certainty, recipient, usd_low, usd_high, {PLACE}) "
            "values (?, ?, '$50 million', ?, ?, 'USD', ?, 'stated', ?, ?, ?, ?, ?, ?, ?)",
            (number, position, amount, amount, role, company, amount, amount, *self._place(text)),
        ).lastrowid
        if role == "raised":
            self._connection.execute(
                "insert into rounds(story_id, article_id, figure_id, company, certainty, low, high, currency, surface, usd_low, usd_high, reported_at, "
                "conflicts) values (?, ?, ?, ?, 'stated', ?, ?, 'USD', '$50 million', ?, ?, ?, ?)",
                (story, number, figure, company, amount, amount, amount, amount, at, int(self._random.random() < 0.2)),
            )

    def _alert(self, number: int, story: int, title: str, at: str) -> None:
        data = json.dumps({"story": {"headline": title, "sources": []}, "entities": [], "figures": [], "why": ["it held"]})
        alert = self._connection.execute(
            "insert into alerts(rule_id, title, severity, story_id, article_id, fact, created_at, data) values (?, 'A rule', 'high', ?, ?, ?, ?, ?)",
            (f"r{number % 7}", story, number, str(number), at, data),
        ).lastrowid
        self._connection.execute(
            "insert into deliveries(id, alert_id, channel, state, created_at, body) values (?, ?, 'me', 'delivered', ?, ?)",
            (f"m{number}", alert, at, "x" * 8000),
        )


async def measure(path: Path, large: int) -> None:
    """Prints a line a page: the medians and the greatest of so many times."""
    ids = [entity.id for entity in Gazetteer.shipped()]
    transport = httpx.ASGITransport(app=application(Site(path, Gazetteer.shipped(), clock=lambda: NOW)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asking:
        for pattern in PAGES:
            page = pattern.format(big=large, common=ids[0], rare=ids[-1])
            wall, processor = [], []
            for _ in range(TIMES):
                began, worked = time.perf_counter(), time.process_time()
                answer = await asking.get(page)
                wall.append((time.perf_counter() - began) * 1000)
                processor.append((time.process_time() - worked) * 1000)
                answer.raise_for_status()
            print(
                f"{page:24} CPU {statistics.median(processor):6.1f} ms, at most {max(processor):6.1f}   "
                f"wall {statistics.median(wall):6.1f} ms, at most {max(wall):6.1f}   {len(answer.content) // 1024} KiB"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--database", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder, "archive.db")
        if not path.exists():
            with open_archive(path) as archive:
                archive.write(lambda connection: Filler(connection, options.articles).fill())
        with open_archive(path, readonly=True) as archive:
            large = (
                archive.reader()
                .execute("select story_id from articles group by story_id order by count(*) desc limit 1")
                .fetchone()[0]
            )
        asyncio.run(measure(path, large))


if __name__ == "__main__":
    main()
