"""Copies: texts that share most of their word triples, found through a sampled index and verified exactly."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from racewire.stories.boilerplate import Boilerplate
from racewire.stories.postings import Postings
from racewire.stories.shingles import SAMPLE, containment, sample, triple_numbers
from racewire.text.tokens import tokens

WINDOW_DAYS = 30  # between two copies, by their times of publishing
COPY = 0.6  # containment from which two texts of different sites are one
SAME_SITE = 0.3  # the same for two addresses of one site, where also ...
SAME_LEAD = 0.2  # ... so much of one beginning stands in the other: a follow-up repeats the background, not the beginning
LEAD_WORDS = 60
LEAST_TRIPLES = 12  # shorter texts are copies only when they are equal
ALIKE_SIZE, ALIKE_TEXT = (
    0.5,
    0.1,
)  # two texts within a third one are one text if of its size, or if they overlap; else it is a digest
CROWD = 200  # a triple in so many texts of the months looked at says nothing
NO_MONTH = 0  # the table of articles that tell no day
MONTHS_WITHOUT_DAY = 240
LOOKED_AT, CANDIDATES = 400, 100  # articles whose size is looked at, and whose text is
UNLUCKY = 0.4  # a sample may hold so much less of what two texts share than their share promises
REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared of a text: `numbers` are its triples in order, `shingles` the distinct ones, `samples` those by which it is found."""

    domain: str
    title: frozenset[str]
    numbers: array[int]
    shingles: frozenset[int]
    samples: tuple[int, ...]

    @classmethod
    def of(cls, words: Sequence[str], title_words: Iterable[str], domain: str) -> Text:
        return cls.of_numbers(triple_numbers(words), frozenset(title_words), domain)

    @classmethod
    def of_numbers(cls, numbers: list[int], title: frozenset[str], domain: str) -> Text:
        return cls(domain, title, array("I", numbers), frozenset(numbers), tuple(sample(numbers)))

    def lead(self) -> frozenset[int]:
        """The triples of the first words."""
        return frozenset(self.numbers[: LEAD_WORDS - 2])


@dataclass(frozen=True, slots=True)
class Copy:
    """An earlier article with (nearly) the same text, and the first one that it copies itself (or is).

    `joins` is False where the new text is a digest that quotes it among others.
    """

    article_id: int
    first: int
    containment: float
    joins: bool


