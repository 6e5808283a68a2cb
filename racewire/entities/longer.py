"""Whether a hit is a part of a longer name that is not tracked: "Andy Rubin", "Spark Capital", "Jean-Claude"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from racewire.entities.boundaries import script
from racewire.entities.cues import cues
from racewire.entities.entity import Entity
from racewire.entities.hit import Hit
from racewire.entities.reading import Reading

PART = -3.0  # log-odds from which on a hit counts as part of a longer name
_NEXT_TO = -1.5  # a capital letter in the neighbouring word, where capitals mean something

_BEFORE = re.compile(r"([^\W_][\w.'’&-]*)[ \u00a0]$")
_JOINED = re.compile(r"([^\W\d_]+)[-‐‑]$")
_AFTER = re.compile(r"[ \u00a0]([^\W_][\w'’&-]*)")
_STOP = re.compile(r"[.!?:;…\"“”„«»‘(\[\n。！？：；」』—–|•-]\s*$")
_INITIAL = re.compile(r"[A-Z]\.?")
_REACH = 40  # characters


def longer_name(hit: Hit, reading: Reading, sure: Sequence[Hit]) -> float:
    """Log-odds against the hit, 0 or less. `sure`: hits of one meaning, which as neighbours are no part of the name."""
    text = reading.text
    kind = script(reading.folded.text[hit.start])
    if kind != "spaced":
        neighbour = text[hit.at - 1 : hit.at]
        if hit.entity.type == "person" and neighbour in ("·", "・"):
            return PART
        return _NEXT_TO if kind == "han" and hit.end - hit.start == 2 and neighbour in cues("surnames") else 0.0
    joined = _JOINED.search(text, max(0, hit.at - _REACH), hit.at)
    if joined and joined[1].lower() in cues("given"):
        return -4.0
    weight = 0.0
    before = _BEFORE.search(text, max(0, hit.at - _REACH), hit.at)
    if before and not any(other.to == before.end(1) for other in sure):
        weight += _before(hit, reading, before)
    after = _AFTER.match(text, hit.to, hit.to + _REACH)
    if after and after[1][0].isupper():
        weight += _after(hit, reading, after[1])
    return weight


def _before(hit: Hit, reading: Reading, before: re.Match[str]) -> float:
    word = before[1]
    if not word[0].isupper():
        return 0.0
    bare = word.lower().rstrip(".")
    if bare in cues("given") and bare not in _own(hit.entity):
        return -4.0
    if hit.entity.type == "person" and _INITIAL.fullmatch(word):
        return -3.0
    if word.isupper() or bare in cues("leading") or word.endswith((".", "'s", "’s")):
        return 0.0
    begins = before.start(1) == 0 or _STOP.search(reading.text, max(0, before.start(1) - 4), before.start(1))
    return 0.0 if begins or _capitals_say_nothing(hit, reading) else _NEXT_TO


def _after(hit: Hit, reading: Reading, word: str) -> float:
    person = hit.entity.type == "person"
    bare = re.sub(r"['’]s?$", "", word.lower())
    if hit.alias.text.lower() in cues("given") and bare not in cues("topic"):
        return 0.0 if _capitals_say_nothing(hit, reading) else -4.0  # a person's first name
    if bare in cues("other_firm") and not person:
        return -4.0 if hit.alias.trust <= 0.8 else -1.0
    weak = hit.alias.short or (hit.alias.trust <= 0.6 and not person)
    return _NEXT_TO if weak and not word.isupper() and not _capitals_say_nothing(hit, reading) else 0.0


def _capitals_say_nothing(hit: Hit, reading: Reading) -> bool:
    """In a headline that puts a capital to every word, and in German, which puts one to every noun."""
    return reading.titled(hit.at, hit.to) or reading.lang == "de"


def _own(entity: Entity) -> frozenset[str]:
    return frozenset(word for name in (entity.name, *(alias.text for alias in entity.aliases)) for word in name.lower().split())
