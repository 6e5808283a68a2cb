"""A TOML file that remembers where each key and value stands, so that a mistake can be shown in its place.

document = read("racewire.toml")
value, problems = validate(Config, document)
print(render(problems))
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from racewire.config.positions import Path, Place, Places
from racewire.config.problems import Problem, in_order, render
from racewire.config.secrecy import is_secret, mask_line
from racewire.config.syntax import load
from racewire.config.wording import Mistake, Mistakes, word
from racewire.errors import ConfigError

__all__ = [
    "Document",
    "Mistake",
    "Mistakes",
    "Path",
    "Place",
    "Problem",
    "in_order",
    "parse",
    "read",
    "render",
    "survey",
    "validate",
]

M = TypeVar("M", bound=BaseModel)

MAX_SIZE = 4 * 1024 * 1024


@dataclass(frozen=True)
class Document:
    """One parsed file.

    `origins` names the environment variable that set a path, where one did; `lost` are the keys whose lines
    could not be read.
    """

    path: str
    text: str
    data: dict[str, Any]
    origins: Mapping[Path, str] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> Places:
        return Places(self.text)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at `path` stands (its key with `key=True`); the nearest table around it where it does not exist."""
        known = self.places.keys if key else self.places.values
        for end in range(len(path), 0, -1):
            if path[:end] in known:
                return known[path[:end]]
        return Place(1, 1, 1)

    def line(self, number: int) -> str:
        """The text of a line, secrets masked."""
        lines = self.text.split("\n")
        if not 1 <= number <= len(lines):
            return ""
        hidden = [place for path, place in self.places.values.items() if place.line == number and is_secret(path)]
        inside_only = [p for p in hidden if lines[number - 1][p.column - 1] not in "{["]
        return mask_line(lines[number - 1], inside_only)

    def problem(
        self,
        path: Path,
        message: str,
        help: str | None = None,
        *,
        key: bool = False,
        severity: Literal["error", "warning"] = "error",
    ) -> Problem:
        """A problem with the value (or, with `key`, the key) at `path`."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.origins:
                return Problem(self.origins[path[:end]], 0, 0, 0, severity, message, help)
        place = self.place(path, key=key)
        return Problem(self.path, *place, severity, message, help, self.line(place.line))


def parse(text: str, path: str | os.PathLike[str]) -> tuple[Document | None, list[Problem]]:
    """The document and its mistakes in writing TOML; no document where a mistake leaves open what the rest means."""
    text, data, problems = load(text.removeprefix("\ufeff").replace("\r\n", "\n"), str(path))
    if data is None:
        return None, problems
    lost = frozenset(p.source.partition("=")[0].partition(":")[0].strip() for p in problems)
    return Document(str(path), text, data, lost=lost), problems


def read(path: str | os.PathLike[str]) -> Document:
    """Reads and parses a file. Raises ConfigError, with all problems where it is not TOML."""
    document, problems = survey(path)
    if problems or document is None:
        raise ConfigError(f"{path} is not valid TOML", problems)
    return document


def survey(path: str | os.PathLike[str]) -> tuple[Document | None, list[Problem]]:
    """The same, for a caller who wants to see as many mistakes as there are. Raises ConfigError where there is no file to read."""
    try:
        with FilePath(path).open("rb") as file:
            content = file.read(MAX_SIZE + 1)
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error
    if len(content) > MAX_SIZE:
        raise ConfigError(f"cannot read {path}: larger than {MAX_SIZE // 1024 // 1024} MiB")
    try:
        return parse(content.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        return None, [Problem(str(path), line, column, 1, "error", "this is not UTF-8", "save the file as UTF-8")]


def validate(model: type[M], document: Document, context: Any = None) -> tuple[M | None, list[Problem]]:
    """The document as `model`, or None and every problem, in the order of the file."""
    try:
        return model.model_validate(document.data, context=context), []
    except ValidationError as error:
        wrongs = word(error, model, document.data, document.lost)
        return None, in_order(document.problem(w.path, w.message, w.help, key=w.key) for w in wrongs)
