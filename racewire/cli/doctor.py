"""`racewire doctor`: what is wrong, and what to do about it."""

from __future__ import annotations

import sys

import click

from racewire.cli.output import Form, colours, print_rows, put, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.text.terminal import one_line


@click.command()
@click.option("--offline", is_flag=True, help="Ask no server.")
@row_options
@config_option
@pass_session
def doctor(session: Session, offline: bool, form: Form | None) -> int:
    """Look at the config, the rules, the database, the disk, the clock, the channels and the sources.

    One line each, with the next command to give where something is wrong. Ends with 1 where there is trouble.
    """
    from racewire.cli.examination import examine

    findings = list(examine(session, offline=offline))
    if form:
        print_rows([{"check": f.check, "ok": f.ok, "says": f.says, "next": f.next} for f in findings], form)
    else:
        for finding in findings:
            mark, colour = ("ok", "\x1b[32m") if finding.ok else ("!!", "\x1b[31m")
            shown = f"{colour}{mark}\x1b[0m" if colours(sys.stdout) else mark
            put(f"{shown}  {finding.check:10} {one_line(finding.says)}" + (f"\n    -> {finding.next}" if finding.next else ""))
    wrong = sum(not finding.ok for finding in findings)
    say(f"{wrong} thing{'s' if wrong != 1 else ''} to look at" if wrong else "all is well")
    return 1 if wrong else 0
