"""Says in our own words what pydantic found wrong with the data of a config file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from racewire.config.positions import Path
from racewire.config.secrecy import is_secret
from racewire.config.suggest import closest, did_you_mean
from racewire.config.tables import homes, key_names, model_at


class Mistake(ValueError):
    """What a validator raises to say more than a sentence.

    `help` is the line under it, a suggestion in single quotes. `at` is a path below the value that was
    validated, for a validator that sees a whole table; with `key` the key is marked instead of the value.
    """

    def __init__(self, message: str, help: str | None = None, *, at: Path = (), key: bool = False) -> None:
        super().__init__(message)
        self.help = help
        self.at = at
        self.key = key


class Mistakes(ValueError):
    """Several at once."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("; ".join(map(str, mistakes)))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Wrong:
    """One mistake: where, what, and what to do."""

    path: Path
    message: str
    help: str | None = None
    key: bool = False


_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "time_type": "a time of day",
    "date_type": "a date",
}
_LIMITS = {
    "greater_than": ("gt", "must be more than"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be less than"),
    "less_than_equal": ("le", "must be at most"),
}


def word(
    error: ValidationError, model: type[BaseModel], data: Mapping[str, Any], lost: frozenset[str] = frozenset()
) -> list[Wrong]:
    """Each mistake that pydantic found, once; a union's several complaints about one value become one.

    A key is not called missing where it is misspelt, or where its line could not be read (`lost`).
    """
    told: dict[Path, list[Wrong]] = {}
    for detail in _without_echoes(error.errors(include_url=False)):
        for wrong in _one(detail, model, data, lost):
            told.setdefault(wrong.path, []).append(wrong)
    return [wrong for wrongs in told.values() for wrong in _merged(wrongs)]


def _without_echoes(details: list[Any]) -> Iterator[Any]:
    """A list whose items are wrong is also called too short; the items say it all."""
    for detail in details:
        loc = detail["loc"]
        if detail["type"] != "too_short" or not any(other["loc"][: len(loc)] == loc and other["loc"] != loc for other in details):
            yield detail


def _merged(wrongs: list[Wrong]) -> list[Wrong]:
    kinds = list(dict.fromkeys(w.message for w in wrongs))
    if len(kinds) > 1 and all(" must be " in kind and ", not " in kind for kind in kinds):
        wanted = " or ".join(dict.fromkeys(kind.split(" must be ")[1].split(", not ")[0] for kind in kinds))
        first = wrongs[0]
        message = f"{kinds[0].split(' must be ')[0]} must be {wanted}, not {kinds[0].split(', not ', 1)[1]}"
        return [Wrong(first.path, message, first.help, first.key)]
    return list(dict.fromkeys(wrongs))


def _one(detail: Any, model: type[BaseModel], data: Mapping[str, Any], lost: frozenset[str]) -> Iterator[Wrong]:
    kind, loc, given = detail["type"], tuple(detail["loc"]), detail.get("input")
    context = detail.get("ctx", {})
    path = _path(loc, data)
    name = _name(path)
    if kind == "extra_forbidden":
        yield _unknown(path, model)
    elif kind == "missing":
        key = str(loc[-1])
        if key not in lost and not _misspelt(key, path, model, data):
            yield Wrong(path, f"{_table(path, data)} needs the key '{key}'", key=True)
    elif isinstance(cause := context.get("error"), Mistakes):
        yield from (Wrong((*path, *m.at), str(m), m.help, m.key) for m in cause.mistakes)
    elif isinstance(cause, Mistake):
        help = None if is_secret(path) and isinstance(given, str) else cause.help
        yield Wrong((*path, *cause.at), str(cause), help, cause.key or loc[-1:] == ("[key]",))
    elif kind in ("literal_error", "enum"):
        yield Wrong(path, f"{name} cannot be {shown(given, path)}", _choice(given, context.get("expected", "")))
    elif kind in _KINDS:
        yield Wrong(path, f"{name} must be {_KINDS[kind]}, not {shown(given, path)}", _rewritten(kind, given, path))
    elif kind in _LIMITS:
        limit, words = _LIMITS[kind]
        yield Wrong(path, f"{name} {words} {context.get(limit)}, not {shown(given, path)}")
    elif kind in ("string_too_short", "too_short"):
        yield Wrong(path, f"{name} must not be empty" if context.get("min_length") == 1 else f"{name} is too short")
    elif kind in ("string_too_long", "too_long"):
        yield Wrong(path, f"{name} is too long: at most {context.get('max_length')}")
    else:
        said = detail["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
        yield Wrong(path, f"{name}: {said}")


def _path(loc: tuple[int | str, ...], root: Mapping[str, Any]) -> Path:
    """The part of pydantic's location that exists in the data: names of union members and validators fall out."""
    data: Any = root
    path: list[str | int] = []
    for part in loc:
        if isinstance(data, str):
            break
        try:
            data = data[part]
        except (LookupError, TypeError):
            continue
        path.append(part)
    return tuple(path)


def _name(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return f"'{names[-1]}'" if names else "the file"


def _table(path: Path, data: Any) -> str:
    if not path:
        return "the file"
    names = ".".join(part for part in path if isinstance(part, str))
    if not isinstance(path[-1], int):
        return f"[{names}]"
    for part in path:
        data = data[part]
    id = data.get("id") if isinstance(data, Mapping) else None
    return f"[[{names}]]" + (f" '{id}'" if isinstance(id, str) else "")


def shown(value: object, path: Path = ()) -> str:
    """A value as a message names it; never a secret."""
    if is_secret(path):
        return "this"
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 60 else f"'{value[:57]}…'"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, (list, tuple)):
        return "a list"
    return str(value)[:60]


def _rewritten(kind: str, given: object, path: Path) -> str | None:
    """The same value in the type that is wanted, where that is plain."""
    if is_secret(path):
        return None
    if kind == "string_type" and isinstance(given, (int, float)) and not isinstance(given, bool):
        return f"did you mean '\"{given}\"'?"
    if kind.startswith("bool") and isinstance(given, (str, int)):
        word = str(given).casefold()
        if word in ("true", "yes", "on", "1") or word in ("false", "no", "off", "0"):
            return f"did you mean '{'true' if word in ('true', 'yes', 'on', '1') else 'false'}'?"
    if kind.startswith("int") and isinstance(given, str) and given.strip().isdecimal():
        return f"did you mean '{given.strip()}'?"
    if kind.startswith("int") and isinstance(given, float) and given == int(given):
        return f"did you mean '{int(given)}'?"
    if kind.startswith(("list", "tuple", "set", "frozen")) and isinstance(given, str):
        return f"did you mean '[\"{given}\"]'?"
    return None


def _choice(given: object, expected: str) -> str | None:
    choices = [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(", ")]
    return did_you_mean(given, choices) if isinstance(given, str) else f"one of: {', '.join(choices)}"


def _unknown(path: Path, model: type[BaseModel]) -> Wrong:
    key = str(path[-1])
    table = ".".join(part for part in path[:-1] if isinstance(part, str))
    place = "the file" if not table else f"[[{table}]]" if isinstance(path[-2], int) else f"[{table}]"
    here = model_at(model, path[:-1])
    near = closest(key, key_names(here)) if here else None
    elsewhere = homes(model, key)
    if near:
        help: str | None = f"did you mean '{near}'?"
    elif "" in elsewhere and table:
        help = f"'{key}' stands at the top of the file, above the first [table]"
    elif elsewhere:
        help = f"'{key}' belongs in {' or '.join(f'[{home}]' for home in elsewhere)}"
    else:
        help = did_you_mean(key, key_names(here)) if here else None
    return Wrong(path, f"unknown key '{key}' in {place}", help, key=True)


def _misspelt(wanted: str, path: Path, model: type[BaseModel], data: Any) -> bool:
    """An unknown key is there whose suggestion is the key that is missing."""
    here = model_at(model, path)
    for part in path:
        data = data[part]
    if here is None or not isinstance(data, Mapping):
        return False
    known = key_names(here)
    return any(key not in known and closest(str(key), known) == wanted for key in data)
