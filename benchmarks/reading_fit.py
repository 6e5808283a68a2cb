"""Fits the weights that tell an article's blocks from the rest of a page, and says how well they do on publishers left out.

    python benchmarks/reading_fit.py FOLDER [--rounds 3] [--write]

FOLDER is as for `benchmarks/reading.py`; where its rows have a `gold` (whose answer it is), each is counted by itself. Needs numpy, scipy and
scikit-learn, which racewire itself does not. Two logistic regressions: one of what a block says by itself, one of that and its neighbourhood as the first one
scores it (on publishers it has not seen). `--write` replaces `racewire/reading/data/body.json`.

Left out means that nothing of a publisher was seen: for each tenth of the publishers both passes are fitted on the others (the second on scores of first
passes that leave out a part of those again), stored as they are shipped, and its pages are read by `racewire.reading.read`, second opinions and all.
A round deals the publishers anew; one deal is off by some .002.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reading import WORD, shingles
from benchmarks.reading_labels import labels, unsaid, words
from racewire.reading import body, context, features, jsonld, read, weights
from racewire.reading.blocks import Blocks, blocks_of
from racewire.reading.charset import decode
from racewire.reading.head import gather
from racewire.reading.tree import parse, without_monsters

DATA = Path(__file__).resolve().parents[1] / "racewire/reading/data/body.json"
FOLDS, INNER = 10, 5
RARE = 8  # values met less often get no weight
# Whose answers were not given by people, but by parsers written for each publisher: what these leave out for their own convenience does
# not count in the fit.
PARSERS = ("fundus",)
STRENGTH = 1.0  # inverse of the penalty; 0.3 to 2 score alike
Row = tuple[int, ...]


class Sample:
    """One page: its blocks, what is measured on them, which are the article's, and how much each counts."""

    def __init__(self, row: dict[str, object], folder: Path) -> None:
        self.html = gzip.decompress((folder / str(row["file"])).read_bytes())
        self.url = str(row["url"])
        self.group = str(row.get("publisher") or urlsplit(self.url).hostname)
        self.judge = str(row.get("gold") or "all")
        root = parse(without_monsters(decode(self.html).page))
        assert root is not None
        head = gather(root)
        self.page: Blocks = blocks_of(root)
        self.bits = features.page_bits(self.page, body.facts_of(head, jsonld.articles(head.nodes)))
        anchor = features.anchor_of(self.page, self.bits)
        features.inherit(self.page, anchor)
        self.barred = context.excluded(self.page)
        self.first = features.first_features(self.page, self.bits, anchor, self.barred)
        self.sizes = [context.size_of(block) for block in self.page.blocks]
        paragraphs = row["body"]
        assert isinstance(paragraphs, list)
        self.gold = "\n".join(paragraphs)
        texts = [words(block.text) for block in self.page.blocks]
        self.labels = labels(texts, words(self.gold))
        total = sum(len(text) for text in texts) + 200
        self.weights = [1.5 * math.sqrt((min(len(text), 150) + 3) / total) for text in texts]
        silent = unsaid(self.page, self.labels) if self.judge in PARSERS else frozenset()
        self.sure = [index not in silent for index in range(len(texts))]

    def second(self, scores: Sequence[float]) -> tuple[list[Row], list[int]]:
        """What is measured on the blocks that the first pass leaves open, and which those are."""
        levelled = context.levelled(self.page, scores, self.sizes, self.barred)
        asked = context.open_questions(levelled, self.bits)
        return context.second_features(self.page, levelled, self.first, self.sizes, asked), asked


class Model:
    """One pass: a table of weights for each slot."""

    def __init__(self, slots: tuple[str, ...], rows: Sequence[Row], labels: Sequence[bool], weights: Sequence[float]) -> None:
        self.slots = slots
        self.widths = [max((value.bit_length() if slot in features.BITFIELDS else value + 1) for value in column) for slot, column in
                       zip(slots, zip(*rows, strict=True), strict=True)]  # fmt: skip
        matrix = self.matrix(rows)
        common = np.asarray(matrix.sum(axis=0)).ravel() >= RARE
        fitted = LogisticRegression(C=STRENGTH, max_iter=400, solver="liblinear").fit(
            matrix[:, common], labels, sample_weight=weights
        )
        self.weights = np.zeros(matrix.shape[1])
        self.weights[common] = fitted.coef_[0]
        self.constant = float(fitted.intercept_[0])

    def matrix(self, rows: Sequence[Row]) -> scipy.sparse.csr_matrix:
        starts = np.concatenate([[0], np.cumsum(self.widths)])
        columns, ends = [], [0]
        for row in rows:
            for start, width, slot, value in zip(starts, self.widths, self.slots, row, strict=False):
                if slot in features.BITFIELDS:
                    columns += [start + bit for bit in range(width) if value >> bit & 1]
                elif value < width:
                    columns.append(start + value)
            ends.append(len(columns))
        return scipy.sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), starts[-1]))

    def scores(self, rows: Sequence[Row]) -> list[float]:
        """The log odds of each row; the lowest of all where a block has none."""
        told = [index for index, row in enumerate(rows) if row]
        found = np.full(len(rows), -context.LIMIT)
        if told:
            found[told] = self.matrix([rows[index] for index in told]) @ self.weights + self.constant
        return list(found)

    def tables(self, widths: dict[str, int]) -> weights.Pass:
        """The weights as they are stored; slots are as wide as `widths` says, so that a value never met has a place."""
        slots: dict[str, list[float]] = {}
        start = 0
        for slot, width in zip(self.slots, self.widths, strict=True):
            table = [round(float(weight), 2) for weight in self.weights[start : start + width]]
            slots[slot] = table + [0.0] * (widths[slot] - width)
            start += width
        return {"constant": round(self.constant, 2), "slots": slots}


