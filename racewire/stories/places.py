"""Countries and cities in a folded text, by any of their names."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


@lru_cache(maxsize=1)
def _places() -> tuple[AhoCorasick, list[str]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    names, codes = [], []
    for line in (files("racewire.stories") / "data" / "places.txt").read_text("utf-8").splitlines():
        name, _, code = line.partition("\t")
        names.append(name)
        codes.append(code)
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), codes


def places_in(folded: str) -> set[str]:
    """Codes of the places that a folded text names: `VN` for a country, `hanoi` for a city."""
    automaton, codes = _places()
    return {codes[which] for which, start, end in automaton.find_matches_as_indexes(folded) if _stands_alone(folded, start, end)}


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter of a spaced script touches the match."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (before.isalnum() or after.isalnum()) or not _spaced(text[start]):
        return True
    return not (before.isalnum() and _spaced(before)) and not (after.isalnum() and _spaced(after))


def _spaced(character: str) -> bool:
    return not ("\u0e00" <= character <= "\u0eff" or "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3")
