"""Whether a name that also means other things means the entity here.

Every hit starts at the trust of its alias and is moved, on the scale of log-odds, by what stands around it: words of the entity's own
context or of another meaning, other tracked names, words of the field, the grammar of business news, and longer names that it
may be a part of. The weights were set on headlines and pages set aside for development; `docs/entities.md` has the figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from racewire.entities.boundaries import ends_word, script, starts_word
from racewire.entities.cues import cues
from racewire.entities.entity import Alias, Entity
from racewire.entities.reading import Reading
from racewire.text.fold import fold

CERTAIN = 0.6  # a mention below this probability is kept as uncertain
NEAR, FAR, LONG = 90, 300, 800  # characters
PART = -3.0  # log-odds at which a hit counts as part of a longer name

_BEFORE = re.compile(r"([^\W_][\w.'’&-]*)[ \u00a0]$")
_AFTER = re.compile(r"[ \u00a0]([^\W_][\w'’&-]*)")
_STOP = re.compile(r"[.!?:;…\"“”„«»‘(\[\n。！？：；」』—–|•-]\s*$")


@dataclass(slots=True)
class Hit:
    """One place where an alias stands: offsets in the folded text and in the original, and how it is written."""

    entity: Entity
    alias: Alias
    start: int
    end: int
    at: int
    to: int
    shouted: bool = False
    score: float = 1.0


class Words:
    """Every context word of a gazetteer in one automaton."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        index: dict[str, int] = {}
        self._written: list[str | None] = []

        def number(word: str) -> int:
            folded = fold(word).text
            if folded not in index:
                index[folded] = len(index)
                self._written.append(word if len(word) <= 4 and word.isupper() and word.isascii() else None)
            return index[folded]

        self.topic = frozenset(number(word) for word in cues("topic"))
        self.context: dict[str, frozenset[int]] = {}
        self.against: dict[str, frozenset[int]] = {}
        for entity in entities:
            if entity.context:
                self.context[entity.id] = frozenset(number(word) for word in entity.context)
            if entity.against:
                self.against[entity.id] = frozenset(number(word) for word in entity.against)
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(index), matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    def places(self, reading: Reading) -> dict[int, list[tuple[int, int]]]:
        """Where each word stands in the folded text. Abbreviations must be written in capitals."""
        whole = reading.folded.text
        found: dict[int, list[tuple[int, int]]] = {}
        for word, start, end in self._automaton.find_matches_as_indexes(whole, overlapping=True):
            if script(whole[start]) != "hangul":  # Korean writes compounds as one word
                if not starts_word(whole, start):
                    continue
                if not ends_word(whole, end) and not (whole[end] == "s" and ends_word(whole, end + 1)):
                    continue
            written = self._written[word]
            if written is None or reading.text[reading.folded.start(start) : reading.folded.end(end)] == written:
                found.setdefault(word, []).append((start, end))
        return found


def weigh(hits: Sequence[Hit], reading: Reading, words: Words, denied: frozenset[str]) -> None:
    """Set the score of every hit whose alias is not fully trusted.

    `denied`: aliases that elsewhere in the text are part of a longer word or phrase of another meaning.
    """
    open_ = [hit for hit in hits if hit.alias.trust < 1]
    if not open_:
        return
    sure = [hit for hit in hits if hit.alias.trust == 1]
    places = words.places(reading)
    parts = set(denied)
    inside, values = [], []
    for hit in open_:
        inside.append(_inside(hit, reading, sure))
        if inside[-1] <= PART:
            parts.add(hit.alias.text)
        around = _words(hit, places, words) + _company(hit, sure) + _frame(hit, reading.folded.text)
        if around == 0 and len(reading.text) > LONG:
            around = -0.8  # a long text about something else
        values.append(_logit(hit.alias.trust) + _language(hit, reading) + inside[-1] + around)
    best: dict[str, float] = {}
    for hit, value in zip(open_, values, strict=True):
        best[hit.alias.text] = max(best.get(hit.alias.text, value), value)
    for hit, value, part in zip(open_, values, inside, strict=True):
        if hit.alias.text in parts and part > PART:
            value -= 2.5
        elif best[hit.alias.text] >= 2 and value < 2 and part > -1:
            value += 1.5  # a word keeps its meaning through a text
        hit.score = 1 / (1 + math.exp(-value))


