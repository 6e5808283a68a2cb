"""What commands share: the config in use and the archive behind it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from racewire.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from alerts.rules import RuleSet
    from racewire.archive import Archive
    from racewire.config import Config, Survey
    from racewire.entities import Gazetteer

C = TypeVar("C", bound=Callable[..., object])


class Session:
    """The config named on the command line, read when first asked for."""

    def __init__(self, file: str | None = None) -> None:
        self.file = file
        self._config: Config | None = None

    @property
    def config(self) -> Config:
        """The config in use. Raises ConfigError with every problem."""
        if self._config is None:
            from racewire.config import load

            self._config = load(self.file)
        return self._config

    def survey(self) -> Survey:
        """The config in use with all its problems."""
        from racewire.config import look

        return look(self.file)

    def gazetteer(self) -> Gazetteer:
        """The tracked names: those that come with racewire and, where there is a config, the user's own."""
        return gazetteer_of(self.config.entities if self.has_config() else None)

    def rules(self) -> RuleSet | None:
        """The alert rules, or None where the config names no file of rules. Raises ConfigError."""
        config = self.config
        if config.rules is None:
            return None
        from alerts.rules import load_rules

        return load_rules(config.rules, channels=config.channel, gazetteer=self.gazetteer(), timezone=config.timezone)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read-only connection to the database. Raises StoreError where there is none yet."""
        from racewire.archive.store import bring_up_to_date, open_reader, store_error

        path = self._database()
        try:
            bring_up_to_date(path)
            with closing(open_reader(path)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise store_error(error, path) from error

    @contextmanager
    def writing(self) -> Iterator[Archive]:
        """The archive, to be changed. Raises StoreError where there is none yet."""
        from racewire.archive import open_archive

        with open_archive(self._database()) as archive:
            yield archive

    def has_config(self) -> bool:
        """Whether there is a config file to read."""
        from racewire.config import find

        if self.file is not None or os.environ.get("RACEWIRE_CONFIG"):
            return True  # one was named, so it must be there
        try:
            return find().is_file()
        except ConfigError:
            return False

    def _database(self) -> Path:
        path = self.config.database
        if not path.exists():
            raise StoreError(f"there is no database at {path} yet: `racewire once` or `racewire run` makes it")
        return path


def gazetteer_of(entities: Path | None) -> Gazetteer:
    """The names that come with racewire, and those of a file."""
    from racewire.entities import Gazetteer

    return Gazetteer.load(entities) if entities else Gazetteer.shipped()


def config_option(command: C) -> C:
    """Lets `--config` stand behind the command too."""

    def note(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.find_object(Session).file = value  # type: ignore[union-attr]

    return click.option(
        "--config", type=click.Path(dir_okay=False), metavar="FILE", expose_value=False, callback=note, help="Use this config."
    )(command)


pass_session = click.make_pass_decorator(Session)


def debugging() -> bool:
    """Whether the user asked to see where a fault of racewire's own arose."""
    return bool(os.environ.get("RACEWIRE_DEBUG"))
