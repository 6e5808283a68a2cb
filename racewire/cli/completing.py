"""What the shell may complete: ids from the config files. Read as plain TOML, because a TAB must not wait."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import click


def sources(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Ids of sources."""
    return _starting(incomplete, [row.get("id") for row in _rows(_config(), "source")])


def channels(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Names of channels."""
    named = _config().get("channel")
    return _starting(incomplete, list(named) if isinstance(named, dict) else [])


def rules(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Ids of rules."""
    file = _file()
    named = _config().get("rules")
    found = _read(file.parent / named) if file and isinstance(named, str) else {}
    return _starting(incomplete, [row.get("id") for row in _rows(found, "rule")])


def _starting(start: str, words: list[Any]) -> list[str]:
    return sorted(word for word in words if isinstance(word, str) and word.startswith(start))


def _rows(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = data.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _config() -> dict[str, Any]:
    file = _file()
    return _read(file) if file else {}


def _file() -> Path | None:
    """The config in use, as `racewire.config.find` has it."""
    if named := os.environ.get("RACEWIRE_CONFIG"):
        return Path(named).expanduser()
    base = os.environ.get("XDG_CONFIG_HOME", "")
    user = Path(base) if base.startswith("/") else Path("~/.config").expanduser()
    return next((place for place in (Path("racewire.toml"), user / "racewire" / "racewire.toml") if place.is_file()), None)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
