"""Where a new article belongs: candidates by rare words from SQLite, then the groups of its neighbourhood made afresh."""

from __future__ import annotations

import heapq
import json
import sqlite3
from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Sequence

from racewire.stories.grouping import ACROSS, DAY, LAST, Member, group, join_languages, likeness, threshold
from racewire.stories.weights import WordCounts, cosine
from racewire.stories.words import Words

TERMS, ANCHORS = 40, 60  # heaviest words stored and compared
KEPT_NAMES, KEPT_KNOWN = 64, 200  # words stored
LOOKED_UP_TERMS, LOOKED_UP_ANCHORS = 16, 20  # words by which candidates are found
ROWS = 64  # newest articles looked at for each of them
CANDIDATES = 16
NEAR, NEAR_ACROSS = 0.5, 0.75 * ACROSS  # likeness from which a candidate's story is looked at
ROOM = 0.8  # weights that were stored a while ago may be so far off
NEIGHBOURS = 40  # newest members looked at of one story
STORIES = 8  # and so many stories at once
REMEMBERED = 768
KEPT_DAYS = 21  # after arrival, then an article can gather no more reports
EXPIRED_EVERY, EXPIRED_AT_ONCE = 16, 48
LIGHTEST = 0.2  # weight of the looked-up words that a candidate must share

# one statement for all words of an article; the subquery bounds the articles of each
LOOK_UP = """
select value, (select group_concat(article_id) from (select article_id from rw_terms where word = value and day between :first and :last
  order by day desc, article_id desc limit :most)) from json_each(:words)
"""


Stored = tuple[str, int, bytes]  # language, time of publishing in minutes, and what `_packed` made


