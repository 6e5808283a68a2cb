"""Sums of money in news text: how much, what for, whose, how certain, and what that is in US dollars."""

from __future__ import annotations

from racewire.figures.explain import Explanation, explain
from racewire.figures.find import find_figures

__all__ = ["Explanation", "explain", "find_figures"]
