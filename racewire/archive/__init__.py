"""The SQLite archive: opening, adding, reading, searching, asking."""

from __future__ import annotations

from racewire.archive.fulltext import search
from racewire.archive.store import Archive, open_archive

__all__ = ["Archive", "open_archive", "search"]
