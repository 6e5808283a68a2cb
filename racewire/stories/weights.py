"""How rare a word is in what the archive has seen: document counts in a fixed array, whatever the number of words."""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections.abc import Iterable, Mapping

from racewire.stories.remembered import Remembered

BUCKETS = 1 << 17  # a power of two
IN_ARRAY = BUCKETS - 1  # bits of a word's number that are its place
PRIOR_DOCUMENTS = 200  # an empty archive behaves as if it had seen so many documents ...
PRIOR_SHARE = 0.004  # ... each word in this share of them
POWER = 1.25  # rare words count more than by the plain logarithm
FULL = 200_000  # documents after which old counts are halved, so that the weights follow the news
SAVE_EVERY = 256
LEAST = 0.05  # rarity of a word that is everywhere


class WordCounts:
    """Document counts of words. Saved now and then: a crash costs the counts of a few hundred documents, nothing else."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._counts = array("I", bytes(4 * BUCKETS))
        self.documents = 0
        self._unsaved = 0
        self.load()

    def load(self) -> None:
        """Takes the counts as they were saved."""
        row = self._connection.execute("select documents, counts from rw_word_counts where id = 1").fetchone()
        if row is not None:
            self.documents = row[0]
            self._counts = array("I", row[1])
        else:
            self.documents, self._counts = 0, array("I", bytes(4 * BUCKETS))
        self._unsaved = 0

    def add(self, words: Iterable[int]) -> None:
        """Counts a document."""
        counts = self._counts
        for word in words:
            counts[word & IN_ARRAY] += 1
        self.documents += 1
        self._unsaved += 1
        if self.documents >= FULL:
            self.documents //= 2
            self._counts = array("I", [count // 2 for count in self._counts])
        if self._unsaved >= SAVE_EVERY:
            self.save()

    def save(self) -> None:
        """Writes the counts; call it inside a transaction."""
        if self._unsaved:
            self._connection.execute(
                "insert into rw_word_counts(id, documents, counts) values (1, ?, ?) "
                "on conflict(id) do update set documents = excluded.documents, counts = excluded.counts",
                (self.documents, self._counts.tobytes()),
            )
            self._unsaved = 0

    def rarity(self, word: int) -> float:
        """The inverse document frequency, at least LEAST."""
        return max(LEAST, math.log(self.documents + PRIOR_DOCUMENTS + 1) - LOGARITHMS[self._counts[word & IN_ARRAY]])

    def weigh(self, words: Mapping[int, float], most: int) -> dict[int, float]:
        """The `most` heaviest words as a vector of length 1, the heaviest first."""
        counts, documents = self._counts, math.log(self.documents + PRIOR_DOCUMENTS + 1)
        weighed = [
            (
                REPEATED[times] * rarity**POWER if (rarity := documents - LOGARITHMS[counts[word & IN_ARRAY]]) > LEAST else LEAST,
                word,
            )
            for word, times in words.items()
        ]
        weighed.sort(reverse=True)
        del weighed[most:]
        length = math.sqrt(sum([weight * weight for weight, _ in weighed])) or 1.0
        return {word: weight / length for weight, word in weighed}


LOGARITHMS = Remembered[int, float](lambda count: math.log(count + PRIOR_DOCUMENTS * PRIOR_SHARE), 1 << 14)
REPEATED = Remembered[float, float](
    lambda times: 1 + math.log(max(1.0, times)), 256
)  # what saying a word so many times does to its weight


def cosine(a: Mapping[int, float], b: Mapping[int, float]) -> float:
    """The cosine of two vectors of length 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum([weight * b[word] for word, weight in a.items() if word in b])
