"""`racewire entity add|import|off|on`: changes the user's own entities.toml."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from racewire.cli.output import say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import ConfigError, UsageError
from racewire.text.terminal import one_line

if TYPE_CHECKING:
    from racewire.cli.entity_files import OwnNames
    from racewire.entities import Entity, Gazetteer
    from racewire.entities.lists import Kind
    from racewire.entities.merging import Plan

_TOLD = 20  # rows of a list that are told one by one
_NAMED = 10  # ids in one line

to_option = click.option(
    "--to", "target", metavar="FILE", help="The file to change; default: that of the config, or entities.toml beside it."
)
dry_option = click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")


@click.command("import")
@click.argument("file", metavar="FILE|-")
@click.option("--kind", type=click.Choice(["csv", "json", "txt"]), help="What FILE is; default: by its ending.")
@click.option("--skip-bad", is_flag=True, help="Leave out the rows that are wrong, and take the others.")
@dry_option
@to_option
@config_option
@pass_session
def import_(session: Session, file: str, kind: Kind | None, skip_bad: bool, dry_run: bool, target: str | None) -> int:
    """Add names of your own from a list to entities.toml: CSV, JSON, or one name a line.

    The first line of a CSV names its columns: name, and any of id, native, type, country, parent, successor, ticker, wikidata, tags,
    aliases, ambiguous, drop, context, against; the last six are lists, parted by |. JSON is a list of objects with such keys, or of
    names. A row whose id or name is in entities.toml already adds what is new in it; a name that is tracked otherwise is left out.

    \b
    name,type,country,aliases
    Acme AI,company,US,Acme Intelligence|艾克米
    """
    from racewire.cli.entity_files import own_names
    from racewire.entities.importing import LARGEST, import_bytes, import_file
    from racewire.entities.merging import plan

    imported = import_bytes(sys.stdin.buffer.read(LARGEST + 1), kind) if file == "-" else import_file(Path(file), kind)
    names, tracked = own_names(session, target)
    wanted = plan(imported.rows, names.tables, tracked)
    problems = (*imported.problems, *wanted.problems)
    if imported.unread:
        say(f"not read: {one_line(', '.join(imported.unread[:_TOLD]))}")
    _tell_rows(wanted.left_out)
    _tell_rows(problems)
    if problems and not skip_bad:
        rows = "one row is" if len(problems) == 1 else f"{len(problems)} rows are"
        raise UsageError(f"{rows} wrong, so nothing was written; --skip-bad takes the others")
    _apply(names, wanted, dry_run)
    counts = {"as before": wanted.same, "left out": len(wanted.left_out), "wrong": len(problems)}
    if any(counts.values()):
        say(", ".join(f"{count} {what}" for what, count in counts.items() if count))
    return 0


@click.command()
@click.argument("name")
@click.option("--id", "id", metavar="ID", help="Its id; default: made of the name. That of a tracked name changes this one.")
@click.option("--type", "kind", metavar="TYPE", help="company (default), lab, fund, person, model, …")
@click.option("--country", metavar="CODE", help="Its country (ISO 3166-1).")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag, for lists such as @us_llm; may be given again.")
@click.option(
    "--alias", "aliases", multiple=True, metavar="NAME", help="Another name that means nothing else; may be given again."
)
@click.option("--ambiguous", multiple=True, metavar="NAME", help="A name that means other things too; may be given again.")
@click.option("--context", multiple=True, metavar="WORD", help="A word that speaks for it; may be given again.")
@click.option("--against", multiple=True, metavar="WORD", help="A word that speaks against it; may be given again.")
@dry_option
@to_option
@config_option
@pass_session
def add(
    session: Session, /, name: str, kind: str | None, dry_run: bool, target: str | None, **given: str | Sequence[str] | None
) -> int:
    """Add a name of your own to entities.toml, or further names to a tracked one.

    \b
    racewire entity add "Acme AI" --country US --alias 艾克米 --ambiguous Acme --context robot
    """
    from racewire.cli.entity_files import own_names
    from racewire.entities.importing import row_of
    from racewire.entities.merging import plan

    cells = {key: value if isinstance(value, str) else list(value) for key, value in given.items() if value}
    row = row_of({"name": name, **({"type": kind} if kind else {}), **cells})
    names, tracked = own_names(session, target)
    wanted = plan([row], names.tables, tracked)
    for refused in (*wanted.problems, *wanted.left_out):
        raise UsageError(refused)
    _apply(names, wanted, dry_run)
    if wanted.same:
        say(f"{names.file} says so already")
    return 0


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="NAME|ID...")
@to_option
@config_option
@pass_session
def off(session: Session, words: tuple[str, ...], target: str | None) -> int:
    """Switch tracked names off: they are looked for no longer. `on` brings them back."""
    from racewire.cli.entity_files import own_names

    names, tracked = own_names(session, target)
    ids = list(dict.fromkeys(_tracked(word, tracked) for word in words))
    entities = names.switched(ids, off=True).write()
    say(f"switched off: {', '.join(ids)}")
    if target is None:
        _check_rules(session, entities)
    return 0


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@to_option
@config_option
@pass_session
def on(session: Session, ids: tuple[str, ...], target: str | None) -> int:
    """Switch names on again that entities.toml switches off."""
    from racewire.cli.entity_files import own_names

    names, _ = own_names(session, target)
    for id in ids:
        if names.tables.get(id, {}).get("off") is not True:
            raise UsageError(f"'{id}' is not switched off in {names.file}")
    names.switched(dict.fromkeys(ids), off=False).write()
    say(f"switched on: {', '.join(ids)}")
    return 0


def _apply(names: OwnNames, wanted: Plan, dry_run: bool) -> None:
    if wanted.added or wanted.changed:
        after = names.merged(wanted)
        after.checked() if dry_run else after.write()
    _tell_ids("would add" if dry_run else "added", wanted.added, names.file)
    _tell_ids("would change" if dry_run else "changed", wanted.changed, names.file)


def _tell_ids(done: str, ids: Mapping[str, object], file: Path) -> None:
    if ids:
        say(f"{done} {len(ids)} in {file}: {', '.join([*ids][:_NAMED])}{', …' if len(ids) > _NAMED else ''}")


def _tell_rows(told: Sequence[str]) -> None:
    for row in told[:_TOLD]:
        say(one_line(row))
    if len(told) > _TOLD:
        say(f"… and {len(told) - _TOLD} more rows like that")


def _tracked(word: str, tracked: Gazetteer) -> str:
    from racewire.config.suggest import did_you_mean

    id = tracked.resolve(word)
    if id is None:
        near = did_you_mean(word, [entity.id for entity in tracked])
        raise UsageError(f"'{word[:60]}' is no tracked name, or that of several" + (f"; {near}" if near else ""))
    return id


def _check_rules(session: Session, entities: Sequence[Entity]) -> None:
    """Says so where a rule needs a name that is off now: a daemon would go on with what it had."""
    config = session.config
    if config.rules is None:
        return
    from alerts.rules import load_rules
    from racewire.entities import Gazetteer

    try:
        load_rules(config.rules, channels=config.channel, gazetteer=Gazetteer(entities), timezone=config.timezone)
    except ConfigError as error:
        say(f"but now {error}: `racewire check` shows where")
