"""The command line. Commands are imported when they run, so that `racewire --help` costs next to nothing.

Exit codes: 0 fine · 1 it ran and the answer is no · 2 wrong usage or config · 3 cannot reach or open something ·
4 some sources failed · 70 watchdog · 75 another daemon holds the database · 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from racewire.cli.signals import take_early


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and ends the process with its exit code. Never shows a traceback, unless RACEWIRE_DEBUG is set."""
    try:
        take_early(sys.argv[1:] if arguments is None else arguments)
        from racewire.cli.errors import run_safely
        from racewire.cli.group import racewire

        code = run_safely(racewire, arguments)
    except KeyboardInterrupt:  # while modules were still loading
        code = 130
    sys.exit(code)
