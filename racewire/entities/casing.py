"""Which capitals a name may be written with."""

from __future__ import annotations

from enum import IntEnum

from racewire.entities.entity import Alias
from racewire.text.fold import spell

_LONG = 4


class Case(IntEnum):
    """How well the capitals of a place in a text fit an alias."""

    WRONG = 0
    SHOUTED = 1  # in capitals, because its whole line is: the capitals say nothing
    RIGHT = 2


def case_of(surface: str, alias: Alias, *, shouted: bool, quiet: bool) -> Case:
    """How `surface`, which folds to `alias.text`, fits it.

    A name of one meaning may be written with other capitals inside, as in "Openai", "Kai-fu Lee" or "NVIDIA", as long as each of
    its words begins as it should. A name that is also a common word, or an abbreviation, must stand as it is listed.
    `shouted`: the line has no lower-case letters. `quiet`: the whole text has no capitals.
    """
    if surface == alias.text:
        return Case.RIGHT
    plain, listed = spell(surface), spell(alias.text)
    if plain == listed or listed.lower() == listed.upper():
        return Case.RIGHT
    if shouted and plain.upper() == plain:
        return Case.SHOUTED
    if alias.exact or alias.trust < 1:
        return Case.WRONG
    if quiet and len(listed) > _LONG and listed.upper() != listed:
        return Case.RIGHT
    if len(listed) < _LONG or listed.upper() == listed:
        return Case.WRONG
    if plain == listed.upper():
        return Case.RIGHT
    ours, theirs = listed.split(), plain.split()
    same = len(ours) == len(theirs) and all(a[0] == b[0] for a, b in zip(ours, theirs, strict=True))
    return Case.RIGHT if same else Case.WRONG
