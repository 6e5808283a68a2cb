"""Whether a hit is a part of a longer name that is not tracked: "Andy Rubin", "Spark Capital", "Jean-Claude"."""

from __future__ import annotations

import re
from collections.abc import Collection

from racewire.entities.boundaries import script
from racewire.entities.cues import cues
from racewire.entities.entity import Entity
from racewire.entities.hit import Hit
from racewire.entities.reading import Reading

PART = -3.0  # log-odds from which on a hit counts as part of a longer name
_NEXT_TO = -1.5  # a capital letter in the neighbouring word, where capitals mean something

_AFTER = re.compile(r"[ \u00a0]([^\W_][\w'’&-]*)")
_STOP = frozenset('.!?:;…"“”„«»‘([\n。！？：；」』—–|•-')
_OPENING = "\"“”„«»‘'(["
_INITIAL = re.compile(r"[A-Z]\.?")
_REACH = 40  # characters


def longer_name(hit: Hit, reading: Reading, sure_ends: Collection[int]) -> float:
    """Log-odds against the hit, 0 or less. `sure_ends`: where names of one meaning end, which as neighbours are no part of this one."""
    text = reading.text
    kind = script(reading.folded.text[hit.start])
    neighbour = text[hit.at - 1 : hit.at]
    if kind != "spaced":
        if hit.entity.type == "person" and neighbour in ("·", "・"):
            return PART
        return _NEXT_TO if kind == "han" and hit.end - hit.start == 2 and neighbour in cues("surnames") else 0.0
    weight = 0.0
    if neighbour in ("-", "‐", "‑"):
        if _last_word(text, hit.at - 1).lower() in cues("given"):
            return -4.0
    elif neighbour in (" ", "\u00a0") and hit.at - 1 not in sure_ends:
        weight += _before(hit, reading, _last_word(text, hit.at - 1))
    after = _AFTER.match(text, hit.to, hit.to + _REACH)
    if after and after[1][0].isupper():
        weight += _after(hit, reading, after[1])
    return weight


def _last_word(text: str, end: int) -> str:
    """The word that ends at `end`, without the quotation marks and brackets before it."""
    words = text[max(0, end - _REACH) : end].rsplit(maxsplit=1)
    return words[-1].lstrip(_OPENING) if words and not text[end - 1 : end].isspace() else ""


def _before(hit: Hit, reading: Reading, word: str) -> float:
    if not word or not word[0].isupper():
        return 0.0
    bare = word.lower().rstrip(".")
    if bare in cues("given") and bare not in _own(hit.entity):
        return -4.0
    if hit.entity.type == "person" and _INITIAL.fullmatch(word):
        return -3.0
    if (
        word.isupper()
        or bare in cues("leading")
        or word.endswith((".", "'s", "’s", ",", ":", ";", "!", "?", ")", "”", '"', "–", "—"))
    ):
        return 0.0
    start = hit.at - 1 - len(word)
    left = reading.text[max(0, start - 4) : start]
    begins = start == 0 or "\n" in left[-1:] or (left.rstrip(" ")[-1:] or ".") in _STOP
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
