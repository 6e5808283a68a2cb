"""Which articles tell one event: groups by average likeness, kept apart where their names exclude each other. Pure functions."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from racewire.stories.weights import cosine
from racewire.stories.words import Words

# Likeness is the cosine over the threshold for texts of that length, so that 1 means: one event.
SHORT, LONG, LONG_WORDS = 0.04, 0.305, 60  # thresholds for texts of no words and of LONG_WORDS words, straight between ...
LEAST = 0.1  # ... and never less
ONE_EVENT = 1.0
OTHER_NAMES = (1.0, 0.72, 0.15)  # by how many of the two headlines hold names that the other article does not know
BARELY = 0.03
DAY = 24 * 60
FRESH, LAST = 3 * DAY, 7 * DAY  # minutes between two reports: no loss up to the first, no link beyond the second
FADED = 0.7  # what likeness keeps at LAST
SPAN = 14 * DAY  # no story is longer
CORE, ABSENT = 0.65, 0.1  # a name in so many members is the group's; in so few it is foreign to it
CORE_MEMBERS = 3
ACROSS = 0.18  # cosine of anchors from which texts in two languages tell one event
ACROSS_SHARED = 2  # and so many anchors in common ...
ACROSS_NUMBERS = 4  # ... or so many where all are plain numbers


@dataclass(frozen=True, slots=True)
class Member:
    """An article as grouping sees it. `at` is the time of publishing in minutes; the vectors have length 1."""

    id: int
    lang: str
    at: int
    words: Words
    terms: dict[int, float]
    anchors: dict[int, float]


def likeness(a: Member, b: Member) -> float:
    """How alike two articles in one language are; 1 and more speaks for one event, 0 for articles too far apart in time."""
    faded = fading(a.at - b.at)
    if not faded:
        return 0.0
    alike = cosine(a.terms, b.terms)
    if alike < BARELY:
        return 0.0
    foreign = bool(a.words.title_names - b.words.known) + bool(b.words.title_names - a.words.known)
    alike *= OTHER_NAMES[foreign]
    if (a.words.names or b.words.names) and not a.words.names & b.words.names:
        return faded * alike / LONG
    return faded * alike / threshold(len(a.words.known) + len(b.words.known))


def threshold(words: int) -> float:
    """The cosine that speaks for one event, for two texts that have so many different words together."""
    return max(LEAST, SHORT + (LONG - SHORT) * min(1.0, words / (2 * LONG_WORDS)))


def fading(minutes: int) -> float:
    """What is left of likeness after that much time, 0 beyond LAST."""
    minutes = abs(minutes)
    if minutes <= FRESH:
        return 1.0
    if minutes > LAST:
        return 0.0
    return 1.0 - (1.0 - FADED) * (minutes - FRESH) / (LAST - FRESH)


class _Group:
    """Articles in one language that tell one event, while groups are being made. Names are counted when two groups are large enough to ask."""

    __slots__ = ("_known", "_names", "earliest", "latest", "members", "places")

    def __init__(self, places: list[int], members: list[Member], earliest: int, latest: int) -> None:
        self.places, self.members, self.earliest, self.latest = places, members, earliest, latest
        self._names: Counter[int] | None = None
        self._known: Counter[int] | None = None

    def joined(self, other: _Group) -> _Group:
        return _Group(
            self.places + other.places,
            self.members + other.members,
            min(self.earliest, other.earliest),
            max(self.latest, other.latest),
        )

    def names(self) -> Counter[int]:
        """In how many members each name stands."""
        if self._names is None:
            self._names = Counter(chain.from_iterable(member.words.names | member.words.title_names for member in self.members))
        return self._names

    def known(self) -> Counter[int]:
        """In how many members each word stands."""
        if self._known is None:
            self._known = Counter(chain.from_iterable(member.words.known for member in self.members))
        return self._known

    def own_names(self, other: _Group) -> bool:
        """Whether this group has names of its own that the other does not know."""
        least, most, known = CORE * len(self.members), ABSENT * len(other.members), other.known()
        return any(count >= least and known[name] <= most for name, count in self.names().items())

    def excludes(self, other: _Group) -> bool:
        if max(self.latest, other.latest) - min(self.earliest, other.earliest) > SPAN:
            return True
        if min(len(self.members), len(other.members)) < CORE_MEMBERS:
            return False
        return self.own_names(other) and other.own_names(self)


def group(members: Sequence[Member], alike: Sequence[dict[int, float]]) -> list[list[int]]:
    """Places of the members by event, by average likeness; `alike[i][j]` is the likeness of two of them, for all i and j that have one."""
    groups = {place: _Group([place], [member], member.at, member.at) for place, member in enumerate(members)}
    links = {place: dict(alike[place]) for place in range(len(members))}
    heap = [(-value, i, j) for i, row in links.items() for j, value in row.items() if i < j and value >= ONE_EVENT]
    heapq.heapify(heap)
    following = len(members)
    while heap:
        _, i, j = heapq.heappop(heap)
        if i not in groups or j not in groups or groups[i].excludes(groups[j]):
            continue
        a, b = groups.pop(i), groups.pop(j)
        of_a, of_b = len(a.members), len(b.members)
        row: dict[int, float] = {}
        left, right = links.pop(i), links.pop(j)
        for other in left.keys() | right.keys():
            if other in groups:
                value = (left.get(other, 0.0) * of_a + right.get(other, 0.0) * of_b) / (of_a + of_b)
                row[other] = value
                links[other][following] = value
                if value >= ONE_EVENT:
                    heapq.heappush(heap, (-value, other, following))
        groups[following], links[following] = a.joined(b), row
        following += 1
    return [one.places for one in groups.values()]


def join_languages(members: Sequence[Member], groups: Sequence[list[int]]) -> list[list[int]]:
    """Joins groups of different languages that share enough anchors, the likest first.

    A joined group holds at most one group of each language: what was found to be two events in one language is not made one by a third.
    """
    lots = [_Lot.of([members[place] for place in one], one) for one in groups]
    while True:
        best: tuple[float, int, int] | None = None
        for i, a in enumerate(lots):
            for j in range(i):
                value = a.likeness(lots[j])
                if value >= ACROSS and (best is None or value > best[0]):
                    best = (value, i, j)
        if best is None:
            return [lot.places for lot in lots]
        _, i, j = best
        joined = lots[i].joined(lots[j])
        lots = [lot for place, lot in enumerate(lots) if place not in (i, j)] + [joined]


class _Lot:
    """Groups of several languages, one a language."""

    __slots__ = ("anchors", "earliest", "langs", "latest", "length", "places")

    def __init__(self, places: list[int], langs: frozenset[str], anchors: dict[int, float], earliest: int, latest: int) -> None:
        self.places, self.langs, self.anchors, self.earliest, self.latest = places, langs, anchors, earliest, latest
        self.length = sum(weight * weight for weight in anchors.values()) ** 0.5 or 1.0

    @classmethod
    def of(cls, members: list[Member], places: list[int]) -> _Lot:
        anchors: dict[int, float] = {}
        for member in members:
            for word, weight in member.anchors.items():
                anchors[word] = anchors.get(word, 0.0) + weight / len(members)
        times = [member.at for member in members]
        return cls(places, frozenset(member.lang for member in members), anchors, min(times), max(times))

    def joined(self, other: _Lot) -> _Lot:
        anchors = dict(self.anchors)
        for word, weight in other.anchors.items():
            anchors[word] = anchors.get(word, 0.0) + weight
        return _Lot(
            self.places + other.places,
            self.langs | other.langs,
            anchors,
            min(self.earliest, other.earliest),
            max(self.latest, other.latest),
        )

    def likeness(self, other: _Lot) -> float:
        if self.langs & other.langs or max(self.latest, other.latest) - min(self.earliest, other.earliest) > SPAN:
            return 0.0
        gap = max(self.earliest, other.earliest) - min(self.latest, other.latest)
        faded = fading(max(0, gap))
        shared = self.anchors.keys() & other.anchors.keys()
        if not faded or len(shared) < ACROSS_SHARED:
            return 0.0
        if len(shared) < ACROSS_NUMBERS and not any(word & 1 for word in shared):  # even ones are mere numbers
            return 0.0
        return faded * sum(self.anchors[word] * other.anchors[word] for word in shared) / (self.length * other.length)
