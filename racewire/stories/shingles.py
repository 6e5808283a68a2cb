"""Word triples of a text as numbers, and the sample of them that the index keeps."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from racewire.stories.remembered import Remembered

# odd numbers of 30 bits: a product with a word's number stays below 2**60, where Python's integers are fast
FIRST, SECOND = 0x2545F491, 0x1B873593
SAMPLE = 16  # one triple in so many is indexed
DENSE = 4  # one in so many for texts that would have fewer than FEW samples
FEW = 8


def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) & 0x3FFFFFFF


word_number = Remembered(_number, 1 << 16).__getitem__  # a stable number of 30 bits for a word


def triple_numbers(words: Sequence[str]) -> list[int]:
    """A number of 60 bits for each three neighbouring words, in order; a text of one or two words gives one."""
    if not words:
        return []
    numbers = list(map(word_number, words))
    while len(numbers) < 3:
        numbers.append(0)
    return [a * FIRST ^ b * SECOND ^ c for a, b, c in zip(numbers, numbers[1:], numbers[2:])]  # noqa: B905 (shorter on purpose)


def triples(words: Sequence[str]) -> frozenset[int]:
    """The distinct triples of a text."""
    return frozenset(triple_numbers(words))


def sample(shingles: frozenset[int], rate: int = SAMPLE) -> list[int]:
    """The triples that the index keeps, as numbers of 32 bits: the same rule for every text, so samples of copies meet.

    A short text gives a denser sample; that one holds the sparse one, so short and long texts still meet.
    """
    found = [shingle for shingle in shingles if not shingle % rate]
    if len(found) < FEW:
        found = [shingle for shingle in shingles if not shingle % DENSE]
    return sorted({shingle >> 12 & 0xFFFFFFFF for shingle in found})


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the smaller text that the larger one holds, 0 to 1."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def resemblance(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of all triples that both hold (Jaccard), 0 to 1."""
    both = len(a & b)
    union = len(a) + len(b) - both
    return both / union if union else 1.0
