"""Sums of money in news text: how much, what for, whose, how certain, and what that is in US dollars.

Importing costs nothing; the reader and a language's tables are loaded when the first text comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from racewire.figures.explanation import Explanation, explain
    from racewire.model import Figure, Mention

__all__ = ["Explanation", "explain", "find_figures"]


def find_figures(
    text: str, lang: str | None = None, *, published_on: date | None = None, mentions: Sequence[Mention] | None = None
) -> list[Figure]:
    """The sums of money in `text`, sorted by start, spans never overlapping.

    `lang` is an ISO 639-1 code or a longer tag; None has it told from the text. `published_on` dates the conversion to US dollars (None:
    the newest rate). `mentions` are the tracked names in the same text; None has them looked up. Never raises.
    """
    from racewire.figures.find import find

    return find(text, lang, published_on, mentions)


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'racewire.figures' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("racewire.figures.explanation"), name)
