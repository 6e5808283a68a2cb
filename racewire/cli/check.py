"""`racewire check`: every mistake in both files, and the rules' own tests."""

from __future__ import annotations

import sys

import click

from racewire.cli.output import colours, put, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import ConfigError


@click.command()
@click.option("--strict", is_flag=True, help="End with 1 where there are warnings.")
@config_option
@pass_session
def check(session: Session, strict: bool) -> int:
    """Find every mistake in racewire.toml and rules.toml, each with its line, and run the rules' own tests.

    Ends with 0 where all is well, 1 where a test fails (or, with --strict, where there is a warning), 2 where a file is wrong.
    """
    from racewire.cli.checking import examine

    report = examine(session)
    from racewire.config.document import render

    if report.problems:
        put(render(report.problems, colours(sys.stdout)))
    for line in (*report.faults, *report.failures):
        put(line)
    say(report.summary())
    if report.errors:
        return ConfigError.exit_code
    return 1 if report.failures or (strict and report.problems) else 0
