"""One event, one story: the keys of addresses, copies, stories, revisions and the facts of a story."""

from __future__ import annotations

from racewire.stories.moves import current
from racewire.stories.urls import url_key

__all__ = ["current", "url_key"]
