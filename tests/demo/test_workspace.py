"""The demo's config is one that racewire itself accepts."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest

from racewire.config import load
from racewire.demo.papers import PAPERS
from racewire.demo.workspace import write_workspace

SECRET = "whsec_" + "QUJD" * 10


def test_the_config_loads_and_names_every_paper(tmp_path: Path) -> None:
    path = write_workspace(tmp_path / "demo", "http://127.0.0.1:40001")
    config = load(path, {})
    assert config.database == tmp_path / "demo" / "racewire.db"
    assert config.crawl.proxy == "http://127.0.0.1:40001"
    assert config.crawl.first_contact == "alert"
    hosts = {source.url.split("/")[2] for source in config.source}
    assert hosts == {paper.host for paper in PAPERS}
    assert len(config.source) == len(PAPERS) + 1
    assert list(config.channel) == ["me"]


def test_a_webhook_is_a_second_channel_with_a_secret_of_its_own(tmp_path: Path) -> None:
    url = "http://127.0.0.1:40002/hook"
    config = load(write_workspace(tmp_path, "http://127.0.0.1:1", smtp_port=2600, webhook_url=url, webhook_secret=SECRET), {})
    webhook = config.channel["desk"].webhook
    assert webhook is not None
    assert webhook.secret.value() == SECRET
    assert stat.S_IMODE((tmp_path / "desk.secret").stat().st_mode) == 0o600
    assert set(config.crawl.allow_private) == {"127.0.0.1:2600", "127.0.0.1:40002"}
    rules = tomllib.loads((tmp_path / "rules.toml").read_text("utf-8"))
    assert all(rule["send"]["to"] == ["me", "desk"] for rule in rules["rule"])
    with pytest.raises(ValueError, match="secret"):
        write_workspace(tmp_path, "http://127.0.0.1:1", webhook_url=url)


def test_every_rule_has_a_test_that_fires_or_one_that_does_not(tmp_path: Path) -> None:
    write_workspace(tmp_path, "http://127.0.0.1:1", every="1m", delay="0s", channels=("me",))
    rules = tomllib.loads((tmp_path / "rules.toml").read_text("utf-8"))
    for rule in rules["rule"]:
        assert {test["fires"] for test in rule["test"]} == {True, False}


def test_writing_again_keeps_the_database(tmp_path: Path) -> None:
    (tmp_path / "racewire.db").write_bytes(b"kept")
    write_workspace(tmp_path, "http://127.0.0.1:1")
    write_workspace(tmp_path, "http://127.0.0.1:2")
    assert (tmp_path / "racewire.db").read_bytes() == b"kept"
    assert "127.0.0.1:2" in (tmp_path / "racewire.toml").read_text("utf-8")
