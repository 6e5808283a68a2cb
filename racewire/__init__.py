"""racewire: watches the news on the AI race and says who raised how much.

The public names load on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from racewire.analysis import analyse
    from racewire.archive import Archive, open_archive
    from racewire.entities import find_mentions
    from racewire.figures import find_figures
    from racewire.model import Added, Figure, Mention, Record
    from racewire.stories import url_key

__version__ = "0.1.0"

__all__ = [
    "Added",
    "Archive",
    "Figure",
    "Mention",
    "Record",
    "analyse",
    "find_figures",
    "find_mentions",
    "open_archive",
    "url_key",
]

_HOMES = {
    "Added": "racewire.model",
    "Archive": "racewire.archive",
    "Figure": "racewire.model",
    "Mention": "racewire.model",
    "Record": "racewire.model",
    "analyse": "racewire.analysis",
    "find_figures": "racewire.figures",
    "find_mentions": "racewire.entities",
    "open_archive": "racewire.archive",
    "url_key": "racewire.stories",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'racewire' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
