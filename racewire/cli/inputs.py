"""What commands are given to read: an argument, a file, standard input, JSON lines."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from racewire.cli.output import as_json, say
from racewire.errors import StoreError, UsageError

MAX_BYTES = 64 * 1024 * 1024


def read_bytes(name: str) -> bytes:
    """The bytes of a file, unpacked where they are gzip, or of standard input for `-`. At most 64 MiB."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES)
    try:
        with Path(name).open("rb") as file:
            content = file.read(MAX_BYTES)
        if content.startswith(b"\x1f\x8b"):
            with gzip.open(name) as packed:
                return packed.read(MAX_BYTES)
    except (OSError, EOFError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise StoreError(f"cannot read {name}: {reason}") from error
    return content


def read_text(argument: str | None) -> str:
    """The text that an argument means: standard input for `-` or nothing, a file's content, else the argument itself."""
    if argument is None and sys.stdin.isatty():
        raise UsageError("give a text, a file, or - for standard input")
    if argument is None or argument == "-":
        return read_bytes("-").decode("utf-8", "replace")
    if len(argument) < 255 and "\n" not in argument and Path(argument).is_file():
        return read_bytes(argument).decode("utf-8", "replace")
    return argument


Line = dict[str, object]


def answer_lines(answer: Callable[[Line], Line]) -> int:
    """Answers each JSON line of standard input with one on standard output, in order; returns the exit code.

    A line that is no JSON object, or that `answer` refuses with UsageError or StoreError, is answered with its `id` and an
    `error`, so that the lines still match; the exit code is then 2 or 3.
    """
    code = 0
    for number, line in enumerate(_lines(), 1):
        given: Line = {}
        try:
            given = _parsed(line)
            said = {"id": given.get("id"), **answer(given)}
        except (UsageError, StoreError) as error:
            code = max(code, error.exit_code)
            said = {"id": given.get("id"), "error": str(error)}
            say(f"line {number}: {error}")
        click.echo(as_json(said))
    return code


def _lines() -> Iterator[bytes]:
    for line in sys.stdin.buffer:
        if line.strip():
            yield line


def _parsed(line: bytes) -> Line:
    try:
        given = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise UsageError("this is not JSON") from None
    if not isinstance(given, dict):
        raise UsageError("this is not a JSON object")
    return given


def _refuse(constant: str) -> None:
    """NaN and the infinities, which Python reads and JSON does not know."""
    raise ValueError(constant)


def wanted_text(line: Line, key: str) -> str:
    """A text that a line must hold. Raises UsageError."""
    value = line.get(key)
    if not isinstance(value, str):
        raise UsageError(f'"{key}" must be text')
    return value


def optional_text(line: Line, key: str) -> str | None:
    """A text that a line may hold. Raises UsageError."""
    return None if line.get(key) is None else wanted_text(line, key)
