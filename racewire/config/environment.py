"""Environment twins: `RACEWIRE__CRAWL__PROXY` stands for `proxy` in `[crawl]`.

Two underscores part the steps; case does not count. A step into `[[source]]` is the source's id, a step into
`[channel]` the channel's name, with `_` for every sign that a variable's name cannot hold. Lists are written as in TOML
or with commas.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from racewire.config.document import Document, Problem
from racewire.config.positions import Path
from racewire.config.suggest import did_you_mean
from racewire.config.tables import inner_model, key_names, model_at

PREFIX = "RACEWIRE__"


def overridden(document: Document, model: type[BaseModel], env: Mapping[str, str]) -> tuple[Document, list[Problem]]:
    """The document with what the environment says put in, and a problem for each variable that names nothing."""
    data = copy.deepcopy(document.data)
    origins: dict[Path, str] = {}
    problems = []
    for name in sorted(env):
        if not name.upper().startswith(PREFIX):
            continue
        steps = name[len(PREFIX) :].split("__")
        path, stray, choices = _path(steps, model, data)
        if stray is not None:
            message = f"the environment variable {name} names no key: '{stray}' is unknown"
            problems.append(Problem(name, 0, 0, 0, "error", message, did_you_mean(stray.lower(), choices)))
            continue
        _put(data, path, _value(env[name], model, path))
        origins[path] = name
    return replace(document, data=data, origins=origins), problems


def _path(steps: list[str], model: type[BaseModel], data: Any) -> tuple[Path, str | None, list[str]]:
    """The path in the data, or the step that leads nowhere and those that would."""
    path: list[str | int] = []
    for step in steps:
        here = model_at(model, tuple(path)) if path else model
        known: dict[str, str | int]
        if isinstance(data, list):
            known = {_plain(str(row.get("id"))): number for number, row in enumerate(data) if isinstance(row, dict)}
        elif path == ["channel"]:
            known = {_plain(step): step.lower()} | {_plain(key): key for key in (data if isinstance(data, dict) else {})}
        else:
            known = {_plain(key): key for key in key_names(here)} if here else {}
        if _plain(step) not in known:
            names = (
                [str(row.get("id")) for row in data if isinstance(row, dict)]
                if isinstance(data, list)
                else [str(k) for k in known.values()]
            )
            return (), step, names
        part = known[_plain(step)]
        path.append(part)
        try:
            data = data[part]
        except (LookupError, TypeError):
            data = None
    return tuple(path), None, []


def _plain(word: str) -> str:
    return re.sub(r"[^A-Z0-9]", "_", word.upper())


def _value(text: str, model: type[BaseModel], path: Path) -> Any:
    """Text where text is wanted; numbers, truth and lists as TOML reads them."""
    table = model_at(model, path[:-1]) if len(path) > 1 else model
    field = next((f for name, f in table.model_fields.items() if path[-1] in (name, f.alias)), None) if table else None
    annotation = field.annotation if field else None
    is_list = get_origin(annotation) is tuple or any(get_origin(part) is tuple for part in get_args(annotation))
    if is_list or annotation in (int, bool) or (inner_model(annotation) is not None and text.lstrip().startswith(("{", "["))):
        try:
            value = tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return [part.strip() for part in text.split(",") if part.strip()] if is_list else text
        return value if not is_list or isinstance(value, list) else [text.strip()]
    return text


def _put(data: Any, path: Path, value: Any) -> None:
    for part in path[:-1]:
        if isinstance(part, str) and not isinstance(data.get(part), (dict, list)):
            data[part] = {}
        data = data[part]
    data[path[-1]] = value
