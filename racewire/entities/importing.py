"""A user's own list of names: CSV, JSON or one name a line.

CSV has a head line; commas, semicolons or tabs part its cells. Its columns, in any order, only `name` being needed: `id`, `name`,
`native`, `type`, `country`, `parent`, `successor`, `ticker`, `wikidata`, `tags`, `aliases`, `ambiguous`, `drop`, `context`, `against`;
several values in one of the last six are parted by `|`. JSON is a list of objects with the same keys (lists as lists, or parted by
`|`), or of plain names; also one object a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from racewire.config.suggest import closest, did_you_mean
from racewire.entities.boundaries import script
from racewire.entities.cues import cues, plain_words
from racewire.entities.entity import TYPES
from racewire.entities.lists import BEYOND, KINDS, Kind, decoded, guessed, raw_rows
from racewire.errors import UsageError
from racewire.text.fold import folded_text

TEXTS = ("name", "native", "type", "country", "parent", "successor", "ticker", "wikidata")
LISTS = ("tags", "aliases", "ambiguous", "drop", "context", "against")
COLUMNS = ("id", *TEXTS, *LISTS)

Values = Mapping[str, str | tuple[str, ...]]
"""What a list says of one entity: texts and lists of texts by their key in `entities.toml`, none of them empty."""

_READ = frozenset({*COLUMNS, BEYOND, ""})
_LONGEST = 200  # characters of a value, as in entities.toml
LARGEST = 64 * 1024 * 1024  # bytes of a list
_MOST = 200_000  # rows
_PLAIN = str.maketrans({"đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Row:
    """One entity of a list: where it stands in it, the id that it is given there, or None, and what is said of it."""

    where: str
    id: str | None
    values: Values

    @property
    def at(self) -> str:
        """What a message about it begins with."""
        return f"{self.where}: " if self.where else ""


@dataclass(frozen=True, slots=True)
class Imported:
    """`rows` in the order of the list; `problems`: which rows are left out and why; `unread`: columns that mean nothing here."""

    rows: tuple[Row, ...]
    problems: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def import_file(path: Path, kind: Kind | None = None) -> Imported:
    """Read a list from a file, its kind by the ending of its name where none is given. Raises UsageError where it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error
    try:
        return import_bytes(content, kind or KINDS.get(path.suffix.lower()))
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error


def import_bytes(content: bytes, kind: Kind | None = None) -> Imported:
    """The same for what a file or a stream held: at most 64 MiB of UTF-8, or of UTF-16 with its mark."""
    if len(content) > LARGEST:
        raise UsageError(f"the list is larger than {LARGEST // 1024 // 1024} MiB")
    text = decoded(content)
    return import_text(text, kind or guessed(text))


def import_text(text: str, kind: Kind) -> Imported:
    """The same for a text. Raises UsageError where it is not of that kind, or has a column that looks like a slip of the pen."""
    rows: list[Row] = []
    problems: list[str] = []
    unread: dict[str, None] = {}
    for count, (where, raw) in enumerate(raw_rows(text, kind)):
        if count == _MOST:
            raise UsageError(f"{where}: a list may have {_MOST} names")
        unread.update(dict.fromkeys(_unread(raw, where)))
        row, problem = _row(where, raw)
        if row is None:
            problems.append(f"{where}: {problem}")
        else:
            rows.append(row)
    return Imported(tuple(rows), tuple(problems), tuple(unread))


def row_of(raw: Mapping[str, object]) -> Row:
    """One row that stands in no list, from its cells. Raises UsageError where it is wrong."""
    row, problem = _row("", raw)
    if row is None:
        raise UsageError(problem)
    return row


def slug(name: str) -> str:
    """An id for a name: lower-case ASCII and hyphens; letters of other scripts become their code points."""
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    ascii_only = "".join(
        c if c.isascii() else "" if unicodedata.combining(c) else f"-{ord(c):x}-" if c.isalnum() else "-" for c in plain
    )
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:80].strip("-") or "unnamed"


def _unread(raw: Mapping[str, object], where: str) -> Iterable[str]:
    for column in raw.keys() - _READ:
        near = _near(column)
        if near and near not in raw:
            raise UsageError(f"{where}: unknown column '{column[:40]}'; did you mean '{near}'?")
        yield column[:40]


@lru_cache(maxsize=1000)
def _near(column: str) -> str | None:
    return closest(column, COLUMNS)


def _row(where: str, raw: Mapping[str, object]) -> tuple[Row | None, str]:
    """The row, or None and what is wrong with it."""
    if raw.get(BEYOND):
        return None, 'more cells than columns; a name that holds the separator stands in "quotes"'
    values: dict[str, str | tuple[str, ...]] = {}
    for key in ("id", *TEXTS, *LISTS):
        try:
            words = _words(raw.get(key), several=key in LISTS)
        except ValueError as error:
            return None, f"{key}: {error}"
        if words:
            values[key] = words if key in LISTS else words[0]
    id = str(values.pop("id", "")) or None
    if "country" in values:
        values["country"] = str(values["country"]).upper()
    problem = _problem(id, values)
    return (None, problem) if problem else (Row(where, id, values), "")


def _words(raw: object, *, several: bool) -> tuple[str, ...]:
    """The values of a cell without needless blanks, each once. Raises ValueError where they are no plain text."""
    parts = raw if isinstance(raw, list) and several else str(raw).split("|") if several and isinstance(raw, str) else [raw]
    found: dict[str, None] = {}
    for part in parts:
        if part is None:
            continue
        if isinstance(part, bool) or not isinstance(part, (str, int)):
            raise ValueError("this is neither text nor a list of texts" if several else "this is no text")
        word = " ".join(str(part).split())
        if len(word) > _LONGEST:
            raise ValueError(f"longer than {_LONGEST} characters: '{word[:40]}…'")
        if any(unicodedata.category(c) in ("Cc", "Cs") for c in word):
            raise ValueError("it has control characters")
        if word:
            found[word] = None
    return tuple(found)


def _problem(id: str | None, values: Values) -> str | None:
    if "name" not in values:
        return "no name"
    if id is not None and not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", id):
        return f"'{id[:40]}' is no id: lower-case ASCII letters, digits and single hyphens"
    kind = str(values.get("type", "company"))
    if kind not in TYPES:
        return f"unknown type '{kind[:40]}'; {did_you_mean(kind, TYPES) or ''}".rstrip("; ")
    if not re.fullmatch("[A-Z]{2}", str(values.get("country", "US"))):
        return f"'{str(values['country'])[:40]}' is no country code of two letters (ISO 3166-1)"
    if not re.fullmatch("Q[1-9][0-9]*", str(values.get("wikidata", "Q1"))):
        return f"'{str(values['wikidata'])[:40]}' is no Wikidata id (Q and a number)"
    for word in {str(values["name"]), *values.get("aliases", ())} - {*values.get("ambiguous", ())}:
        if _says_nothing(word):
            return f"'{word}' alone would match far too much: give the name in full, or list '{word}' under 'ambiguous'"
    return None


def _says_nothing(word: str) -> bool:
    """Whether a name is a single letter, digit or Chinese character, has none at all, or is a word that news of the field is made of."""
    folded = folded_text(word)
    if sum(bool(script(c)) for c in folded) < 2 or folded in cues("topic"):
        return True
    return folded in plain_words() and not word.isupper()  # MS is not Ms
