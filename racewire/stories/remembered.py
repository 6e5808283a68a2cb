"""Values of a pure function that were asked for before."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """Looks a value up and computes it where it is missing. A look costs half of what a function with a cache costs, which counts where
    every word of a text is looked up. When it holds `most` values, the older half goes.
    """

    def __init__(self, function: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            for old in list(islice(self, self._most // 2)):
                del self[old]
        value = self[key] = self._function(key)
        return value
