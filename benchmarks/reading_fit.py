"""Fits the weights that tell an article's blocks from the rest of a page, and says how well they do on publishers left out.

    python benchmarks/reading_fit.py FOLDER [--write]

FOLDER is as for `benchmarks/reading.py`. Needs numpy, scipy and scikit-learn, which racewire itself does not. Two logistic regressions: one of what a block
says by itself, one of that and its neighbourhood as the first one scores it (on publishers it has not seen). A block is part of the article if most
of its runs of four words are in the body. `--write` replaces `racewire/reading/data/body.json`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reading import WIDE, WORD, shingles
from racewire.reading import body, context, features, jsonld
from racewire.reading.blocks import Blocks, blocks_of
from racewire.reading.charset import decode
from racewire.reading.head import gather
from racewire.reading.tree import parse, without_monsters

DATA = Path(__file__).resolve().parents[1] / "racewire/reading/data/body.json"
FOLDS = 6
RARE = 8  # values met less often get no weight
STRENGTH = 1.0  # inverse of the penalty; 0.3 to 2 score alike


def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(WIDE.sub(r" \1 ", text)))


class Sample:
    """One page: its blocks, what is measured on them, which are the article's, and how much each counts."""

    def __init__(self, row: dict[str, object], folder: Path) -> None:
        root = parse(without_monsters(decode(gzip.decompress((folder / str(row["file"])).read_bytes())).page))
        assert root is not None
        head = gather(root)
        self.page: Blocks = blocks_of(root)
        bits = features.page_bits(self.page, body.facts_of(head, jsonld.articles(head.nodes)))
        anchor = features.anchor_of(self.page, bits)
        features.inherit(self.page, anchor)
        self.first = features.first_features(self.page, bits, anchor)
        self.barred = context.excluded(self.page)
        self.sizes = [context.size_of(block) for block in self.page.blocks]
        self.group = str(row.get("publisher") or urlsplit(str(row["url"])).hostname)
        paragraphs = row["body"]
        assert isinstance(paragraphs, list)
        self.gold = "\n".join(paragraphs)
        lengths = [len(words(block.text)) for block in self.page.blocks]
        self.labels = self._labels(paragraphs)
        total = sum(lengths) + 200
        self.weights = [1.5 * math.sqrt((min(n, 150) + 3) / total) for n in lengths]

    def _labels(self, paragraphs: list[str]) -> list[bool]:
        gold = shingles(self.gold)
        whole = {words(line) for paragraph in paragraphs for line in paragraph.split("\n")} - {()}
        texts = [words(block.text) for block in self.page.blocks]
        labels = []
        for text in texts:
            runs = [text[i : i + 4] for i in range(len(text) - 3)]
            labels.append(sum(run in gold for run in runs) * 2 > len(runs) if runs else text in whole)
        sizes = [len(text) if label else 0 for text, label in zip(texts, labels, strict=True)]
        told = Counter(words(line) for paragraph in paragraphs for line in paragraph.split("\n"))
        copies = defaultdict(list)
        for index, text in enumerate(texts):
            if labels[index]:
                copies[text].append(index)
        for text, indices in copies.items():  # of a text met more often than it is told, those among their like are meant
            near = {i: sum(min(size, 40) for size in sizes[max(0, i - 5) : i + 6]) - min(sizes[i], 40) for i in indices}
            kept = sorted(indices, key=lambda i: -near[i])[: max(1, told[text])]
            for index in indices:
                labels[index] = index in kept
        if any(size >= 8 for size in sizes):  # a few words far from any running text are alike by chance
            for index, size in enumerate(sizes):
                if size < 4 and not any(other >= 8 for other in sizes[max(0, index - 8) : index + 9]):
                    labels[index] = False
        return labels

    def second(self, scores: list[float]) -> list[tuple[int, ...]]:
        levelled = context.levelled(self.page, scores, self.sizes, self.barred)
        return context.second_features(self.page, levelled, self.first, self.sizes)

    def measure(self, scores: list[float], least: float) -> tuple[float, float]:
        chosen = [
            b.text for b, score, bar in zip(self.page.blocks, scores, self.barred, strict=True) if score > least and not bar
        ]
        want, got = shingles(self.gold), shingles("\n".join(chosen))
        both = sum((want & got).values())
        return both / max(1, sum(got.values())), both / max(1, sum(want.values()))


class Model:
    """One pass: a table of weights for each slot."""

    def __init__(self, slots: tuple[str, ...], rows: list[tuple[int, ...]], labels: list[bool], weights: list[float]) -> None:
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

    def matrix(self, rows: list[tuple[int, ...]]) -> scipy.sparse.csr_matrix:
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

    def scores(self, rows: list[tuple[int, ...]]) -> list[float]:
        return list(self.matrix(rows) @ self.weights + self.constant) if rows else []

    def tables(self, widths: dict[str, int]) -> dict[str, object]:
        """The weights as they are stored; slots are as wide as `widths` says, so that a value never met has a place."""
        slots, start = {}, 0
        for slot, width in zip(self.slots, self.widths, strict=True):
            weights = [round(float(weight), 2) for weight in self.weights[start : start + width]]
            slots[slot] = weights + [0.0] * (widths[slot] - width)
            start += width
        return {"constant": round(self.constant, 2), "slots": slots}


def fit(slots: tuple[str, ...], samples: list[Sample], rows: list[list[tuple[int, ...]]]) -> Model:
    flat = [row for page in rows for row in page]
    return Model(slots, flat, [y for s in samples for y in s.labels], [w for s in samples for w in s.weights])


def unseen(
    slots: tuple[str, ...], samples: list[Sample], rows: list[list[tuple[int, ...]]], folds: list[int]
) -> list[list[float]]:
    """Scores of each page by a model that has not seen its publisher."""
    scores: list[list[float]] = [[] for _ in samples]
    for fold in range(FOLDS):
        learn = [i for i, of in enumerate(folds) if of != fold]
        model = fit(slots, [samples[i] for i in learn], [rows[i] for i in learn])
        for i, of in enumerate(folds):
            if of == fold:
                scores[i] = model.scores(rows[i])
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in (options.folder / "pages.jsonl").read_text("utf-8").splitlines()]
    samples = [sample for sample in (Sample(row, options.folder) for row in rows) if sample.page.blocks]
    order = {group: index % FOLDS for index, (group, _) in enumerate(Counter(sample.group for sample in samples).most_common())}
    folds = [order[sample.group] for sample in samples]
    first = [sample.first for sample in samples]
    alone = unseen(features.FIRST, samples, first, folds)
    second = [sample.second(scores) for sample, scores in zip(samples, alone, strict=True)]
    together = unseen(context.SECOND, samples, second, folds)
    for least in (0.0, 0.3):
        p, r = np.mean([sample.measure(scores, least) for sample, scores in zip(samples, together, strict=True)], axis=0)
        print(
            f"publishers left out, threshold {least}: F1 {2 * p * r / (p + r):.4f}  P {p:.3f}  R {r:.3f}  on {len(samples)} pages"
        )
    if options.write:
        stored = json.loads(DATA.read_text("utf-8"))
        for name, slots, values in (("first", features.FIRST, first), ("second", context.SECOND, second)):
            widths = {slot: len(table) for slot, table in stored[name]["slots"].items()}
            stored[name] = fit(slots, samples, values).tables(widths)
        DATA.write_text(json.dumps(stored), "utf-8")
        print(f"written: {DATA}")


if __name__ == "__main__":
    main()
