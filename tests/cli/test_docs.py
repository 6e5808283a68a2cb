"""docs/cli.md describes every command and option as they are."""

from __future__ import annotations

import click

from racewire.cli.group import racewire
from tests.cli.reference import BEGIN, END, PAGE, reference
from tests.config.reference import filled


def test_the_reference_is_that_of_the_commands() -> None:
    page = PAGE.read_text("utf-8")
    assert filled(page, reference(), BEGIN, END) == page, "run: python -m tests.cli.reference"


def test_every_command_and_option_says_what_it_does() -> None:
    silent = [
        f"{path} {option}" for path, option, help in _options(racewire, click.Context(racewire, info_name="racewire")) if not help
    ]
    assert not silent


def _options(command: click.Command, context: click.Context) -> list[tuple[str, str, str | None]]:
    found = [(context.command_path, "", command.help)]
    found += [(context.command_path, one.opts[0], one.help) for one in command.params if isinstance(one, click.Option)]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            found += _options(inner, click.Context(inner, info_name=name, parent=context))
    return found