class CopyIndex:
    """Finds the stored articles that a text copies. One table a month of publishing; nothing to load at start."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._boilerplate = Boilerplate(connection)
        self._postings = Postings(connection, "samples", CROWD)
        self._texts: OrderedDict[int, tuple[array[int], frozenset[str], str]] = OrderedDict()  # a thirtieth of a Text's memory

    def forget(self) -> None:
        """Drops what is remembered, after a rollback."""
        self._postings.forget()
        self._texts.clear()
        self._boilerplate.forget()

    def look_ahead(self, texts: Sequence[tuple[Text, int | None]]) -> list[bool]:
        """Prepares for texts that will be looked for, each with its day of publishing; forget it with `forget_ahead`.

        Tells of each whether it looks like a copy, its samples being known for the most part; `find` says whether it is one.
        """
        numbers: dict[int, set[int]] = {}
        for text, day in texts:
            for month in self._months_near(day) if day is not None else ():
                numbers.setdefault(month, set()).update(text.samples)
        self._postings.look_ahead(numbers)
        return [len(text.samples) < 2 * self._postings.known_ahead(text.samples) for text, _ in texts]

    def forget_ahead(self) -> None:
        """Drops what was read ahead, at the end of a transaction at the latest."""
        self._postings.forget_ahead()

    def find(self, text: Text, day: int | None) -> list[Copy]:
        """Articles that this text copies, best first; `day` is the day of publishing, counted from year 1, None where none is told."""
        printed = self._boilerplate.of(text.domain)
        own = text.shingles - printed if printed else text.shingles
        if len(own) < LEAST_TRIPLES:
            return []
        found: list[tuple[float, int, int, frozenset[int]]] = []
        for article_id, first in self._candidates(sample(own) if printed else text.samples, len(own), day):
            other = self._text(article_id)
            theirs = other.shingles - self._boilerplate.of(other.domain)
            share = containment(own, theirs) if len(theirs) >= LEAST_TRIPLES else 0.0
            if share >= COPY or (share >= SAME_SITE and _one_page(text, other)):
                found.append((share, article_id, first, theirs))
            elif text.domain == other.domain:
                self._boilerplate.learn(text.domain, text.shingles & other.shingles)
        found.sort(key=lambda one: (-one[0], one[1]))
        return [
            Copy(article_id, first, share, _of_one_text(own, found[0][3], theirs)) for share, article_id, first, theirs in found
        ]

    def add(self, article_id: int, text: Text, day: int | None) -> None:
        """Puts an article into the index."""
        self._postings.add(article_id, _month(day), text.samples)
        self._remember(article_id, text)

    def replace(self, article_id: int, old: Text, new: Text, day: int | None) -> None:
        """Puts a new text of an article into the index. What only the old one had stays there, for each find is verified."""
        had = set(old.samples)
        self._postings.add(article_id, _month(day), [number for number in new.samples if number not in had])
        self._remember(article_id, new)

    def save(self) -> None:
        """Writes what waits; call it inside a transaction before closing."""
        self._postings.save()

    def drop_older(self, article_id: int) -> list[str]:
        """Forgets the months in which no article with that id or a later one was published; returns the names of their tables."""
        self._postings.gather()
        return self._postings.drop_older(article_id)

    def _candidates(self, samples: Collection[int], size: int, day: int | None) -> list[tuple[int, int]]:
        """Articles that share so many samples that they may be copies, by number of shared samples, each with its first one."""
        lists = self._postings.find(samples, self._months_near(day)).values()
        shared = Counter(chain.from_iterable(ids for ids in lists if len(ids) < CROWD))
        return self._possible(shared.most_common(LOOKED_AT), size, day)

    def _months_near(self, day: int | None) -> list[int]:
        """The months in which a copy may have been published, newest first, those without a day among them; without a day, the newest ones."""
        known = self._postings.parts()
        if day is None:
            return sorted(known, reverse=True)[:MONTHS_WITHOUT_DAY]
        first, last = _month(day - WINDOW_DAYS), _month(day + WINDOW_DAYS)
        return sorted((month for month in known if first <= month <= last or month == NO_MONTH), reverse=True)

    def _possible(self, likely: list[tuple[int, int]], size: int, day: int | None) -> list[tuple[int, int]]:
        """Those whose shared samples leave room for a copy, going by the sizes of the two texts, and whose days are near."""
        if not likely:
            return []
        shared = dict(likely)
        first, last = ("", "~") if day is None else (_iso(day - WINDOW_DAYS), _iso(day + WINDOW_DAYS + 1))
        rows = self._connection.execute(
            "select id, coalesce(copy_of, id), words from articles where id in (select value from json_each(?)) and (published_at is null or published_at between ? and ?)",
            (json.dumps(list(shared)), first, last),
        )
        found = [
            (id_, first_one) for id_, first_one, words in rows if shared[id_] >= UNLUCKY * SAME_SITE * min(words, size) / SAMPLE
        ]
        return sorted(found, key=lambda one: (-shared[one[0]], one[0]))[:CANDIDATES]

    def _text(self, article_id: int) -> Text:
        known = self._texts.get(article_id)
        if known is not None:
            self._texts.move_to_end(article_id)
            numbers, title_words, site = known
            return Text.of_numbers(numbers.tolist(), title_words, site)
        title, text, domain = self._connection.execute(
            "select title, text, domain from articles where id = ?", (article_id,)
        ).fetchone()
        found = Text.of(tokens(text), tokens(title), domain)
        self._remember(article_id, found)
        return found

    def _remember(self, article_id: int, text: Text) -> None:
        self._texts[article_id] = (text.numbers, text.title, text.domain)
        self._texts.move_to_end(article_id)
        while len(self._texts) > REMEMBERED:
            self._texts.popitem(last=False)


def _one_page(a: Text, b: Text) -> bool:
    """Whether two texts of one site are states of one page, going by beginning and title."""
    if a.domain != b.domain:
        return False
    if a.title and b.title and len(a.title & b.title) < 0.5 * min(len(a.title), len(b.title)):
        return False
    return max(_share(a.lead(), b.shingles), _share(b.lead(), a.shingles)) >= SAME_LEAD


def _share(part: frozenset[int], whole: frozenset[int]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _of_one_text(new: frozenset[int], best: frozenset[int], other: frozenset[int]) -> bool:
    """Whether a further text within the new one is the same text as the best one."""
    return len(other) >= ALIKE_SIZE * len(new) or containment(best, other) >= ALIKE_TEXT


@lru_cache(maxsize=256)
def _month(day: int | None) -> int:
    """The month as a number YYYYMM."""
    if day is None:
        return NO_MONTH
    on = date.fromordinal(max(1, min(day, date.max.toordinal())))
    return on.year * 100 + on.month


def _iso(day: int) -> str:
    return date.fromordinal(max(1, min(day, date.max.toordinal()))).isoformat()
