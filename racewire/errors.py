"""The errors that racewire raises on purpose.

    RacewireError
    ├── ConfigError      a file is wrong; holds every problem with file, line, column and help    exit 2
    ├── UsageError       the call does not make sense                                             exit 2
    ├── StoreError       the database cannot be opened, trusted or written                        exit 3
    │   └── Busy         another daemon holds it                                                  exit 75
    ├── SourceError      a site misbehaved; never stops the daemon                                exit 4
    │   ├── Refused      robots, 401, 403, 451, a forbidden address: asking again will not help
    │   └── Unreadable   fetched, yet not what it should be
    └── DeliveryError    a channel said no; says whether and when to try again

Each message is one sentence that says what failed, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from racewire.config.document import Problem


class RacewireError(Exception):
    """Root of every error raised on purpose. `exit_code` is what the command line ends with."""

    exit_code = 1


class ConfigError(RacewireError):
    """One or more problems in the config files; `problems` holds them all."""

    exit_code = 2

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class UsageError(RacewireError):
    """A call whose arguments do not fit what is configured or stored."""

    exit_code = 2


class StoreError(RacewireError):
    """The database cannot be opened, trusted or written."""

    exit_code = 3


class Busy(StoreError):
    """Another daemon holds the database."""

    exit_code = 75


class SourceError(RacewireError):
    """A source misbehaved; `problem` is the short code that `sources.problem` shows."""

    exit_code = 4

    def __init__(self, problem: str, message: str) -> None:
        super().__init__(message)
        self.problem = problem


class Refused(SourceError):
    """Asking again will not help: robots.txt, 401, 403, 451, or an address that may not be dialled."""


class Unreadable(SourceError):
    """An answer came, yet it is not what it should be."""


class DeliveryError(RacewireError):
    """A channel did not take a message. `final` means that trying again is pointless."""

    exit_code = 3

    def __init__(self, message: str, *, final: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.final = final
        self.retry_after = retry_after