class StoryIndex:
    """Remembers what is compared of recent articles and groups the neighbourhood of a new one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._counts = WordCounts(connection)
        self._members: OrderedDict[int, tuple[int, Member]] = OrderedDict()
        self._expirations = 0

    def forget(self) -> None:
        """Drops what is remembered, after a rollback."""
        self._members.clear()
        self._counts.load()

    def save(self) -> None:
        """Writes the word counts; call it inside a transaction before closing."""
        self._counts.save()

    def weighed(self, article_id: int, lang: str | None, at: int, words: Words) -> Member:
        """Counts the words of a new article and weighs them; `at` is the time of publishing in minutes."""
        self._counts.add(words.terms.keys() | words.anchors.keys())
        return self._weighed(article_id, lang or "", at, words)

    def add(self, member: Member) -> None:
        """Keeps what is compared of an article, which must be stored."""
        self._connection.execute(
            "insert or replace into rw_signatures(article_id, lang, at, data) values (?, ?, ?, ?)",
            (member.id, member.lang, member.at, _packed(member, self._counts.documents)),
        )
        self._remember(member, self._counts.documents)
        self._connection.executemany(
            "insert or ignore into rw_terms(word, day, article_id) values (?, ?, ?)",
            [(word, member.at // DAY, member.id) for word in self._looked_up(member)],
        )

    def remove(self, article_id: int) -> None:
        """Takes an article out: a copy, or one whose time is over."""
        row = self._connection.execute("select at, data from rw_signatures where article_id = ?", (article_id,)).fetchone()
        if row is None:
            return
        words = _unpacked(row[1])[0]
        self._connection.executemany(
            "delete from rw_terms where word = ? and day = ? and article_id = ?",
            [(word, row[0] // DAY, article_id) for word in words.terms.keys() | words.anchors.keys()],
        )
        self._connection.execute("delete from rw_signatures where article_id = ?", (article_id,))
        self._members.pop(article_id, None)

    def expire(self, before: str) -> None:
        """Takes out a few articles that arrived before that time; called with each new article, the index stays small."""
        self._expirations += 1
        if self._expirations % EXPIRED_EVERY:
            return
        rows = self._connection.execute(
            "select s.article_id from rw_signatures s join articles a on a.id = s.article_id where a.first_seen_at < ? "
            "and s.article_id <= (select min(article_id) + 1000 from rw_signatures) order by s.article_id limit ?",
            (before, EXPIRED_AT_ONCE),
        ).fetchall()
        for (article_id,) in rows:
            self.remove(article_id)

    def groups_around(self, member: Member) -> list[list[int]]:
        """Article ids by event, for all articles of the stories near a new one; itself among them."""
        near = self._near_stories(member)
        if not near:
            return [[member.id]]
        ids: list[int] = []
        for story_id in near:
            rows = self._connection.execute(
                "select id from articles where story_id = ? and copy_of is null order by id desc limit ?",
                (story_id, NEIGHBOURS),
            ).fetchall()
            ids.extend(article_id for (article_id,) in rows)
        stored = self._stored([article_id for article_id in ids if article_id not in self._members])
        found = [self._member(article_id, stored.get(article_id)) for article_id in ids]
        members = [member, *(one for one in found if one is not None)]
        return [[members[place].id for place in one] for one in grouped(members)]

    def _near_stories(self, member: Member) -> list[int]:
        """The stories of the candidates that are alike, the likest first."""
        best: dict[int, float] = {}
        candidates = self._candidates(member)
        stored = self._stored([candidate for candidate in candidates if candidate not in self._members])
        for candidate in candidates:
            row = stored.get(candidate)
            if row is not None and not _worth_reading(member, row):
                continue
            other = self._member(candidate, row)
            if other is None:
                continue
            value = (
                likeness(member, other) / NEAR
                if other.lang == member.lang
                else cosine(member.anchors, other.anchors) / NEAR_ACROSS
            )
            if value < 1.0:
                continue
            row = self._connection.execute("select story_id from articles where id = ?", (candidate,)).fetchone()
            if row is not None and row[0] is not None:
                best[row[0]] = max(best.get(row[0], 0.0), value)
        return sorted(best, key=lambda story_id: (-best[story_id], story_id))[:STORIES]

    def _stored(self, ids: Sequence[int]) -> dict[int, Stored]:
        """What is stored of these articles, all with one statement."""
        if not ids:
            return {}
        rows = self._connection.execute(
            "select article_id, lang, at, data from rw_signatures where article_id in (select value from json_each(?))",
            (json.dumps(ids),),
        )
        return {article_id: (lang, at, data) for article_id, lang, at, data in rows}

    def _candidates(self, member: Member) -> list[int]:
        """Articles near in time that share heavy words, the heaviest share first."""
        words = self._looked_up(member)
        first, last = (member.at - LAST) // DAY, (member.at + LAST) // DAY
        found: dict[str, float] = defaultdict(float)
        for word, articles in self._connection.execute(
            LOOK_UP, {"words": json.dumps(list(words)), "first": first, "last": last, "most": ROWS}
        ):
            if articles is not None:
                weight = words[word]
                for article_id in articles.split(","):
                    found[article_id] += weight
        found.pop(str(member.id), None)
        likely = heapq.nlargest(
            CANDIDATES, [(weight, int(article_id)) for article_id, weight in found.items() if weight >= LIGHTEST]
        )
        return [article_id for _, article_id in likely]

    def _looked_up(self, member: Member) -> dict[int, float]:
        """The heaviest words, by which candidates are stored and found."""
        words: dict[int, float] = {}
        for vector, most in ((member.terms, LOOKED_UP_TERMS), (member.anchors, LOOKED_UP_ANCHORS)):
            for word in sorted(vector, key=vector.__getitem__, reverse=True)[:most]:
                words[word] = vector[word]
        return words

    def _member(self, article_id: int, row: Stored | None) -> Member | None:
        """A stored article, from its row where that was read already, its words weighed as of now, or as of then where little has changed since."""
        known = self._members.get(article_id)
        if known is not None and self._fresh(known[0]):
            return known[1]
        if known is not None:
            member = self._weighed(article_id, known[1].lang, known[1].at, known[1].words)
            self._remember(member, self._counts.documents)
            return member
        row = row or self._stored([article_id]).get(article_id)
        if row is None:
            return None
        lang, at, data = row
        words, terms, anchors, documents = _unpacked(data)
        if self._fresh(documents):
            member = Member(article_id, lang, at, words, terms, anchors)
        else:
            member, documents = self._weighed(article_id, lang, at, words), self._counts.documents
        self._remember(member, documents)
        return member

    def _fresh(self, documents: int) -> bool:
        """Whether weights from when there were so many documents still hold: they change fast in a young archive only."""
        now = self._counts.documents
        return documents * 5 >= now * 4 and now * 5 >= documents * 2

    def _weighed(self, article_id: int, lang: str, at: int, words: Words) -> Member:
        weigh = self._counts.weigh
        return Member(article_id, lang, at, words, weigh(words.terms, TERMS), weigh(words.anchors, ANCHORS))

    def _remember(self, member: Member, documents: int) -> None:
        self._members[member.id] = (documents, member)
        self._members.move_to_end(member.id)
        while len(self._members) > REMEMBERED:
            self._members.popitem(last=False)


def _worth_reading(member: Member, row: Stored) -> bool:
    """Whether a candidate that is not remembered may be near, by the weights that are stored with it and a little room."""
    lang, _, data = row
    vector, known = _glanced(data, same_language=lang == member.lang)
    if lang == member.lang:
        return cosine(member.terms, vector) >= ROOM * NEAR * threshold(len(member.words.known) + known)
    return cosine(member.anchors, vector) >= ROOM * NEAR_ACROSS


def grouped(members: Sequence[Member]) -> list[list[int]]:
    """Places of the members by event: first within each language, then across."""
    alike: list[dict[int, float]] = [{} for _ in members]
    for i, a in enumerate(members):
        for j in range(i):
            if members[j].lang == a.lang:
                value = likeness(a, members[j])
                if value:
                    alike[i][j] = alike[j][i] = value
    return join_languages(members, group(members, alike))


def _packed(member: Member, documents: int) -> bytes:
    """What is compared, as a blob: how many documents there were, five lengths, then words and weights of the heaviest."""
    words, terms, anchors = member.words, list(member.terms), list(member.anchors)
    names, title, known = (
        sorted(words.names)[:KEPT_NAMES],
        sorted(words.title_names)[:KEPT_NAMES],
        sorted(words.known)[:KEPT_KNOWN],
    )
    times = [min(255, round(words.terms[word] * 4)) for word in terms]
    weights = [round(weight * 255) for vector in (member.terms, member.anchors) for weight in vector.values()]
    return b"".join(
        (
            array("I", [documents]).tobytes(),
            bytes([len(terms), len(anchors), len(names), len(title), len(known), *times, *weights]),
            array("I", [*terms, *anchors]).tobytes(),
            array("H", [*names, *title, *known]).tobytes(),
        )
    )


def _glanced(data: bytes, *, same_language: bool) -> tuple[dict[int, float], int]:
    """One vector as it was weighed (terms, or anchors for another language), and the number of known words."""
    terms, anchors, known = data[4], data[5], data[8]
    first, count = (0, terms) if same_language else (terms, anchors)
    weights = 9 + terms + first
    words = 9 + terms + terms + anchors + 4 * first
    numbers = array("I", data[words : words + 4 * count])
    return {word: weight / 255 for word, weight in zip(numbers, data[weights : weights + count], strict=False)}, known


def _unpacked(data: bytes) -> tuple[Words, dict[int, float], dict[int, float], int]:
    """The words, both vectors as they were weighed, and how many documents there were then."""
    terms, anchors, names, title, known = data[4:9]
    times, at = data[9 : 9 + terms], 9 + terms
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
