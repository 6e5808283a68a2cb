"""The weights of what is measured on blocks, and the sums made with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from operator import getitem
from typing import TypedDict

from racewire.reading.context import SECOND
from racewire.reading.features import BITFIELDS, FIRST


class _BitSums(dict[int, float]):
    """The sum of the weights of the bits that are set, worked out once for each combination met."""

    _MOST = 50_000

    def __init__(self, weights: Sequence[float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, bits: int) -> float:
        total = sum([weight for index, weight in enumerate(self._weights) if bits >> index & 1])
        if len(self) < self._MOST:
            self[bits] = total
        return total


class Weights:
    """One pass: a constant and a table a slot. The score of a block is the log odds that it belongs to the article."""

    def __init__(self, constant: float, tables: Sequence[Sequence[float]], slots: Sequence[str]) -> None:
        self._constant = constant
        self._tables = [_BitSums(table) if slot in BITFIELDS else table for slot, table in zip(slots, tables, strict=True)]

    def scores(self, rows: Sequence[tuple[int, ...]]) -> list[float]:
        """The log odds for each row of slot values."""
        constant, tables = self._constant, self._tables
        return [constant + sum(map(getitem, tables, row)) for row in rows]


class Pass(TypedDict):
    """One pass as stored: a constant, and for each slot its table."""

    constant: float
    slots: dict[str, list[float]]


def unpacked(stored: Mapping[str, Pass]) -> tuple[Weights, Weights]:
    """Both passes of a stored fit: `first` and `second`."""
    first, second = (
        Weights(stored[name]["constant"], [stored[name]["slots"][slot] for slot in slots], slots)
        for name, slots in (("first", FIRST), ("second", SECOND))
    )
    return first, second


@lru_cache(maxsize=1)
def shipped() -> tuple[Weights, Weights]:
    """The weights of both passes as fitted by `benchmarks/reading_fit.py`."""
    return unpacked(json.loads(files("racewire.reading").joinpath("data/body.json").read_text("utf-8")))
