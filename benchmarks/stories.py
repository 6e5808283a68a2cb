"""What deduplication costs as the archive grows, on made-up text; beside datasketch and rensa where they are installed.

    python benchmarks/stories.py                 100,000 articles (some minutes)
    python benchmarks/stories.py --articles 10000
    python benchmarks/stories.py --peers         the same texts through datasketch and rensa (pip install datasketch rensa)

Words are invented and drawn by Zipf's law; one article in five copies an earlier one with a sentence in ten left out, one in five
tells an event that another one tells in other words. Times are wall clock of `Archive.add` in batches of 20 with their commits; CPU beside it, for a machine
that has other work too.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path

import psutil

from racewire.archive import open_archive
from racewire.model import Record

BATCH = 20
START = datetime(2026, 1, 1, tzinfo=UTC)


class Writer:
    """Makes articles up, always the same ones."""

    def __init__(self, per_day: int, seed: int = 7) -> None:
        self._random = random.Random(seed)
        syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
        self._words = ["".join(self._random.choices(syllables, k=self._random.randint(1, 4))) for _ in range(60_000)]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        self._per_day = per_day
        self._recent: list[tuple[list[str], list[str]]] = []

    def articles(self) -> Iterator[Record]:
        number = 0
        while True:
            kind = self._random.random()
            if kind < 0.2 and self._recent:
                names, sentences = self._random.choice(self._recent)
                kept = [sentence for sentence in sentences if self._random.random() > 0.1]
                title = self._sentence(6, names)
            else:
                if kind < 0.4 and self._recent:
                    names = self._random.choice(self._recent)[0]
                else:
                    names = ["".join(self._random.choices("abcdefghijklmnopqrstuvwxyz", k=7)).title() for _ in range(5)]
                title = self._sentence(8, names)
                kept = [self._sentence(18, names) for _ in range(14)]
                self._recent = [*self._recent[-200:], (names, kept)]
            at = START + timedelta(days=number / self._per_day)
            yield Record(
                url=f"https://paper{number % 211}.example/news/{number}",
                title=title,
                text="\n".join(kept),
                lang="en",
                published_at=at,
                published_precision="second",
            )
            number += 1

    def _sentence(self, words: int, names: list[str]) -> str:
        chosen = self._random.choices(self._words, cum_weights=self._weights, k=words)
        for _ in range(2):
            chosen[self._random.randrange(1, words)] = self._random.choice(names)
        return " ".join(chosen).capitalize() + "."


def index_bytes(path: Path) -> dict[str, int]:
    """Bytes of the tables that recognise copies and stories, by the pages they fill; {} where SQLite cannot tell."""
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("select name, sum(pgsize) from dbstat group by name").fetchall()
    except sqlite3.Error:
        return {}
    finally:
        connection.close()
    sizes: dict[str, int] = {}
    for name, size in rows:
        if name.startswith("rw_samples"):
            sizes["copies"] = sizes.get("copies", 0) + size
        elif name.startswith("rw_terms") or name in ("rw_signatures", "rw_word_counts"):
            sizes["stories"] = sizes.get("stories", 0) + size
    return sizes


def measure(articles: int, per_day: int, folder: Path) -> None:
    path = folder / "archive.db"
    process = psutil.Process()
    writer = Writer(per_day).articles()
    archive = open_archive(path)
    warm = [next(writer) for _ in range(BATCH)]
    archive.add(warm, now=START)
    before = process.memory_info().rss
    fifth = articles // 5
    costs: list[float] = []
    processor: list[float] = []
    totals = []
    outcomes: dict[str, int] = {}
    for part in range(5):
        began = time.perf_counter()
        spent = 0.0
        for _ in range(fifth // BATCH):
            records = list(islice(writer, BATCH))
            started, worked = time.perf_counter(), time.process_time()
            added = archive.add(records, now=records[-1].published_at)
            took = time.perf_counter() - started
            spent += took
            costs.append(took / BATCH)
            processor.append((time.process_time() - worked) / BATCH)
            for one in added:
                outcomes[one.outcome] = outcomes.get(one.outcome, 0) + 1
        totals.append(spent)
        print(
            f"fifth {part + 1}: {spent / fifth * 1000:.3f} ms an article ({statistics.median(processor[-fifth // BATCH :]) * 1000:.3f} ms CPU p50), {time.perf_counter() - began:.0f} s with making them up, "
            f"rss +{(process.memory_info().rss - before) / 1e6:.0f} MB",
            flush=True,
        )
    grown = process.memory_info().rss - before
    archive.close()
    del archive  # else the next one would be timed with the memory that this one gives back
    sizes = index_bytes(path)
    opened, first = restart(path, next(writer))
    alone = subprocess.run([sys.executable, __file__, "--restart", path], check=True, capture_output=True, text=True).stdout
    print(
        f"p50 {statistics.median(costs) * 1000:.3f} ms an article (CPU {statistics.median(processor) * 1000:.3f} ms), p99 of batches {sorted(costs)[int(len(costs) * 0.99)] * 1000:.3f} ms"
    )
    print(f"last fifth / first fifth {totals[-1] / totals[0]:.2f}; rss grew {grown / 1e6:.0f} MB; {outcomes}")
    print(
        f"database {os.path.getsize(path) / articles:.0f} bytes an article; "
        + ", ".join(f"index of {k} {v / articles:.0f}" for k, v in sizes.items())
    )
    print(f"opened again: {opened * 1000:.1f} ms, first article {first * 1000:.1f} ms; in a new process: {alone.strip()}")


def restart(path: Path, record: Record) -> tuple[float, float]:
    """Seconds that it takes to open the archive and to add an article."""
    started = time.perf_counter()
    with open_archive(path) as archive:
        opened = time.perf_counter()
        archive.add([record], now=record.published_at)
        return opened - started, time.perf_counter() - opened


def peers(articles: int, per_day: int) -> None:
    """The same texts through MinHash LSH of datasketch and rensa, words in threes, threshold 0.5, 128 permutations."""
    texts = [record.text.split() for record in islice(Writer(per_day).articles(), articles)]
    shingled = [[" ".join(words[i : i + 3]) for i in range(len(words) - 2)] for words in texts]
    process = psutil.Process()
    try:
        from datasketch import MinHash, MinHashLSH

        before, started = process.memory_info().rss, time.process_time()
        lsh = MinHashLSH(threshold=0.5, num_perm=128)
        for number, shingles in enumerate(shingled):
            sketch = MinHash(num_perm=128)
            sketch.update_batch([shingle.encode() for shingle in shingles])
            lsh.query(sketch)
            lsh.insert(number, sketch)
        spent = time.process_time() - started
        print(
            f"datasketch: {spent / articles * 1000:.3f} ms an article, rss +{(process.memory_info().rss - before) / 1e6:.0f} MB, nothing on disk"
        )
    except ImportError:
        print("datasketch is not installed")
    try:
        from rensa import RMinHash, RMinHashLSH

        before, started = process.memory_info().rss, time.process_time()
        index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
        for number, shingles in enumerate(shingled):
            sketch = RMinHash(num_perm=128, seed=1)
            sketch.update(shingles)
            index.query(sketch)
            index.insert(number, sketch)
        spent = time.process_time() - started
        print(
            f"rensa: {spent / articles * 1000:.3f} ms an article, rss +{(process.memory_info().rss - before) / 1e6:.0f} MB, nothing on disk"
        )
    except ImportError:
        print("rensa is not installed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--per-day", type=int, default=2_000)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--restart", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.restart:  # the first article of a process also loads the tables of words, places and public suffixes
        records = Writer(arguments.per_day, seed=8).articles()
        opened, first = restart(arguments.restart, next(records))
        print(f"{opened * 1000:.1f} ms, {first * 1000:.1f} ms with the tables of words")
        return
    if arguments.peers:
        peers(arguments.articles, arguments.per_day)
        return
    with tempfile.TemporaryDirectory(prefix="racewire-benchmark-") as folder:
        measure(arguments.articles, arguments.per_day, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
