"""`racewire web` starts, answers, says what is wrong, and ends in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from racewire.cli import web as command
from racewire.cli.errors import run_safely
from racewire.cli.group import racewire


@pytest.fixture
def config(tmp_path: Path, database: Path) -> Path:
    (tmp_path / "rules.toml").write_text(
        '[[rule]]\nid = "raise"\nwhen.figure = { role = "raised" }\nunless.figure = { role = "price" }\nsend = { to = ["me"] }\n',
        "utf-8",
    )
    config = tmp_path / "racewire.toml"
    config.write_text(
        f'database = "{database}"\nrules = "rules.toml"\n[crawl]\ncontact = "ops@news.example"\n'
        '[smtp]\nhost = "127.0.0.1"\nport = 9\ntls = "none"\nfrom = "racewire@news.example"\n'
        '[channel.me]\nemail = { to = ["me@news.example"] }\n',
        "utf-8",
    )
    return config


@contextmanager
def served(config: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    arguments = [sys.executable, "-m", "racewire", "--config", str(config), "web", "--port", "0"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end(config: Path, number: signal.Signals) -> None:
    with served(config) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        with httpx.Client(base_url=address, trust_env=False) as asking:
            answer = asking.get("/story/1")
            assert answer.status_code == 200
            assert "Baichuan" in answer.text
            assert "server" not in answer.headers
            rules = asking.get("/rules").text
            assert "role raised" in rules
            assert asking.get("/", headers={"host": "evil.example"}).status_code == 400
            assert asking.post("/").status_code == 405
            process.send_signal(number)
            _, talk = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "Traceback" not in talk
    assert "Ctrl-C ends it" in talk


def run(*arguments: str) -> int:
    return run_safely(racewire, arguments)


def test_a_taken_port_is_told(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run("--config", str(config), "web", "--port", port) == 3
    assert f"cannot listen on 127.0.0.1, port {port}: address already in use" in capsys.readouterr().err


def test_an_unknown_host_is_wrong_usage(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--config", str(config), "web", "--host", "") == 2
    assert run("--config", str(config), "web", "--host", "no such host") == 2
    assert "'no such host' is no address of this machine" in capsys.readouterr().err


def test_a_database_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "racewire.toml"
    config.write_text('database = "none.db"\n[crawl]\ncontact = "ops@news.example"\n', "utf-8")
    assert run("--config", str(config), "web") == 3
    assert "there is no database at" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "uvicorn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert run("--config", str(config), "web") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [f"racewire: {command.MISSING}"]


class Elsewhere(socket.socket):
    """A socket that says that it listens on an address which others reach."""

    def getsockname(self) -> tuple[str, int]:
        return "192.0.2.7", 8900


def test_an_address_that_others_reach_is_warned_of(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def serve(self: object, sockets: object = None) -> None:
        return

    monkeypatch.setattr("uvicorn.Server.serve", serve)
    monkeypatch.setattr(command, "_listen", lambda host, port: Elsewhere())
    assert run("--config", str(config), "web", "--host", "192.0.2.7") == 0
    out, err = capsys.readouterr()
    assert out == "http://192.0.2.7:8900/\n"
    assert "these pages have no login" in err


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8900/"),
        ("localhost", "http://localhost:8900/"),
        ("::1", "http://[::1]:8900/"),
        ("0.0.0.0", "http://127.0.0.1:8900/"),
        ("::", "http://[::1]:8900/"),
    ],
)
def test_the_address_is_one_to_click_on(host: str, address: str) -> None:
    assert command._address(host, 8900) == address


def test_rules_that_cannot_be_read_are_told_on_their_page(config: Path) -> None:
    from racewire.cli.session import Session

    session = Session(str(config))
    (entry,) = command._rulebook(session).rules
    assert (entry.id, entry.to, entry.rhythm) == ("raise", ("me",), "once per story")
    assert entry.unless
    (config.parent / "rules.toml").write_text("[[rule]]\nid = 3\n", "utf-8")
    assert "racewire check" in command._rulebook(session).problem
    os.unlink(config.parent / "rules.toml")
    assert "racewire check" in command._rulebook(session).problem
