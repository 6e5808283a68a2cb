"""How right and how fast pages are read, beside other extractors, on the same pages in the same run.

    python benchmarks/reading.py FOLDER [--limit 100] [--peer trafilatura-fast]

FOLDER holds `pages.jsonl`, one page a line: `url`, `file` (gzipped HTML, relative to the folder), `body` (list of paragraphs), and where known
`title`, `published` (ISO 8601; `zone`, an IANA name, where it has none), `authors`, `canonical`, `lang`. Such folders are made from the public test pages of fundus
(github.com/flairNLP/fundus) and article-extraction-benchmark (github.com/scrapinghub/article-extraction-benchmark), both MIT.

Body: F1 of runs of four words (each Chinese, Japanese or Korean sign a word), precision and recall averaged over pages, as the second of these does;
"exact" is the share of pages with just the right words. Times are CPU time in one process, the readers taking turns page by page; peers are
measured where they are installed.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import importlib.metadata
import json
import logging
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

Found = dict[str, object]
Reader = Callable[[bytes, str], Found]
WORD = re.compile(r"\w+")
WIDE = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")


def racewire() -> Reader:
    from racewire.reading import read

    def reader(page: bytes, url: str) -> Found:
        found = read(page, url)
        return {"text": found.text, "title": found.title, "published": found.published_at, "authors": list(found.authors),
                "canonical": found.canonical_url, "lang": found.lang}  # fmt: skip

    return reader


def trafilatura(fast: bool) -> Reader:
    import trafilatura

    def reader(page: bytes, url: str) -> Found:
        found = trafilatura.bare_extraction(
            page.decode("utf-8", "replace"), url=url, with_metadata=True, include_comments=False, fast=fast
        )
        if found is None:
            return {}
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {
            "text": found.text,
            "title": found.title,
            "published": found.date,
            "authors": authors,
            "canonical": found.url,
            "lang": found.language,
        }

    return reader


def newspaper() -> Reader:
    import newspaper

    def reader(page: bytes, url: str) -> Found:
        found = newspaper.article(url, input_html=page.decode("utf-8", "replace"), fetch_images=False)
        found.parse()
        return {"text": found.text, "title": found.title, "published": found.publish_date, "authors": list(found.authors),
                "canonical": found.canonical_link, "lang": found.meta_lang}  # fmt: skip

    return reader


def goose() -> Reader:
    from goose3 import Goose

    goose3 = Goose({"enable_image_fetching": False})

    def reader(page: bytes, url: str) -> Found:
        found = goose3.extract(url=None, raw_html=page.decode("utf-8", "replace"))
        return {"text": found.cleaned_text, "title": found.title, "published": found.publish_date, "authors": list(found.authors),
                "canonical": found.canonical_link, "lang": found.meta_lang}  # fmt: skip

    return reader


READERS: dict[str, tuple[str, Callable[[], Reader]]] = {
    "racewire": ("racewire", racewire),
    "trafilatura": ("trafilatura", lambda: trafilatura(False)),
    "trafilatura-fast": ("trafilatura", lambda: trafilatura(True)),
    "newspaper4k": ("newspaper4k", newspaper),
    "goose3": ("goose3", goose),
}


def shingles(text: str, wide: bool = True) -> collections.Counter[tuple[str, ...]]:
    words = WORD.findall(WIDE.sub(r" \1 ", text) if wide else text)
    return collections.Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else collections.Counter()


def plain(text: object) -> str:
    folded = unicodedata.normalize("NFKC", str(text or "")).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def place(url: object) -> tuple[str, str]:
    parts = urlsplit(str(url or ""))
    return parts.netloc.removeprefix("www."), unquote(parts.path).rstrip("/")


def moment(value: object) -> datetime | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    try:
        return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return None


def judge(row: dict[str, object], found: Found) -> dict[str, bool]:
    """Field to right or wrong, for the fields that the page has an answer for."""
    verdict: dict[str, bool] = {}
    if row.get("title"):
        verdict["title"] = plain(found.get("title")) == plain(row["title"])
    gold = moment(row.get("published"))
    if gold is not None:
        got = moment(found.get("published"))
        zone = gold.tzinfo or (ZoneInfo(str(row["zone"])) if row.get("zone") else None)
        local = got.astimezone(zone) if got and got.tzinfo and zone else got
        verdict["day"] = got is not None and local is not None and gold.date() in (got.date(), local.date())
        if gold.tzinfo:  # to the second; a page may drop it
            within = row.get("published_within_s", 1)  # some answers have no seconds
            verdict["instant"] = bool(got and got.tzinfo) and got is not None and abs((got - gold).total_seconds()) < within
    authors, got_authors = row.get("authors"), found.get("authors")
    if isinstance(authors, list) and authors:
        verdict["authors"] = isinstance(got_authors, list) and {plain(a) for a in authors} == {plain(a) for a in got_authors}
    if row.get("canonical"):
        verdict["canonical"] = place(found.get("canonical")) == place(row["canonical"])
    if row.get("lang"):
        verdict["lang"] = str(found.get("lang") or "")[:2] == row["lang"]
    return verdict


class Tally:
    """The figures of one reader."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.precision: list[float] = []
        self.recall: list[float] = []
        self.exact = self.errors = 0
        self.fields: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])

    def add(self, row: dict[str, object], found: Found, spent: float) -> None:
        self.times.append(spent)
        body = row["body"]
        want, got = shingles("\n".join(body) if isinstance(body, list) else str(body)), shingles(str(found.get("text") or ""))
        both = sum((want & got).values())
        if got:
            self.precision.append(both / sum(got.values()))
        if want:
            self.recall.append(both / sum(want.values()))
        self.exact += want == got
        for field, right in judge(row, found).items():
            self.fields[field][0] += right
            self.fields[field][1] += 1

    def show(self, name: str) -> str:
        p, r = (sum(values) / max(1, len(values)) for values in (self.precision, self.recall))
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        times = sorted(self.times)
        fields = "  ".join(f"{field} {right}/{of}" for field, (right, of) in self.fields.items())
        return (
            f"{name:18} F1 {f1:.4f}  exact {self.exact / max(1, len(times)):.3f}  {fields}\n{'':18} {len(times) / max(sum(times), 1e-9):6.1f} pages/s of CPU"
            f"  p50 {1000 * times[len(times) // 2]:.1f} ms  p99 {1000 * times[int(len(times) * 0.99)]:.1f} ms  max {1000 * times[-1]:.0f} ms  {self.errors} errors"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=10_000, help="read so many pages at most")
    parser.add_argument(
        "--peer", action="append", choices=READERS, help="only these beside racewire (default: all that are installed)"
    )
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    rows = [json.loads(line) for line in (options.folder / "pages.jsonl").read_text("utf-8").splitlines()][: options.limit]
    readers: dict[str, Reader] = {}
    for name, (package, build) in READERS.items():
        if name == "racewire" or not options.peer or name in options.peer:
            try:
                readers[name] = build()
                print(f"{name}: {importlib.metadata.version(package)}")
            except ImportError:
                print(f"{name}: not installed")
    tallies = {name: Tally() for name in readers}
    for number, row in enumerate([*rows[:2], *rows]):  # the first two warm up imports and tables
        page = gzip.decompress((options.folder / row["file"]).read_bytes())
        for name in sorted(readers, reverse=number % 2 == 1):
            began = time.process_time()
            try:
                found, failed = readers[name](page, row["url"]), 0
            except Exception:  # a peer may raise anything
                found, failed = {}, 1
            spent = time.process_time() - began
            if number >= 2:
                tallies[name].errors += failed
                tallies[name].add(row, found, spent)
    for name, tally in tallies.items():
        print(tally.show(name))


if __name__ == "__main__":
    main()
