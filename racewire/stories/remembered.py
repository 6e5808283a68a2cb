"""Values of a pure function that were asked for before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """Looks a value up and computes it where it is missing. A look costs half of what a function with a cache costs, which counts where
    every word of a text is looked up.

    It holds `most` values at the most. When it is half full, its values become old ones, in the place of those that are old already; an old
    value that is asked for again is taken over, so that what is asked for often is never computed twice.
    """

    def __init__(self, function: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._function, self._half = function, most // 2
        self._old: dict[K, V] = {}

    def __missing__(self, key: K) -> V:
        if len(self) >= self._half:
            self._old = dict(self)
            self.clear()
        value = self[key] = self._old[key] if key in self._old else self._function(key)
        return value
