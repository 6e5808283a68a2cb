"""Turns whatever a command raises into one clear sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from racewire.cli.output import colours, say
from racewire.cli.session import debugging
from racewire.errors import ConfigError, RacewireError

WRONG_USAGE, UNREACHABLE, INTERRUPTED = 2, 3, 130


def run_safely(command: click.Command, arguments: Sequence[str] | None) -> int:
    """Runs `command` and returns its exit code: the number that it returns, 0 where it returns none."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # it was closed before we began
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - for as long as the process lives
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        outcome = command.main(
            args=list(arguments) if arguments is not None else None, prog_name="racewire", standalone_mode=False
        )
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return WRONG_USAGE
    except (KeyboardInterrupt, click.Abort):
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _hush()
        return 0
    except RacewireError as error:
        _tell(error)
        return error.exit_code
    except Exception as error:
        return _unexpected(error)
    return outcome if isinstance(outcome, int) else 0


def _tell(error: RacewireError) -> None:
    if isinstance(error, ConfigError) and error.problems:
        from racewire.config.document import render

        say(render(error.problems, colours(sys.stderr)))
    say(f"racewire: {error}")


def _unexpected(error: Exception) -> int:
    if debugging():
        raise error
    sentence = " ".join(str(error).split())[:300] or type(error).__name__
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        say(f"racewire: {place}{(error.strerror or sentence).lower()}")
        return UNREACHABLE
    if type(error).__module__ == "sqlite3":
        say(f"racewire: the database cannot be used: {sentence}")
        return UNREACHABLE
    say(f"racewire: a fault of its own, {type(error).__name__}: {sentence}; with RACEWIRE_DEBUG=1 it shows where")
    return 1


def _hush() -> None:
    """Whoever read our output has gone; Python would complain again when it closes stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