def _logit(p: float) -> float:
    p = min(max(p, 0.005), 0.995)
    return math.log(p / (1 - p))


def _language(hit: Hit, reading: Reading) -> float:
    weight = -2.5 if hit.alias.everyday and reading.lang in hit.alias.everyday else 0.0
    return weight - (1.5 if hit.shouted else 0.0)


def _distance(hit: Hit, places: list[tuple[int, int]]) -> int | None:
    """Characters between the hit and the nearest of `places` that does not overlap it; None where there is none."""
    gaps = [max(start - hit.end, hit.start - end) for start, end in places if end <= hit.start or start >= hit.end]
    return min(gaps, default=None)


def _words(hit: Hit, places: dict[int, list[tuple[int, int]]], words: Words) -> float:
    speaks = _sum(hit, places, words.context.get(hit.entity.id, frozenset()), (2.5, 1.8, 1.2), 4.0)
    denies = _sum(hit, places, words.against.get(hit.entity.id, frozenset()), (2.5, 1.8, 1.2), 4.0)
    field = _sum(hit, places, words.topic, (0.8, 0.5, 0.3), 1.2)
    return speaks - denies + field


def _sum(
    hit: Hit, places: dict[int, list[tuple[int, int]]], wanted: frozenset[int], weights: tuple[float, float, float], most: float
) -> float:
    if not wanted:
        return 0.0
    if len(wanted) < len(places):
        present = [word for word in wanted if word in places]
    else:
        present = [word for word in places if word in wanted]
    values = []
    for word in present:
        gap = _distance(hit, places[word])
        if gap is not None:
            values.append(weights[0] if gap <= NEAR else weights[1] if gap <= FAR else weights[2])
    values.sort(reverse=True)
    return min(most, sum(value / (k + 1) for k, value in enumerate(values)))


def _company(hit: Hit, sure: Sequence[Hit]) -> float:
    """What other tracked names say: a parent, child or sibling much, another one of the field a little."""
    total = 0.0
    near: dict[str, float] = {}
    for other in sure:
        if other.entity.id == hit.entity.id:
            value = 3.0
        elif _related(hit.entity, other.entity):
            value = 2.5
        elif (
            other.entity.type in ("company", "lab", "model", "chip", "fund", "product", "project")
            and other.entity.id not in _PLAIN
        ):
            value = 1.2 if abs(other.start - hit.start) <= FAR else 0.6
        else:
            continue
        near[other.entity.id] = max(near.get(other.entity.id, 0.0), value)
    for k, value in enumerate(sorted(near.values(), reverse=True)[:4]):
        total += value / (k + 1)
    return min(total, 4.0)


_PLAIN = frozenset({"bloomberg", "goldman", "morgan-stanley", "jpmorgan", "tiktok", "wechat"})  # named in news of every kind


def _related(a: Entity, b: Entity) -> bool:
    return a.parent == b.id or b.parent == a.id or (a.parent is not None and a.parent == b.parent)


