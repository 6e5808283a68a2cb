"""Whether a name that also means other things means the entity here.

Every hit starts at the trust of its alias and is moved, on the scale of log-odds, by what stands around it: words of the entity's own
context or of another meaning, other tracked names, words of the field, the grammar of business news, and longer names that it
may be a part of. The weights were set on headlines and pages kept for development; the documentation has the figures.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from racewire.entities.boundaries import script
from racewire.entities.entity import Entity
from racewire.entities.grammar import grammar
from racewire.entities.hit import Hit
from racewire.entities.longer import PART, longer_name
from racewire.entities.reading import Reading
from racewire.entities.words import FAR, Words

_VERBAL = tuple(f" {word} " for word in ("to", "can", "will", "help", "helps", "could", "should", "must", "may", "would", "not"))
_DETERMINED = ("'s ", " a ", " an ", " the ", " its ", " their ", " his ", " her ", " this ", " no ", " new ", " any ", " every ")
CERTAIN = 0.6  # a mention below this probability is kept as uncertain
_PLAUSIBLE = 0.2  # trust below which only the entity's own surroundings count, not those of the field
_MOST = 40  # other names of a text that are looked at
_SHORT, _LONG = 300, 800  # characters
FIELD = frozenset({"company", "lab", "model", "chip", "fund", "product", "project"})
EVERYWHERE = frozenset({"bloomberg", "goldman", "morgan-stanley", "jpmorgan", "tiktok", "wechat"})  # in news of every kind


def weigh(hits: Sequence[Hit], reading: Reading, words: Words, denied: frozenset[str]) -> None:
    """Set the score of every hit whose alias is not fully trusted.

    `denied`: aliases that elsewhere in the text are part of a longer word or phrase of another meaning.
    """
    open_ = [hit for hit in hits if hit.alias.trust < 1]
    if not open_:
        return
    sure = [hit for hit in hits if hit.alias.trust == 1]
    surroundings = words.around(reading, {hit.entity.id for hit in open_})
    company = _Company(sure)
    sure_ends = {hit.to for hit in sure}
    longer = [longer_name(hit, reading, sure_ends) for hit in open_]
    parts = denied | {hit.alias.text for hit, part in zip(open_, longer, strict=True) if part <= PART}
    values, support = [], []
    for hit, part in zip(open_, longer, strict=True):
        around = surroundings.weight(hit) + grammar(hit, reading.folded.text) + company.weight(hit)
        if around == 0 and len(reading.text) > _LONG:
            around = -0.8  # a long text that says nothing for the name
        elif around >= 0 and part == 0 and len(reading.text) <= (_SHORT if _spaced(hit, reading) else _SHORT // 3):
            around += 0.7  # a headline has no room to say anything
        support.append(around)
        values.append(_logit(hit.alias.trust) + _language(hit, reading) + part + around)
    best: dict[str, float] = {}
    for hit, value in zip(open_, values, strict=True):
        best[hit.alias.text] = max(best.get(hit.alias.text, value), value)
    for hit, value, part, around in zip(open_, values, longer, support, strict=True):
        if hit.alias.text in parts and part > PART:
            value -= 2.5 if around < 2 else 1.0  # the short form of the longer name
        elif best[hit.alias.text] >= 2 and value < 2 and part > -1:
            value += 1.5  # a word keeps its meaning through a text
        hit.score = 1 / (1 + math.exp(-value))


def _logit(trust: float) -> float:
    trust = min(max(trust, 0.005), 0.995)
    return math.log(trust / (1 - trust))


def _language(hit: Hit, reading: Reading) -> float:
    """An everyday word of the language; English writes those small, but not in a headline that puts a capital to every word."""
    weight = -1.5 if hit.shouted else 0.0
    if hit.alias.everyday and reading.lang in hit.alias.everyday:
        left = " " + reading.folded.text[max(0, hit.start - 10) : hit.start]
        if reading.lang != "en":
            weight -= 2.0
        elif reading.titled(hit.at, hit.to):
            weight -= 1.5
            if left.endswith(_VERBAL):
                weight -= 3.0
        if reading.lang == "en" and left.endswith(_DETERMINED):
            weight -= 2.0
    elif hit.alias.lang not in (None, "en") and hit.alias.lang == reading.lang and _spaced(hit, reading):
        weight += 0.8  # a name at home in this language
    return weight


def _spaced(hit: Hit, reading: Reading) -> bool:
    return script(reading.folded.text[hit.start]) == "spaced"


class _Company:
    """The names of one meaning that a text has, and what they say for the others."""

    def __init__(self, sure: Sequence[Hit]) -> None:
        starts: dict[str, list[int]] = {}
        self._others: list[tuple[Entity, list[int], bool]] = []  # where each stands, and whether it speaks for the field
        for hit in sure:
            entity = hit.entity
            if entity.id in starts:
                starts[entity.id].append(hit.start)
            elif len(starts) < _MOST:
                starts[entity.id] = [hit.start]
                self._others.append((entity, starts[entity.id], entity.type in FIELD and entity.id not in EVERYWHERE))

    def weight(self, hit: Hit) -> float:
        """The entity's full name, parent, child or sibling add much, another name of the field a little."""
        values = []
        own, plausible = hit.entity, hit.alias.trust >= _PLAUSIBLE
        for entity, starts, speaks in self._others:
            if entity.id == own.id:
                values.append(0.0 if hit.alias.short else 3.0)
            elif entity.parent == own.id or (own.parent is not None and own.parent in (entity.id, entity.parent)):
                values.append(2.5)
            elif speaks and plausible:
                values.append(1.2 if _stands_near(starts, hit.start) else 0.6)
        values.sort(reverse=True)
        return min(4.0, sum(value / (k + 1) for k, value in enumerate(values[:4])))


def _stands_near(starts: list[int], place: int) -> bool:
    k = bisect_left(starts, place - FAR)
    return k < len(starts) and starts[k] <= place + FAR
