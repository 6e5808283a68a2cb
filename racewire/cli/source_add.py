"""Adds a source to the config file without touching what is there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from racewire.cli.source_choice import id_for
from racewire.config.document import in_order, parse, read, validate
from racewire.config.models import Config
from racewire.config.starters import known_sources, table
from racewire.errors import ConfigError, UsageError


def added(file: Path, what: str, given: Mapping[str, str]) -> str:
    """Writes the new `[[source]]` at the end of `file` and returns its id.

    Raises UsageError where the file has that source already, ConfigError where the values are wrong; the file is then as it was.
    """
    document = read(file)
    known = next((source for source in known_sources() if source.id == what), None)
    id = given.get("id") or (known.id if known else id_for(what))
    sources = document.data.get("source", [])
    for source in sources if isinstance(sources, list) else []:
        if source.get("id") == id or source.get("url") == (known.url if known else what):
            raise UsageError(f"{file} has that source already: '{source.get('id')}'; --id gives another name")
    if known:
        block = table(known)
        overridden = sorted(set(given) - {"id"})
        if overridden or given.get("id"):
            raise UsageError(f"'{what}' is a known source and comes with its settings; change them in {file} afterwards")
    else:
        block = _block({"id": id, "url": what, **given})
    text = document.text.rstrip("\n") + "\n\n" + block
    fresh, problems = parse(text, file)
    if fresh is not None:
        problems += validate(Config, fresh, {"folder": file.absolute().parent, "file": file})[1]
    if problems or fresh is None:
        raise ConfigError(f"{file} would not be valid with it, so it is as it was", in_order(problems))
    replace_file(file, text)
    return id


def _block(values: Mapping[str, str]) -> str:
    return "[[source]]\n" + "".join(f"{key} = {quote(value)}\n" for key, value in values.items())


def quote(text: str) -> str:
    """A TOML basic string."""
    escaped = "".join(f"\\u{ord(c):04x}" if c < " " or c in '\x7f"\\' else c for c in text)
    return f'"{escaped}"'


def replace_file(file: Path, text: str) -> None:
    """Writes the whole file or nothing, with the mode that it had; a new one gets the usual mode."""
    target = file.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as fresh:
            fresh.write(text)
            fresh.flush()
            os.fsync(fresh.fileno())
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o077)  # it can only be read by setting it
    os.umask(mask)
    return mask
