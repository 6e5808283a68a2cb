"""The user's own `entities.toml`: what stands in it, and how names are added and changed in it by a command."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from racewire.cli.output import say
from racewire.cli.session import Session
from racewire.cli.source_add import quote, replace_file
from racewire.config.document import MAX_SIZE, parse, read
from racewire.entities import Entity, Gazetteer
from racewire.entities.loading import shipped_entities
from racewire.entities.merging import Plan, Tables
from racewire.entities.overrides import entities_of
from racewire.entities.writing import to_toml, with_values, without
from racewire.errors import ConfigError, UsageError

NAME = "entities.toml"


@dataclass(frozen=True)
class OwnNames:
    """The file of names as it is, or as it shall be: its text and the tables in it. `config`: the config that is still to name it, if any."""

    file: Path
    config: Path | None
    text: str
    tables: Tables

    def merged(self, plan: Plan) -> OwnNames:
        """With what a plan says. Raises UsageError where a table of it cannot be changed by a command."""
        text = _appended(with_values(self.text, plan.changed), to_toml(plan.added))
        changed = {id: _together(self.tables[id], news) for id, news in plan.changed.items()}
        return replace(self, text=text, tables={**self.tables, **changed, **plan.added})

    def switched(self, ids: Iterable[str], *, off: bool) -> OwnNames:
        """With some entities switched off, or on again. Raises UsageError likewise."""
        text, tables = self.text, dict(self.tables)
        for id in ids:
            table = {key: value for key, value in tables.pop(id, {}).items() if key != "off"}
            if off or table:
                tables[id] = {**table, "off": True} if off else table
            if not off:
                text = without(text, id, "off")
            elif id in self.tables:
                text = with_values(text, {id: {"off": True}})
            else:
                text = _appended(text, to_toml({id: {"off": True}}))
        return replace(self, text=text, tables=tables)

    def checked(self) -> list[Entity]:
        """The entities that racewire would read from the file. Raises ConfigError where it could not, UsageError where it would read another thing.

        Commands edit the text itself, and TOML has more layouts than they know.
        """
        if len(self.text.encode("utf-8")) > MAX_SIZE:
            raise UsageError(
                f"{self.file} would be larger than {MAX_SIZE // 1024 // 1024} MiB, the most that is read; it is as it was"
            )
        document, problems = parse(self.text, self.file)
        if document is None or problems or document.data.get("entity", {}) != _plain(self.tables):
            raise UsageError(f"{self.file} is written in a way that no command can change: change it by hand")
        try:
            return entities_of(document, (), self.file, shipped_entities())
        except ConfigError as error:
            raise ConfigError(f"{self.file} would not be valid with it, so it is as it was", error.problems) from error

    def write(self) -> list[Entity]:
        """Checks the file, writes it, and names it in the config where that does not."""
        entities = self.checked()
        before = self.file.read_bytes() if self.file.exists() else b""
        mark = "\ufeff" if before.startswith(b"\xef\xbb\xbf") else ""
        replace_file(self.file, mark + (self.text.replace("\n", "\r\n") if b"\r\n" in before else self.text))
        if self.config is not None:
            _name_in(self.config, self.file.name)
        return entities


def own_names(session: Session, target: str | None = None) -> tuple[OwnNames, Gazetteer]:
    """The file to change, and all that is tracked with it: `target`, else the file of the config, else `entities.toml` beside the config.

    The file need not exist.

    Raises ConfigError where there is no config, or where the file has mistakes already.
    """
    config = None
    if target is not None:
        file = Path(target)
    elif session.config.entities is not None:
        file = session.config.entities
    else:
        config = session.config.file
        file = Path(config.parent if config else ".", NAME)
    if not file.exists():
        return OwnNames(file, config, "", {}), Gazetteer.shipped()
    document = read(file)
    gazetteer = Gazetteer(entities_of(document, (), file, shipped_entities()))
    return OwnNames(file, config, document.text, document.data.get("entity", {})), gazetteer


def _appended(text: str, tables: str) -> str:
    return text.rstrip("\n") + "\n\n" + tables if text.strip() and tables else text + tables


def _together(table: Mapping[str, object], news: Mapping[str, object]) -> dict[str, object]:
    lists = {
        key: [*there, *value]
        for key, value in news.items()
        if isinstance(value, tuple) and isinstance(there := table.get(key), list)
    }
    return {**table, **news, **lists}


def _plain(tables: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    return {id: {key: list(v) if isinstance(v, tuple) else v for key, v in table.items()} for id, table in tables.items()}


def _name_in(config: Path, name: str) -> None:
    """Names the file in the config: in the line that waits for it as a comment, else behind the keys that the config begins with."""
    document = read(config)
    line = f"entities = {quote(name)}"
    lines = document.text.split("\n")
    waiting = [number for number, there in enumerate(lines) if re.match(rf"#\s*{re.escape(line)}\s*(?:#|$)", there)]
    if waiting:
        lines[waiting[0]] = lines[waiting[0]].lstrip("# ")
    else:
        heads = {number for number, there in enumerate(lines, 1) if there.lstrip().startswith("[")}
        last = max(
            (place.line for path, place in document.places.keys.items() if len(path) == 1 and place.line not in heads), default=0
        )
        whole = next(end for end in range(last, len(lines) + 1) if _is_toml(lines[:end]))  # a value may take several lines
        lines.insert(whole, line)
    text = "\n".join(lines)
    if not _is_toml(lines) or tomllib.loads(text) != {**document.data, "entities": name}:
        say(f"next: put {line} at the top of {config}")
        return
    replace_file(config, text.replace("\n", "\r\n") if b"\r\n" in config.read_bytes() else text)
    say(f"{config} names it now: {line}")


def _is_toml(lines: list[str]) -> bool:
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return False
    return True
