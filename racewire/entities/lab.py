"""The alias lab: what a name would match before it is tracked, and how it should be marked.

Works on rows of text, from wherever they come, and touches neither network nor database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from racewire.entities.boundaries import ends_word, starts_word
from racewire.entities.cues import cues, plain_words
from racewire.entities.entity import AMBIGUOUS, Alias, Entity
from racewire.entities.gazetteer import Gazetteer
from racewire.entities.importing import slug
from racewire.entities.writing import to_toml
from racewire.text.fold import fold

_SAMPLES, _EACH = 5, 2  # samples of each kind, and of those from one article
_AROUND = 60  # characters on either side of a sample
_TOPIC_REACH = 200  # characters
_LONGER = 5  # longer names that are given
_OFTEN, _TELLING = 3, 5  # articles in which a telling word must stand beside the name; telling words that are given
_TRIED = "?"  # the id of the name while it is tried; no entity can have it
_WORD = re.compile(r"(?<!\w)[a-z\u00df-\u024f\u0370-\u058f\u0600-\u06ff\u1e00-\u1eff]{5,}(?!\w)")  # of scripts that part words


@dataclass(frozen=True, slots=True)
class Article:
    """What the lab needs of an article. `figures`: (recipient's name as written or None, its entity id or None, amount in US dollars or None)."""

    id: int
    title: str
    text: str
    lang: str | None = None
    figures: tuple[tuple[str | None, str | None, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One place where a name stands, with its surroundings. `field`: whether words of the field stand near. `certain`: whether it counts as a mention."""

    article_id: int
    lang: str | None
    before: str
    surface: str
    after: str
    field: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What a name would match.

    `tracked`: the id of the entity whose name it is already. `hits` counts whole words in any spelling, `cased` those written as given,
    `inside` places inside other words, `near_field` hits beside words of the field, `certain` hits that count as mentions of the
    entity; a name that is not tracked is taken for an ambiguous one. `taken_by`: tracked entities whose names cover hits. `longer`:
    names that the hits are part of, the most frequent first. `context`, `against`: words that stand beside hits with words of the field
    near and beside no others, and the other way round.
    """

    name: str
    tracked: str | None
    articles: int
    hits: int
    cased: int
    inside: int
    near_field: int
    certain: int
    taken_by: tuple[str, ...]
    longer: tuple[tuple[str, int], ...]
    context: tuple[str, ...]
    against: tuple[str, ...]
    samples: tuple[Sample, ...]
    advice: tuple[str, ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        """Whether the name alone cannot be believed: other capitals, or most hits without a word of the field."""
        return self.hits > 0 and (self.cased < self.hits * 0.9 or self.near_field < self.hits * 0.5)

    @property
    def within(self) -> tuple[str, ...]:
        """The longer names that are frequent enough to be listed with it."""
        often = sum(count for _, count in self.longer) > self.hits * 0.2
        return tuple(name for name, _ in self.longer) if often else ()


def try_name(name: str, articles: Iterable[Article], gazetteer: Gazetteer | None = None) -> Trial:
    """What tracking `name` would match in `articles`, with samples and advice on how to mark it. One pass over the articles."""
    gazetteer = Gazetteer.shipped() if gazetteer is None else gazetteer
    tally = _Tally(" ".join(name.split()), gazetteer)
    for article in articles:
        tally.read(article)
    trial = tally.trial()
    return replace(trial, advice=tuple(_advice(trial)))


def proposal(trial: Trial) -> str:
    """The table for `entities.toml` that marks the name as the trial advises; "" for one without hits or that is tracked already."""
    if not trial.hits or trial.tracked:
        return ""
    values: dict[str, object] = {"name": trial.name, "ambiguous" if trial.is_ambiguous else "aliases": (trial.name,)}
    if trial.is_ambiguous:
        values |= {key: words for key, words in (("context", trial.context), ("against", trial.against)) if words}
    return to_toml({slug(trial.name): values}, {trial.name: trial.within} if trial.within else {})


class _Tally:
    """The hits of a name so far."""

    def __init__(self, name: str, gazetteer: Gazetteer) -> None:
        self._name = name
        self._pattern = fold(name).text
        self._tracked = gazetteer.resolve(name)
        self._id = self._tracked or _TRIED
        tried = Entity(_TRIED, name, "company", aliases=(Alias(name, trust=AMBIGUOUS),))
        self._judge = gazetteer if self._tracked else Gazetteer([*gazetteer, tried])
        self._counts: Counter[str] = Counter()
        self._longer: Counter[str] = Counter()
        self._taken: set[str] = set()
        self._samples: list[Sample] = []
        self._words: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}

    def read(self, article: Article) -> None:
        text = f"{article.title}\n\n{article.text}"
        folded = fold(text)
        spans = list(self._spans(folded.text, article.lang))
        if not spans:
            return
        self._counts["articles"] += 1
        mentions = self._judge.find(text, article.lang)
        words: dict[bool, set[str]] = {True: set(), False: set()}
        shown: Counter[bool] = Counter()
        for start, end in spans:
            at, to = folded.start(start), folded.end(end)
            over = [m for m in mentions if m.start < to and at < m.end]
            self._taken.update(m.entity for m in over if m.entity != _TRIED)
            certain = any(m.certain and m.entity == self._id for m in over)
            topic = _near_topic(folded.text, start, end)
            self._counts.update(hits=1, cased=text[at:to] == self._name, near=topic, certain=certain)
            if neighbour := _longer_name(text, at, to):
                self._longer[neighbour] += 1
            words[topic].update(_WORD.findall(folded.text, max(0, start - _AROUND), start))
            words[topic].update(_WORD.findall(folded.text, end, end + _AROUND))
            shown[topic] += 1
            if shown[topic] <= _EACH and sum(sample.field == topic for sample in self._samples) < _SAMPLES:
                before, after = _sides(text, at, to)
                self._samples.append(Sample(article.id, article.lang, before, text[at:to], after, topic, certain))
        for topic, found in words.items():
            self._words[topic].update(found - plain_words())

    def _spans(self, folded: str, lang: str | None) -> Iterator[tuple[int, int]]:
        start = folded.find(self._pattern) if self._pattern else -1
        while start >= 0:
            end = start + len(self._pattern)
            if starts_word(folded, start) and ends_word(folded, end, lang):
                yield start, end
            else:
                self._counts["inside"] += 1
            start = folded.find(self._pattern, end)

    def trial(self) -> Trial:
        counts = self._counts
        return Trial(
            self._name,
            self._tracked,
            counts["articles"],
            counts["hits"],
            counts["cased"],
            counts["inside"],
            counts["near"],
            counts["certain"],
            tuple(sorted(self._taken)),
            tuple(self._longer.most_common(_LONGER)),
            _only(self._words[True], self._words[False]),
            _only(self._words[False], self._words[True]),
            tuple(self._samples),
        )


def _only(here: Counter[str], there: Counter[str]) -> tuple[str, ...]:
    """Words that stand beside hits of one kind in several articles, and beside none of the other."""
    telling = [(word, count) for word, count in here.items() if count >= _OFTEN and word not in there]
    return tuple(word for word, _ in sorted(telling, key=lambda pair: (-pair[1], pair[0]))[:_TELLING])


def _near_topic(folded: str, start: int, end: int) -> bool:
    around = folded[max(0, start - _TOPIC_REACH) : end + _TOPIC_REACH]
    for word in cues("topic"):
        place = around.find(word)
        while place >= 0:
            if starts_word(around, place) and ends_word(around, place + len(word)):
                return True
            place = around.find(word, place + 1)
    return False


def _longer_name(text: str, at: int, to: int) -> str | None:
    """The name that the hit is a part of, where a capitalised word stands right beside it."""
    before = re.search(r"([A-Z][\w'’-]+) $", text[max(0, at - 30) : at])
    if before and before[1].lower() in cues("leading"):
        before = None
    after = re.match(r" ([A-Z][\w'’-]+)", text[to : to + 30])
    if not before and not after:
        return None
    return " ".join(part for part in (before and before[1], text[at:to], after and after[1]) if part)


def _sides(text: str, at: int, to: int) -> tuple[str, str]:
    """What stands on either side of a place, without the words that are cut through."""
    before, after = text[max(0, at - _AROUND - 1) : at], text[to : to + _AROUND + 1]
    if at > _AROUND + 1:
        before = before.partition(" ")[2] or before
    if to + _AROUND + 1 < len(text):
        after = after.rpartition(" ")[0] or after
    return _one_line(before).lstrip(), _one_line(after).rstrip()


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in text))


def _advice(trial: Trial) -> Iterator[str]:
    if not trial.hits:
        yield "no hit: nothing can be said of it"
        return
    if trial.tracked:
        yield f"it is a name of '{trial.tracked}' already"
    if others := [id for id in trial.taken_by if id != trial.tracked]:
        yield f"it stands inside what is tracked already: {', '.join(others[:_LONGER])}"
    if trial.cased < trial.hits * 0.9:
        yield f"{trial.hits - trial.cased} of {trial.hits} hits have other capitals: 'ambiguous' keeps the capitals"
    if trial.within:
        names = ", ".join(f"'{name}'" for name in trial.within[:3])
        yield f"it is often part of a longer name, such as {names}: where those are others, they belong under 'within'"
    if trial.near_field < trial.hits * 0.5 and not trial.tracked:
        yield "most hits have no word of the field near: it is 'ambiguous' and needs a 'context'"
    if not trial.is_ambiguous and not trial.within and not trial.taken_by:
        yield "it looks safe as an alias"
