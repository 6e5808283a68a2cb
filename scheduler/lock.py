"""One daemon for one database: a lock file beside it, held for as long as the process lives.

The lock is the kernel's (flock), so a killed daemon leaves none behind; what is written into the file is only for the
sentence that the second daemon says.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from types import TracebackType

from racewire.errors import Busy, StoreError


class InstanceLock:
    """Held in a `with` block. Raises Busy when another process holds it, StoreError when the file cannot be made."""

    def __init__(self, database: Path) -> None:
        database = database.resolve()  # by whatever name the file is called, its lock is the same
        self.path = database.with_name(database.name + ".lock")
        self._file: int | None = None

    def __enter__(self) -> InstanceLock:
        try:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as problem:
            raise StoreError(f"cannot make the lock file {self.path}: {problem.strerror}") from problem
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            holder = os.read(self._file, 64).decode("ascii", "replace").strip() or "unknown"
            self._close()
            raise Busy(f"another racewire (process {holder}) holds the lock {self.path}; stop it first") from problem
        except OSError as problem:
            self._close()
            raise StoreError(
                f"cannot lock {self.path}: {problem.strerror}; give the path of a database on a local disk"
            ) from problem
        with contextlib.suppress(OSError):  # a full disk: the lock holds all the same
            os.ftruncate(self._file, 0)
            os.write(self._file, f"{os.getpid()}\n".encode())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        # the file stays: removing it would let two processes hold locks on two files of one name
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
