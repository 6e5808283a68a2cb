"""What a signal does to `run`, `once` and `web` until their event loop takes it over: they end as they would later, and not by the signal itself."""

from __future__ import annotations

import signal
from collections.abc import Sequence

ENDS = {"run": 0, "once": 130, "web": 130}  # with which code SIGTERM ends them


def take_early(arguments: Sequence[str]) -> None:
    """To be called first of all, because modules take a tenth of a second to load. Other commands keep what the system does.

    SIGHUP does nothing yet: the files that it asks to read again are still to be read.
    """
    code = ENDS.get(command_of(arguments))
    if code is None:
        return

    def end(number: int, frame: object) -> None:
        raise SystemExit(code)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def command_of(arguments: Sequence[str]) -> str:
    """The command that the arguments name, "" where they name none."""
    words = iter(arguments)
    for word in words:
        if word == "--config":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""