def fit(slots: tuple[str, ...], samples: Sequence[Sample], rows: Sequence[list[Row]], asked: Sequence[Sequence[int]]) -> Model:
    """A pass fitted on the blocks `asked` of each page, whose rows these are, save those of which the truth says nothing."""
    told = [
        (row, sample.labels[i], sample.weights[i])
        for sample, page, indices in zip(samples, rows, asked, strict=True)
        for row, i in zip(page, indices, strict=True)
        if sample.sure[i]
    ]
    flat, truth, counts = zip(*told, strict=True)
    return Model(slots, flat, truth, counts)


def fit_first(samples: Sequence[Sample]) -> Model:
    """The first pass learns from all but headlines and barred blocks."""
    asked = [[i for i, row in enumerate(s.first) if row and not s.bits[i] & features.TITLE] for s in samples]
    return fit(features.FIRST, samples, [[s.first[i] for i in indices] for s, indices in zip(samples, asked, strict=True)], asked)


def deal(samples: Sequence[Sample], parts: int, seed: int) -> list[int]:
    """For each page the part that its publisher is in."""
    groups = sorted({sample.group for sample in samples})
    random.Random(seed).shuffle(groups)
    part = {group: index % parts for index, group in enumerate(groups)}
    return [part[sample.group] for sample in samples]


def passes(samples: Sequence[Sample], widths: dict[str, dict[str, int]], seed: int) -> dict[str, weights.Pass]:
    """Both passes as they are stored; the second is fitted on scores by first passes that have not seen the publisher."""
    scores: list[list[float]] = [[] for _ in samples]
    parts = deal(samples, INNER, seed)
    for part in range(INNER):
        model = fit_first([sample for sample, of in zip(samples, parts, strict=True) if of != part])
        for i, of in enumerate(parts):
            if of == part:
                scores[i] = model.scores(samples[i].first)
    second = [sample.second(found) for sample, found in zip(samples, scores, strict=True)]
    together = fit(context.SECOND, samples, [rows for rows, _ in second], [asked for _, asked in second])
    return {"first": fit_first(samples).tables(widths["first"]), "second": together.tables(widths["second"])}


def read_with(stored: dict[str, weights.Pass], samples: Sequence[Sample]) -> list[str]:
    """The texts of pages, read with these weights instead of those shipped."""
    shipped = weights.shipped
    found = weights.unpacked(stored)
    weights.shipped = lambda: found  # type: ignore[assignment]
    try:
        return [read(sample.html, sample.url).text for sample in samples]
    finally:
        weights.shipped = shipped


def figures(samples: Sequence[Sample], texts: Sequence[str]) -> str:
    """F1 of the mean precision and the mean recall of runs of four words, and the share of pages with just the right words, by whose answer it is."""
    tallies: dict[str, list[tuple[float | None, float | None, bool]]] = defaultdict(list)
    for sample, text in zip(samples, texts, strict=True):
        wide = sample.judge != "aeb"  # as that benchmark counts, a run of Chinese is one word
        want, got = shingles(sample.gold, wide=wide), shingles(text, wide=wide)
        both = sum((want & got).values())
        exact = WORD.findall(sample.gold) == WORD.findall(text)
        tallies[sample.judge].append(
            (both / sum(got.values()) if got else None, both / sum(want.values()) if want else None, exact)
        )
    lines = []
    for judge, rows in sorted(tallies.items()):
        p, r = (float(np.mean([row[i] for row in rows if row[i] is not None])) for i in (0, 1))
        exact = np.mean([row[2] for row in rows])
        lines.append(f"{judge} F1 {2 * p * r / (p + r):.4f}  P {p:.4f}  R {r:.4f}  exact {exact:.3f}  ({len(rows)} pages)")
    return "   ".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="deals of the publishers that are read left out")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in (options.folder / "pages.jsonl").read_text("utf-8").splitlines()]
    samples = [Sample(row, options.folder) for row in rows]
    stored = json.loads(DATA.read_text("utf-8"))
    widths = {name: {slot: len(table) for slot, table in stored[name]["slots"].items()} for name in ("first", "second")}
    told = [sample for sample in samples if sample.page.blocks]
    for seed in range(options.rounds):
        folds = deal(samples, FOLDS, seed)
        outside = {sample.group: fold for sample, fold in zip(samples, folds, strict=True)}
        texts = [""] * len(samples)
        for fold in range(FOLDS):
            left = [i for i, of in enumerate(folds) if of == fold]
            model = passes([sample for sample in told if outside[sample.group] != fold], widths, seed)
            for i, text in zip(left, read_with(model, [samples[i] for i in left]), strict=True):
                texts[i] = text
        print(f"publishers left out, round {seed}:  {figures(samples, texts)}", flush=True)
    if options.write:
        stored = passes(told, widths, 0)
        DATA.write_text(json.dumps(stored), "utf-8")
        print(f"written: {DATA}\nthe same pages:  {figures(samples, read_with(stored, samples))}")


if __name__ == "__main__":
    main()
