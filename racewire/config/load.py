"""Finds the config file, lets the environment override it, and gives a Config or every mistake."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from racewire.config.crosscheck import crosscheck
from racewire.config.document import Document, Problem, in_order, survey, validate
from racewire.config.environment import overridden
from racewire.config.models import Config
from racewire.errors import ConfigError

FILE_NAME = "racewire.toml"


@dataclass(frozen=True, slots=True)
class Survey:
    """All there is to say about one config file; `config` is None where it has errors."""

    file: Path
    config: Config | None
    problems: list[Problem]
    document: Document | None = None

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def channels(self) -> frozenset[str]:
        """The names of the channels, even where the rest of the file is wrong."""
        named = self.document.data.get("channel") if self.document else None
        return frozenset(named if isinstance(named, dict) else ())

    @property
    def rules(self) -> Path | None:
        """The rules file, even where the rest of the file is wrong."""
        return self._path("rules")

    @property
    def entities(self) -> Path | None:
        """The user's own names, even where the rest of the file is wrong."""
        return self._path("entities")

    def _path(self, key: str) -> Path | None:
        named = self.document.data.get(key) if self.document else None
        return Path(self.file.parent, Path(named).expanduser()) if isinstance(named, str) and named else None


def find(path: str | os.PathLike[str] | None = None, env: Mapping[str, str] = os.environ) -> Path:
    """The file in use: `path`, else $RACEWIRE_CONFIG, else ./racewire.toml, else the one in the XDG config folder.

    Raises ConfigError where there is none.
    """
    if path is not None:
        return Path(path)
    if named := env.get("RACEWIRE_CONFIG"):
        return Path(named).expanduser()
    places = [Path(FILE_NAME), user_folder(env) / FILE_NAME]
    for place in places:
        if place.is_file():
            return place
    raise ConfigError(f"there is no config: neither {places[0]} here nor {places[1]}; `racewire init` writes one")


def user_folder(env: Mapping[str, str] = os.environ) -> Path:
    """The XDG config folder of racewire."""
    base = env.get("XDG_CONFIG_HOME", "")
    return (Path(base) if base.startswith("/") else Path("~/.config").expanduser()) / "racewire"


def look(path: str | os.PathLike[str] | None = None, env: Mapping[str, str] = os.environ) -> Survey:
    """Reads the file in use and tells all its mistakes and doubts. Raises ConfigError only where there is nothing to read."""
    file = find(path, env)
    document, problems = survey(file)
    if document is None:
        return Survey(file, None, problems)
    document, strange = overridden(document, Config, env)
    config, wrong = validate(Config, document, {"folder": file.absolute().parent, "file": file})
    problems = in_order([*problems, *strange, *wrong, *crosscheck(document)])
    if errors := [problem for problem in problems if problem.severity == "error"]:
        return Survey(file, None, errors, document)  # what is doubtful shows once it is valid: a doubt may come from a mistake
    return Survey(file, config, problems, document)


def load(path: str | os.PathLike[str] | None = None, env: Mapping[str, str] = os.environ) -> Config:
    """The config. Raises ConfigError with all problems where something is wrong."""
    survey = look(path, env)
    if survey.config is None:
        count = len(survey.errors)
        raise ConfigError(f"{survey.file} has {count} mistake{'s' if count != 1 else ''}", survey.errors)
    return survey.config
