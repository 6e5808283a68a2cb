"""What the files say, checked together: the config, the tracked names and the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from alerts.rules import RuleSet, load_rules
from racewire.config import Config, find, load
from racewire.entities import Gazetteer


@dataclass(frozen=True, slots=True)
class Setup:
    """One consistent reading of all files. `stamps` tells later whether one of them changed."""

    config: Config
    rules: RuleSet
    stamps: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def changed(self) -> bool:
        """Whether a file is another one than it was when this was read."""
        return self.stamps_now() != self.stamps

    def stamps_now(self) -> dict[Path, tuple[int, int]]:
        """The stamps of the same files as they are now."""
        return {path: _stamp(path) for path in self.stamps}


def load_setup(path: str | Path | None = None) -> Setup:
    """Reads all files. Raises ConfigError with every problem of the first file that has any."""
    file = find(path)
    stamps = {file: _stamp(file)}  # before each file is read: what changes meanwhile is seen at the next look
    config = load(file)
    stamps |= {other: _stamp(other) for other in (config.rules, config.entities) if other is not None}
    names = Gazetteer.load(config.entities) if config.entities else Gazetteer.shipped()
    if config.rules is None:
        return Setup(config, RuleSet((), gazetteer=names, timezone=ZoneInfo(config.timezone)), stamps)
    rules = load_rules(config.rules, channels=config.channel, gazetteer=names, timezone=config.timezone)
    return Setup(config, rules, stamps)


def _stamp(path: Path) -> tuple[int, int]:
    """Time of change and size; zeros where there is no such file now (an editor that replaces it)."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
