"""Where a new article belongs: candidates by rare words from SQLite, then the groups of its neighbourhood made afresh."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from racewire.stories.grouping import ACROSS, DAY, LAST, Member, group, join_languages, likeness, threshold
from racewire.stories.postings import Postings
from racewire.stories.signatures import glanced, packed, unpacked
from racewire.stories.weights import WordCounts, cosine
from racewire.stories.words import Words

TERMS, ANCHORS = 40, 60  # heaviest words stored and compared
LOOKED_UP_TERMS, LOOKED_UP_ANCHORS = 16, 20  # words by which candidates are found
ROWS, ALL_ROWS = 64, 480  # newest articles looked at for each of them, and for all of them, the heaviest words first
CANDIDATES = 12
NEAR, NEAR_ACROSS = 0.5, 0.75 * ACROSS  # likeness from which a candidate's story is looked at
ROOM = 0.8  # weights that were stored a while ago may be so far off
NEIGHBOURS = 40  # newest members looked at of one story
STORIES = 8  # and so many stories at once
REMEMBERED, SEEN_BLOBS = 768, 12_288  # articles whose words are kept in memory, and whose blobs are
KEPT_DAYS = 21  # after arrival, then an article can gather no more reports
EXPIRED_EVERY, EXPIRED_AT_ONCE = 64, 256
LIGHTEST = 0.2  # weight of the looked-up words that a candidate must share
PART = 7 * DAY  # minutes of publishing in one table of lists

_Row = tuple[str, int, bytes]  # language, minute of publishing, blob


class StoryIndex:
    """Remembers what is compared of recent articles and groups the neighbourhood of a new one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._counts = WordCounts(connection)
        self._postings = Postings(connection, "terms", ROWS)
        self._members: OrderedDict[int, tuple[int, Member]] = OrderedDict()
        self._rows: OrderedDict[int, _Row | None] = OrderedDict()
        self._added = 0

    def forget(self) -> None:
        """Drops what is remembered, after a rollback."""
        self._members.clear()
        self._rows.clear()
        self._postings.forget()
        self._counts.load()

    def save(self) -> None:
        """Writes the word counts and what waits; call it inside a transaction before closing."""
        self._counts.save()
        self._postings.save()

    def add(self, article_id: int, lang: str | None, at: int, words: Words, *, seen: int) -> Member:
        """Stores what is compared of an article: `at` is the time of publishing in minutes, `seen` the day of arrival, both from year 1.

        Articles that came more than KEPT_DAYS before are taken out a few at a time, so the index stays small.
        """
        self._added += 1
        if not self._added % EXPIRED_EVERY:
            self._expire(seen - KEPT_DAYS)
        self._counts.add(chain(words.terms, words.anchors))
        member = self._weighed(article_id, lang or "", at, words)
        row = (member.lang, at, packed(member, self._counts.documents))
        self._connection.execute(
            "insert into rw_signatures(article_id, lang, at, seen, data) values (?, ?, ?, ?, ?)",
            (article_id, member.lang, at, seen, row[2]),
        )
        self._remember(member, self._counts.documents)
        self._remember_row(article_id, row)
        self._postings.add(article_id, at // PART, _looked_up(member))
        return member

    def remove(self, article_id: int) -> None:
        """Takes an article out that turned out to be a copy."""
        self._connection.execute("delete from rw_signatures where article_id = ?", (article_id,))
        self._members.pop(article_id, None)
        self._rows.pop(article_id, None)

    def _expire(self, before: int) -> None:
        oldest = "select article_id from rw_signatures order by article_id limit ?"
        self._connection.execute(
            f"delete from rw_signatures where seen < ? and article_id in ({oldest})",  # noqa: S608
            (before, EXPIRED_AT_ONCE),
        )
        row = self._connection.execute(oldest, (1,)).fetchone()
        if row is not None:
            self._postings.drop_older(row[0])

    def groups_around(self, member: Member) -> list[list[int]]:
        """Article ids by event, for all articles of the stories near one that was just added; itself among them."""
        near = self._near_stories(member)
        if not near:
            return [[member.id]]
        ids = [member.id]
        for story_id in near:
            rows = self._connection.execute(
                "select id from articles where story_id = ? and copy_of is null and id <> ? order by id desc limit ?",
                (story_id, member.id, NEIGHBOURS),
            ).fetchall()
            ids.extend(article_id for (article_id,) in rows)
        members = [found for found in map(self._member, ids) if found is not None]
        return [[members[place].id for place in one] for one in grouped(members)]

    def _near_stories(self, member: Member) -> list[int]:
        """The stories of the candidates that are alike, the likest first."""
        best: dict[int, float] = {}
        for candidate in self._candidates(member):
            other = self._member(candidate)
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

    def _candidates(self, member: Member) -> Iterator[int]:
        """Articles near in time that share heavy words and look worth reading, the heaviest share first."""
        words = _looked_up(member)
        first, last = (member.at - LAST) // PART, (member.at + LAST) // PART
        lists = self._postings.find(words, range(last, first - 1, -1))
        shared: dict[int, float] = {}
        looked_at = 0
        for weight, word in sorted([(words[word], word) for word in lists], reverse=True):
            found = dict.fromkeys(reversed(lists[word]), weight)  # newest first: nearly as they are sorted below
            for article_id in shared.keys() & found.keys():
                found[article_id] += shared[article_id]
            shared.update(found)
            looked_at += len(lists[word])
            if looked_at >= ALL_ROWS:
                break
        shared.pop(member.id, None)
        likely = [(weight, article_id) for article_id, weight in shared.items() if weight >= LIGHTEST]
        likely.sort(reverse=True)
        near = (
            (article_id, row) for _, article_id in likely if (row := self._row(article_id)) and abs(row[1] - member.at) <= LAST
        )
        for article_id, row in islice(near, CANDIDATES):
            if article_id in self._members or _worth_reading(member, row):
                yield article_id

    def _row(self, article_id: int) -> _Row | None:
        """What is stored of an article, None where it was taken out."""
        if article_id not in self._rows:
            row = self._connection.execute(
                "select lang, at, data from rw_signatures where article_id = ?", (article_id,)
            ).fetchone()
            self._remember_row(article_id, row)
        return self._rows[article_id]

    def _member(self, article_id: int) -> Member | None:
        """A stored article, its words weighed as of now, or as of then where little has changed since."""
        known = self._members.get(article_id)
        if known is not None and self._fresh(known[0]):
            return known[1]
        if known is not None:
            member = self._weighed(article_id, known[1].lang, known[1].at, known[1].words)
            self._remember(member, self._counts.documents)
            return member
        row = self._row(article_id)
        if row is None:
            return None
        lang, at, data = row
        words, terms, anchors, documents = unpacked(data)
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
        if len(self._members) > REMEMBERED:
            self._members.popitem(last=False)

    def _remember_row(self, article_id: int, row: _Row | None) -> None:
        self._rows[article_id] = row
        if len(self._rows) > SEEN_BLOBS:
            self._rows.popitem(last=False)


def _looked_up(member: Member) -> dict[int, float]:
    """The heaviest words, by which candidates are stored and found."""
    words = dict(islice(member.terms.items(), LOOKED_UP_TERMS))
    words.update(islice(member.anchors.items(), LOOKED_UP_ANCHORS))
    return words


def _worth_reading(member: Member, row: _Row) -> bool:
    """Whether an article that is not remembered may be near, by the weights that are stored with it and a little room."""
    lang, _, data = row
    if lang != member.lang:
        return glanced(data, member.anchors, same_language=False)[0] >= ROOM * NEAR_ACROSS
    alike, known = glanced(data, member.terms, same_language=True)
    return alike >= ROOM * NEAR * threshold(len(member.words.known) + known)


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
