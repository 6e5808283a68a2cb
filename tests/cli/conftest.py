"""A config, rules and a small archive of our own, and a way to run commands in this process."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from racewire.cli.errors import run_safely
from racewire.cli.group import racewire

CONFIG = """\
database = "wire.db"
timezone = "Asia/Ho_Chi_Minh"
rules = "rules.toml"
[crawl]
contact = "ops@news.example"
allow_private = ["127.0.0.1:9"]
[[source]]
id = "alpha"
url = "https://alpha.example/feed.xml"
kind = "feed"
[[source]]
id = "beta"
url = "https://beta.example/"
kind = "listing"
enabled = false
[smtp]
host = "127.0.0.1"
port = 9
tls = "none"
from = "racewire@news.example"
[channel.me]
email = { to = ["me@news.example"] }
[channel.desk]
webhook = { url = "http://127.0.0.1:9/", secret = { env = "DESK_SECRET" } }
"""
RULES = """\
[[rule]]
id = "raise"
title = "Somebody raises"
when.figure = { role = "raised", usd = ">= 10M" }
send = { to = ["me", "desk"] }
  [[rule.test]]
  says = "enough"
  lang = "en"
  text = "Baichuan raised $50 million in a seed round."
  fires = true
  [[rule.test]]
  says = "too little"
  lang = "en"
  text = "Baichuan raised $5 million in a seed round."
  fires = false
"""
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TEXT = "Baichuan raised $50 million in a seed round. Nobody said more."


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the two files and nothing from outside."""
    for name in [name for name in os.environ if name.upper().startswith("RACEWIRE")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("DESK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "racewire.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `racewire ARGUMENTS`."""

    def racewire_(*arguments: str) -> Done:
        capsys.readouterr()
        code = run_safely(racewire, arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Done(code, out, err)

    return racewire_


@pytest.fixture
def stored(folder: Path) -> Path:
    """The same folder with an archive: two articles, one of them with an alert that waits in two channels."""
    from alerts.rules import load_rules
    from racewire.archive import ledger, open_archive
    from racewire.config import load
    from racewire.entities import find_mentions
    from racewire.figures import find_figures
    from racewire.model import Added, Record

    config = load(env={})
    assert config.rules is not None
    rules = load_rules(config.rules, channels=config.channel)
    records = [
        Record(
            url="https://alpha.example/1",
            title="=Baichuan raised money",
            text=TEXT,
            lang="en",
            published_at=NOW,
            published_precision="second",
            mentions=tuple(find_mentions(TEXT, "en")),
            figures=tuple(find_figures(TEXT, "en")),
        ),
        Record(url="https://alpha.example/2", title="百川智能发布新模型", text="百川智能今天发布了一个新的大模型。", lang="zh"),
    ]

    def evaluate(connection: sqlite3.Connection, added: list[Added]) -> None:
        rules.evaluate(connection, [one.article_id for one in added], now=NOW)

    with open_archive(config.database) as archive:
        archive.write(lambda connection: ledger.sync_sources(connection, config.source, now=NOW))
        archive.add(
            records,
            source_id="alpha",
            now=NOW,
            then=evaluate,
        )
    return folder
