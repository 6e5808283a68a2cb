"""Word triples of a text as numbers, and the sample of them that the index keeps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from zlib import crc32

SAMPLE = 16  # one triple in so many is indexed
DENSE = 4  # one in so many for texts that would have fewer than FEW samples
FEW = 8


def word_number(word: str) -> int:
    """A stable number of 30 bits for a word."""
    return crc32(word.encode("utf-8", "surrogatepass")) & 0x3FFFFFFF


def triple_numbers(words: Sequence[str]) -> list[int]:
    """A stable number of 32 bits for each three neighbouring words, in order; a text of one or two words gives one. Words hold no blanks."""
    if not words:
        return []
    written = " ".join(words).encode("utf-8", "surrogatepass").split(b" ")
    if len(written) < 3:
        return [crc32(b" ".join(written))]
    return list(map(crc32, map(b" ".join, zip(written, written[1:], written[2:]))))  # noqa: B905 (shorter on purpose)


def triples(words: Sequence[str]) -> frozenset[int]:
    """The distinct triples of a text."""
    return frozenset(triple_numbers(words))


def sample(shingles: Collection[int], rate: int = SAMPLE) -> list[int]:
    """The distinct triples that the index keeps: the same rule for every text, so samples of copies meet.

    A short text gives a denser sample; that one holds the sparse one, so short and long texts still meet.
    """
    found = {shingle for shingle in shingles if not shingle % rate}
    if len(found) < FEW:
        found = {shingle for shingle in shingles if not shingle % DENSE}
    return sorted(found)


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the smaller text that the larger one holds, 0 to 1."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def resemblance(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of all triples that both hold (Jaccard), 0 to 1."""
    both = len(a & b)
    union = len(a) + len(b) - both
    return both / union if union else 1.0
