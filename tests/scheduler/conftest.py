"""A daemon over a config with sources that no test ever asks anything of."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.setup import Setup, load_setup

CONFIG = """
database = "racewire.db"
rules = "rules.toml"

[crawl]
contact = "ops@example.org"
grace = "500ms"
allow_private = ["127.0.0.1:9"]

[[source]]
id = "one"
url = "https://one.example/feed.xml"
every = "10m"

[[source]]
id = "two"
url = "https://two.example/feed.xml"
every = "10m"

[channel.desk]
webhook = { url = "http://127.0.0.1:9/", secret = { file = "desk.secret" } }
"""

RULES = """
[[rule]]
id = "any"
title = "A name"
when.entity = "baichuan"
send = { to = ["desk"] }
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The path of a config; its database does not exist yet."""
    (tmp_path / "desk.secret").write_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    (tmp_path / "racewire.toml").write_text(CONFIG)
    (tmp_path / "rules.toml").write_text(RULES)
    return tmp_path / "racewire.toml"


@pytest.fixture
def setup(config: Path) -> Setup:
    return load_setup(config)
