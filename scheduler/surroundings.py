"""Whether the packages beside racewire are its own.

`crawler`, `scheduler` and `alerts` are plain names, and an environment that racewire shares with others may hold other packages
of these names. That is told at the start, in one sentence, instead of as an odd error later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from racewire.errors import UsageError

OURS = ("crawler", "scheduler", "alerts")


def strangers(names: Iterable[str] = OURS) -> Iterator[tuple[str, Path | None]]:
    """The packages of these names that lie elsewhere than racewire itself, and where."""
    home = _folder("racewire")
    for name in names:
        there = _folder(name)
        if there != home:
            yield name, there


def check_packages(names: Iterable[str] = OURS) -> None:
    """Raises UsageError where one of the packages lies elsewhere than racewire itself."""
    for name, there in strangers(names):
        raise UsageError(
            f"the package '{name}' that Python finds in {there} is not racewire's (that is in {_folder('racewire')}): install racewire into an environment of its own"
        )


def _folder(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).resolve().parents[1] if spec and spec.origin else None
