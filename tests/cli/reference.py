"""The reference in docs/cli.md, made of the commands. `python -m tests.cli.reference` writes it into the page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from racewire.cli.group import SECTIONS, racewire
from tests.config.reference import filled

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
BEGIN, END = "<!-- commands: made by python -m tests.cli.reference -->", "<!-- end of commands -->"


def reference() -> str:
    context = click.Context(racewire, info_name="racewire")
    parts = []
    for section, entries in SECTIONS.items():
        parts.append(f"## {section}\n")
        for name in entries:
            command = racewire.get_command(context, name)
            assert command is not None
            parts += _described(command, click.Context(command, info_name=name, parent=context))
    return "\n".join(parts)


def _described(command: click.Command, context: click.Context) -> Iterator[str]:
    words = context.command_path
    usage = " ".join([words, *command.collect_usage_pieces(context)]).replace("[OPTIONS] ", "").replace(" [OPTIONS]", "")
    yield f"### `{usage}`\n"
    yield _prose(command.help or "")
    options = [one for one in command.params if isinstance(one, click.Option) and one.name not in ("help", "config")]
    if options:
        yield "| option | does |\n|---|---|"
        forms = [one for one in options if one.name == "form"]
        lines = [_option(one, context) for one in options if one not in forms]
        yield "\n".join(lines + ["| `--json`, `--nl`, `--csv` | Print the rows in that form. |"] * bool(forms)) + "\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _described(inner, click.Context(inner, info_name=name, parent=context))


def _prose(help: str) -> str:
    """Paragraphs as Markdown; those that click keeps as they are become code."""
    parts = []
    for paragraph in inspect.cleandoc(help).split("\n\n"):
        if paragraph.startswith("\b\n"):
            parts.append("```\n" + paragraph.removeprefix("\b\n") + "\n```")
        else:
            parts.append(re.sub(r"\s+", " ", paragraph))
    return "\n\n".join(parts) + "\n"


def _option(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    assert record is not None, option.name
    name, does = (part.replace("|", "\\|") for part in record)
    return f"| `{name}` | {does} |"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8"), reference(), BEGIN, END), "utf-8")
