"""Sums of money in news text: how much, what for, whose, how certain, and what that is in US dollars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from racewire.figures.find import find_figures

if TYPE_CHECKING:
    from racewire.figures.explanation import Explanation, explain

__all__ = ["Explanation", "explain", "find_figures"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'racewire.figures' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("racewire.figures.explanation"), name)
