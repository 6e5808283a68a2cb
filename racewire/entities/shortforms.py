"""Parts of a person's name that stand for the person once the full name has been given."""

from __future__ import annotations

import re
from dataclasses import replace

from racewire.entities.cues import cues
from racewire.entities.entity import Alias, Entity

_SHORTEST = 4
_SHORTEST_GIVEN = 6
_NAME = re.compile(r"[A-Z][a-zé]+(?:[A-Z][a-z]+)?(?:[ -][A-Z][a-zé]+(?:[A-Z][a-z]+)?)+")
_TRUST = 0.8


def with_short_forms(entity: Entity) -> Entity:
    """The entity with what a text may call a person after the full name: "Xiaochuan" for Wang Xiaochuan, "Brockman" for Greg Brockman.

    Vietnamese names are left alone: their last part is too short and too common.
    """
    if entity.type != "person" or entity.country == "VN" or not _NAME.fullmatch(entity.name):
        return entity
    words = entity.name.split()
    chinese = words[0].lower() in cues("family") and len(words) == 2
    part = words[-1]
    if len(part) < (_SHORTEST_GIVEN if chinese else _SHORTEST) or (part.lower() in cues("family") and len(part) < 5):
        return entity
    if any(alias.text == part for alias in entity.aliases):
        return entity
    return replace(entity, aliases=(*entity.aliases, Alias(part, "en", _TRUST, exact=True, short=True)))
