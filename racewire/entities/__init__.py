"""Which tracked entities a text names, in any script."""

from __future__ import annotations

from racewire.entities.entity import Alias, Entity
from racewire.entities.gazetteer import Gazetteer, find_mentions

__all__ = ["Alias", "Entity", "Gazetteer", "find_mentions"]
