"""`racewire export`: the public tables for other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from racewire.cli.output import say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import UsageError


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(["csv", "json", "nl", "parquet", "datasette"]))
@click.argument("tables", nargs=-1, metavar="[TABLE]...")
@click.option(
    "--to", "folder", type=click.Path(file_okay=False), metavar="FOLDER", help="Write one file a table into this folder."
)
@config_option
@pass_session
def export(session: Session, form: str, tables: tuple[str, ...], folder: str | None) -> int:
    """Write public tables as csv, json, nl (JSON lines) or parquet, or the metadata for Datasette.

    One table goes to standard output; several, or all where none is named, go into files with --to.

    \b
    racewire export csv rounds > rounds.csv
    racewire export parquet --to export/
    racewire export datasette > metadata.json && datasette racewire.db -m metadata.json
    """
    from racewire.cli import exporting

    with session.reading() as connection:
        if form == "datasette":
            exporting.datasette(connection, session.config.database.stem)
            return 0
        public = exporting.public_tables(connection)
        if unknown := [table for table in tables if table not in public]:
            raise UsageError(f"no public table is called '{unknown[0][:60]}': there are {', '.join(public)}")
        chosen = list(tables) or public
        if folder is None and (len(chosen) != 1 or form == "parquet"):
            raise UsageError(
                "--to FOLDER is missing: "
                + ("parquet is no text" if form == "parquet" else "only one table fits standard output")
            )
        if folder is None:
            exporting.to_stream(connection, chosen[0], form, sys.stdout)
            return 0
        Path(folder).mkdir(parents=True, exist_ok=True)
        for table in chosen:
            path = Path(folder, f"{table}.{form}")
            count = exporting.to_file(connection, table, form, path)
            say(f"{path}: {count} rows")
    return 0
