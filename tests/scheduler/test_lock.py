"""One daemon for one database."""

import subprocess
import sys
from pathlib import Path

import pytest

from racewire.errors import Busy, StoreError
from scheduler.lock import InstanceLock

HOLD = "import sys; from pathlib import Path; from scheduler.lock import InstanceLock\nwith InstanceLock(Path(sys.argv[1])):\n print('held', flush=True); sys.stdin.read()"


def test_a_second_process_is_told_who_holds_it(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Busy, match=f"process {holder.pid}"), InstanceLock(database):
        pass
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    with InstanceLock(database):
        pass


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="lock file"), InstanceLock(tmp_path / "nowhere" / "news.db"):
        pass
