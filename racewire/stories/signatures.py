"""What is compared of an article, as a blob: how many documents there were, five lengths, then words and weights of the heaviest."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping
from itertools import chain

from racewire.stories.grouping import Member
from racewire.stories.words import Words

KEPT_NAMES, KEPT_KNOWN = 64, 200  # words stored
LENGTHS = 9  # bytes before the first list


def packed(member: Member, documents: int) -> bytes:
    """The blob of an article that was weighed when there were so many documents."""
    words, terms, anchors = member.words, member.terms, member.anchors
    names, title = _first(words.names, KEPT_NAMES), _first(words.title_names, KEPT_NAMES)
    known = _first(words.known, KEPT_KNOWN)
    times = [int(words.terms[word] * 4) for word in terms]
    if max(times, default=0) > 255:
        times = [min(255, count) for count in times]
    weights = [int(weight * 255 + 0.5) for weight in chain(terms.values(), anchors.values())]
    return b"".join(
        (
            array("I", [documents]).tobytes(),
            bytes([len(terms), len(anchors), len(names), len(title), len(known), *times, *weights]),
            array("I", [*terms, *anchors]).tobytes(),
            array("H", [*names, *title, *known]).tobytes(),
        )
    )


def _first(numbers: frozenset[int], most: int) -> Collection[int]:
    return numbers if len(numbers) <= most else sorted(numbers)[:most]


def glanced(data: bytes, mine: Mapping[int, float], *, same_language: bool) -> tuple[float, int]:
    """The cosine of a vector with the stored one as it was weighed (terms, or anchors for another language), and the number of known words."""
    terms, anchors, known = data[4], data[5], data[8]
    first, count = (0, terms) if same_language else (terms, anchors)
    weights = LENGTHS + terms + first
    words = LENGTHS + terms + terms + anchors + 4 * first
    numbers = array("I", data[words : words + 4 * count])
    shared = [mine[word] * weight for word, weight in zip(numbers, data[weights : weights + count], strict=True) if word in mine]
    return sum(shared) / 255, known


def unpacked(data: bytes) -> tuple[Words, dict[int, float], dict[int, float], int]:
    """The words, both vectors as they were weighed, and how many documents there were then."""
    terms, anchors, names, title, known = data[4:LENGTHS]
    times, at = data[LENGTHS : LENGTHS + terms], LENGTHS + terms
    weights, at = data[at : at + terms + anchors], at + terms + anchors
    long = array("I", data[at : at + 4 * (terms + anchors)]).tolist()
    short = array("H", data[at + 4 * (terms + anchors) :]).tolist()
    words = Words(
        {word: count / 4 for word, count in zip(long, times, strict=False)},
        dict.fromkeys(long[terms:], 1.0),
        frozenset(short[:names]),
        frozenset(short[names : names + title]),
        frozenset(short[names + title : names + title + known]),
    )
    return (
        words,
        {word: weight / 255 for word, weight in zip(long[:terms], weights, strict=False)},
        {word: weight / 255 for word, weight in zip(long[terms:], weights[terms:], strict=False)},
        array("I", data[:4])[0],
    )
