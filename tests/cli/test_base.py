"""The frame around all commands: help, exit codes, no traceback, nothing imported too early."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from racewire.cli.errors import run_safely
from racewire.cli.group import SECTIONS, racewire
from racewire.cli.signals import command_of
from racewire.errors import Busy, ConfigError, RacewireError, SourceError, StoreError, UsageError
from tests.cli.conftest import Run

HEAVY = ("scrapy", "twisted", "apscheduler", "httpx", "sqlite_utils", "pydantic", "lxml", "asyncio", "trafilatura")


def test_help_shows_four_sections_one_line_each_and_an_example(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    assert [line[:-1] for line in done.out.splitlines() if line.endswith(":") and line[0] != " "] == [
        "Options",
        *SECTIONS,
        "Example",
    ]
    listed = [line for line in done.out.splitlines() if line.startswith("  ")]
    for commands in SECTIONS.values():
        for name, entry in commands.items():
            assert [line for line in listed if line.split()[0] == name and line.endswith(entry.line)], name
    assert all(len(line) <= 80 for line in done.out.splitlines())
    assert run().out == done.out


def test_help_imports_nothing_heavy_and_is_quick() -> None:
    script = f"""
import sys, time
from racewire.cli import main
try:
    main(["--help"])
except SystemExit as ending:
    loaded = [name for name in {HEAVY!r} if name in sys.modules]
    sys.exit(f"loaded {{loaded}}" if loaded or ending.code else 0)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    # the bar is 0.15 s of CPU; the best of three, so that a busy machine does not matter
    assert min(_cpu([sys.executable, "-m", "racewire", "--help"]) for _ in range(3)) < 0.25


def _cpu(command: list[str]) -> float:
    before = os.times()
    subprocess.run(command, capture_output=True, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


@pytest.mark.parametrize("command", ["check", "search", "ask", "alerts", "status", "source", "figures", "mentions", "init"])
def test_commands_that_read_do_not_load_the_crawler(command: str) -> None:
    script = f"""
import sys
from racewire.cli.group import racewire
import click
racewire.get_command(click.Context(racewire), {command!r})
sys.exit(str([n for n in ("scrapy", "twisted", "apscheduler", "httpx", "sqlite_utils", "pydantic") if n in sys.modules] or ""))
"""
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False).stderr.strip() in (
        "",
        "[]",
    )


def test_every_command_has_help_of_its_own(run: Run) -> None:
    for commands in SECTIONS.values():
        for name in commands:
            done = run(name, "--help")
            assert done.code == 0
            assert done.out.startswith(f"Usage: racewire {name}")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("chek",), "check"),
        (("alert", "list"), "alerts"),
        (("sources",), "source"),
        (("send_test",), "send-test"),
        (("check", "--strct"), "--strict"),
    ],
)
def test_a_slip_gets_a_suggestion(run: Run, arguments: tuple[str, ...], meant: str) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert f"Did you mean '{meant}'?" in done.err


def test_version(run: Run) -> None:
    assert run("--version").out.startswith("racewire ")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RacewireError("no"), 1),
        (ConfigError("bad"), 2),
        (UsageError("bad"), 2),
        (StoreError("gone"), 3),
        (SourceError("http-403", "refused"), 4),
        (Busy("held"), 75),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 0),
        (PermissionError(13, "Permission denied", "x.csv"), 3),
        (ValueError("oops"), 1),
        (click.UsageError("wrong"), 2),
    ],
)
def test_each_error_has_its_exit_code_and_one_sentence(
    error: BaseException, code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def fail() -> None:
        raise error

    saved = os.dup(1)
    try:
        assert run_safely(fail, []) == code
    finally:
        os.dup2(saved, 1)
        os.close(saved)
    err = capfd.readouterr().err
    assert "Traceback" not in err
    if code not in (0, 130) and not isinstance(error, click.UsageError):
        assert err.startswith("racewire: ")
        assert err.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    command = f"{sys.executable} -m racewire source list --known --nl | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_streams_that_are_closed_are_no_error(folder: Path, closed: str) -> None:
    command = f"{sys.executable} -m racewire source list --known {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_ctrl_c_ends_with_130(folder: Path) -> None:
    command = [sys.executable, "-m", "racewire", "figures", "--jsonl"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'{"id": 1, "text": ""}\n')
    process.stdin.flush()
    assert process.stdout.readline() == b'{"id": 1, "figures": []}\n'  # answers come line by line
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert b"Traceback" not in err


SIGNALLED = """
import os, signal, sys
from racewire.cli import main

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "click":  # the first large module
            os.kill(os.getpid(), signal.{name})

sys.meta_path.insert(0, Finder())
main({arguments!r})
"""


@pytest.mark.parametrize(
    ("arguments", "name", "code"),
    [
        (["run"], "SIGTERM", 0),
        (["--config", "x.toml", "run"], "SIGTERM", 0),
        (["once"], "SIGTERM", 130),
        (["run"], "SIGINT", 130),
        (["run", "--help"], "SIGHUP", 0),
        (["status"], "SIGTERM", -signal.SIGTERM),
    ],
)
def test_a_signal_while_modules_load_ends_as_it_does_later(folder: Path, arguments: list[str], name: str, code: int) -> None:
    script = SIGNALLED.format(name=name, arguments=arguments)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["run"], "run"),
        (["--config", "run", "once"], "once"),
        (["--config=run", "status"], "status"),
        (["search", "run"], "search"),
        (["--help"], ""),
        (["--config"], ""),
        ([], ""),
    ],
)
def test_the_command_is_the_first_word(arguments: list[str], command: str) -> None:
    assert command_of(arguments) == command


def test_config_may_stand_before_or_behind_the_command(run: Run, folder: Path) -> None:
    (folder / "racewire.toml").rename(folder / "other.toml")
    assert run("source", "list").code == 2
    assert run("--config", "other.toml", "source", "list").code == 0
    assert run("source", "list", "--config", "other.toml").code == 0


def test_no_config_is_said_with_what_to_do(run: Run, folder: Path) -> None:
    (folder / "racewire.toml").unlink()
    done = run("status")
    assert done.code == 2
    assert "`racewire init` writes one" in done.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.code == 0
    assert "_RACEWIRE_COMPLETE" in done.out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("racewire sea", ["search"]),
        ("racewire source try a", ["alpha"]),
        ("racewire source check ", ["alpha", "beta"]),
        ("racewire backtest ", ["raise"]),
        ("racewire explain 1 --rule r", ["raise"]),
        ("racewire send-test ", ["desk", "me"]),
        ("racewire silence add s", ["story", "source"]),
    ],
)
def test_completion_completes(folder: Path, line: str, words: list[str]) -> None:
    env = {"_RACEWIRE_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    script = "import sys; from racewire.cli import main; sys.argv[0] = 'racewire'; main()"
    done = subprocess.run([sys.executable, "-c", script], env=os.environ | env, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [f"plain,{word}" for word in words]


def test_the_whole_tree_loads() -> None:
    context = click.Context(racewire)
    for name in racewire.list_commands(context):
        assert racewire.get_command(context, name) is not None
