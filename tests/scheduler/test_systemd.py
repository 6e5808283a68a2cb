"""What systemd is told, on a datagram socket as it opens one."""

from __future__ import annotations

import asyncio
import configparser
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler import systemd
from scheduler.watchdog import Watchdog

UNIT = Path(__file__).parents[2] / "docs" / "racewire.service"


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(20)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield line


def test_states_are_lines_of_one_datagram(manager: socket.socket) -> None:
    assert systemd.notify(ready="1", status="watching 3 sources")
    assert manager.recv(1000) == b"READY=1\nSTATUS=watching 3 sources"


def test_a_name_in_the_abstract_space(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = f"racewire-test-{tmp_path.name}-{time.monotonic_ns()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        try:
            line.bind("\0" + name)
        except OSError:
            pytest.skip("only Linux has such names")
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + name)
        assert systemd.notify(stopping="1")
        assert line.recv(1000) == b"STOPPING=1"


@pytest.mark.parametrize("address", ["", "relative", "/nowhere/at/all"])
def test_nobody_who_listens_is_no_error(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    assert not systemd.notify(ready="1")


async def test_the_heartbeat_is_told(manager: socket.socket) -> None:
    async with Watchdog(0.4):
        told = await asyncio.to_thread(lambda: [manager.recv(1000) for _ in range(3)])
    assert told == [b"WATCHDOG=1"] * 3


def test_a_daemon_tells_that_it_is_ready_and_that_it_stops(manager: socket.socket, config: Path) -> None:
    text = config.read_text()
    config.write_text(text[: text.index("[[source]]")] + text[text.index("[channel.desk]") :])
    process = subprocess.Popen([sys.executable, "-m", "racewire", "run", "--config", str(config)], stderr=subprocess.PIPE)
    try:
        told = _until(manager, b"READY=1")
        assert b"WATCHDOG=1" in told
        process.send_signal(signal.SIGTERM)
        assert _until(manager, b"STOPPING=1")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()


def _until(line: socket.socket, wanted: bytes) -> list[bytes]:
    told: list[bytes] = []
    while wanted not in told:
        told += line.recv(1000).split(b"\n")
    return told


def test_the_unit_fits_the_daemon() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(UNIT, "utf-8")
    service = unit["Service"]
    assert service["Type"] == "notify"
    assert service["ExecStart"].split()[1:] == ["run"]
    assert int(service["WatchdogSec"]) > 60, "our own watchdog must be the first to speak: it shows the stacks"
    assert int(service["TimeoutStopSec"]) > 6
    assert service["Restart"] == "on-failure"
    assert set(service["RestartPreventExitStatus"].split()) == {"2"}, "a broken config does not mend itself"