def _inside(hit: Hit, reading: Reading, sure: Sequence[Hit]) -> float:
    """Below zero where the hit looks like a part of a longer name that is not tracked."""
    text = reading.text
    before = _BEFORE.search(text, max(0, hit.at - 40), hit.at)
    after = _AFTER.match(text, hit.to, hit.to + 40)
    if text[hit.at - 1 : hit.at] in ("-", "‐", "‑") and text[hit.at - 2 : hit.at - 1].isalpha():
        joined = re.search(r"[^\W\d_]+$", text[max(0, hit.at - 30) : hit.at - 1])
        if joined and joined[0].lower() in cues("given"):
            return -4.0
    if script(text[hit.at].lower()) != "spaced":
        return -3.0 if text[hit.at - 1 : hit.at] in ("·", "・") and hit.entity.type == "person" else 0.0
    weight = 0.0
    titled = reading.lang == "de" or reading.titled(hit.at, hit.to)  # German puts a capital to every noun
    person = hit.entity.type == "person"
    if before and not any(other.to == before.end(1) and other.to <= hit.at for other in sure):
        word = before[1]
        bare = word.lower().rstrip(".")
        starts = before.start(1) == 0 or _STOP.search(text, max(0, before.start(1) - 4), before.start(1))
        if bare in cues("given") and word[0].isupper() and bare not in _own(hit.entity):
            weight -= 4.0
        elif re.fullmatch(r"[A-Z]\.?", word) and person:
            weight -= 3.0
        elif (
            word[0].isupper()
            and not word.isupper()
            and not titled
            and not starts
            and bare not in cues("leading")
            and not word.endswith((".", "'s", "’s"))
        ):
            weight -= 1.5
    if after:
        word = after[1]
        bare = re.sub(r"['’]s?$", "", word.lower())
        if word[0].isupper() and bare in cues("other_firm") and hit.entity.type != "person":
            weight -= 4.0 if hit.alias.trust <= 0.8 else 1.0
        elif (
            word[0].isupper()
            and not word.isupper()
            and not titled
            and (hit.alias.short or (hit.alias.trust <= 0.6 and not person))
        ):
            weight -= 1.5
    return weight


def _own(entity: Entity) -> frozenset[str]:
    return frozenset(word for alias in (entity.name, *(a.text for a in entity.aliases)) for word in alias.lower().split())


def _frame(hit: Hit, folded: str) -> float:
    """What the grammar of business news adds: the subject of a deed, an apposition, a backer."""
    value = 0.0
    kind = hit.entity.type
    left = folded[max(0, hit.start - 60) : hit.start]
    after = re.match(r"(?:,[^.;]{0,140}?,)? ([a-z]+)", folded[hit.end : hit.end + 170])
    if after and after[1] in cues("deeds") and kind not in ("person", "law"):
        value += 1.0
    words = left.split()
    if words and words[-1] in cues("apposition") and kind not in ("person", "law"):
        value += 1.5
    backs = kind in ("fund", "company") and _backs(hit, folded, left)
    if backs:
        value += 1.8 if kind == "fund" else 0.3
    if folded.startswith(("-backed", "-led", "-owned"), hit.end):
        value += 1.5
    if hit.alias.trust < 0.5 and not backs and _verb(folded, hit):
        value -= 2.0
    return value


_DEAL = re.compile("rais|fund|invest|round|series [a-f]\\b|seed|backed|valuation|stake|led by|[$€£¥]|gọi vốn|融资|融資|轮|估值")
_LEADS = re.compile("[^。，；;.]{0,24}?(?:领投|跟投|领头|牵头|参投|投资|領投|跟投|주도|참여|が主導|が出資|dẫn dắt|rót vốn)")


def _backs(hit: Hit, folded: str, left: str) -> bool:
    """Whether the hit stands where the news puts investors: "raised a seed led by X", "由 X 领投"."""
    if any(left.rstrip().endswith(" " + cue) for cue in cues("backing")):
        return bool(_DEAL.search(folded, max(0, hit.start - 160), min(len(folded), hit.end + 60)))
    return bool(_LEADS.match(folded, hit.end))


def _verb(folded: str, hit: Hit) -> bool:
    """Whether the next word makes a verb or a common noun of the hit: "Reliance on", "Step out", "Figure out"."""
    after = re.match(r" ([a-z]+)", folded[hit.end : hit.end + 14])
    return bool(after and after[1] in cues("function"))
