"""One event, one story: the keys of addresses, copies, stories, revisions and the facts of a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from racewire.stories.urls import url_key

if TYPE_CHECKING:
    from racewire.stories.moves import current

__all__ = ["current", "url_key"]


def __getattr__(name: str) -> object:
    if name == "current":  # late: who only wants keys of addresses need not load SQLite
        from racewire.stories.moves import current

        return current
    raise AttributeError(f"module 'racewire.stories' has no attribute {name!r}")
