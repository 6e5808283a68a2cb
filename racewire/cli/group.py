"""The group of all commands: four sections in the help, each command imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

import click

from racewire import __version__
from racewire.cli.session import Session


class Entry(NamedTuple):
    """Where a command lives, and its line in the help."""

    home: str
    line: str


SECTIONS: dict[str, dict[str, Entry]] = {
    "First steps": {
        "demo": Entry("racewire.cli.demo:demo", "Show it at work: a small newsroom, no network needed."),
        "init": Entry("racewire.cli.init:init", "Write a commented racewire.toml and rules.toml."),
        "check": Entry("racewire.cli.check:check", "Find every mistake in both files and run the rules' own tests."),
        "doctor": Entry("racewire.cli.doctor:doctor", "Look at config, database, mail and sources; say what to do."),
        "schema": Entry("racewire.cli.schema:schema", "Print the JSON Schema of a file, for editors."),
        "completion": Entry("racewire.cli.completion:completion", "Print the completion script for bash, zsh or fish."),
    },
    "Watching": {
        "run": Entry("racewire.cli.run:run", "The daemon: crawl every source when it is due, and send alerts."),
        "once": Entry("racewire.cli.run:once", "One pass over every source, then end."),
        "status": Entry("racewire.cli.status:status", "What came in, which sources fail, what waits to be sent."),
        "source": Entry("racewire.cli.source:source", "List, add, try and check sources."),
        "entity": Entry("racewire.cli.entity:entity", "List the tracked names and see what they match."),
        "rates": Entry("racewire.cli.rates:rates", "Bring the exchange rates up to date."),
    },
    "Reading and asking": {
        "analyse": Entry("racewire.cli.analyse:analyse", "What racewire sees in one page, and where it came from."),
        "figures": Entry("racewire.cli.text:figures", "Find sums of money in a text."),
        "mentions": Entry("racewire.cli.text:mentions", "Find tracked names in a text."),
        "search": Entry("racewire.cli.search:search", "Search the articles, in any language."),
        "story": Entry("racewire.cli.story:story", "Look at a story, merge or split it by hand, and undo that."),
        "ask": Entry("racewire.cli.ask:ask", "Ask the database: a prepared question or read-only SQL."),
        "web": Entry("racewire.cli.web:web", "Show the database as read-only pages, for a browser."),
        "export": Entry("racewire.cli.export:export", "Write tables as CSV, JSON or Parquet, or Datasette's metadata."),
    },
    "Alerting": {
        "test": Entry("racewire.cli.rules:test", "Run the tests that stand beside the rules."),
        "backtest": Entry("racewire.cli.rules:backtest", "Show what a rule would have sent."),
        "explain": Entry("racewire.cli.rules:explain", "Say why a story fired a rule, or why not."),
        "alerts": Entry("racewire.cli.alerts:alerts", "List the alerts."),
        "deliveries": Entry("racewire.cli.deliveries:deliveries", "List what was sent, waits or failed, and send it again."),
        "silence": Entry("racewire.cli.silence:silence", "Keep a story, a name or a rule quiet."),
        "send-test": Entry("racewire.cli.send_test:send_test", "Send a message marked TEST to a channel."),
    },
}

EXAMPLE = """Example:
  racewire init --yes && racewire check && racewire once
  racewire ask raised --json
"""


def suggest(word: str, known: list[str], ctx: click.Context) -> None:
    """Raises UsageError with the command that was probably meant, where `word` is none."""
    if word in known or word.startswith("-"):
        return
    from difflib import get_close_matches

    near = get_close_matches(word.lower().replace("_", "-"), known, n=1, cutoff=0.5)
    raise click.UsageError(f"no command '{word}'." + (f" Did you mean '{near[0]}'?" if near else ""), ctx)


class Group(click.Group):
    """Commands by import string; the help in sections."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for commands in SECTIONS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = next((commands[cmd_name] for commands in SECTIONS.values() if cmd_name in commands), None)
        if entry is None:
            return None
        module, _, name = entry.home.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        suggest(args[0], self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name, entry.line) for name, entry in commands.items()], col_max=14)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write(EXAMPLE)


@click.group(
    cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, invoke_without_command=True
)
@click.option(
    "--config",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Use this config instead of $RACEWIRE_CONFIG or ./racewire.toml.",
)
@click.version_option(__version__, prog_name="racewire", message="%(prog)s %(version)s")
@click.pass_context
def racewire(ctx: click.Context, config: str | None) -> None:
    """Watches the news on the AI race in many languages, and alerts when tracked names or sums of money appear."""
    ctx.obj = Session(config)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(0)
