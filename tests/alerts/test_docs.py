"""docs/rules.md and docs/delivery.md: their examples work, and every key is there as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from alerts.channels.base import Message
from alerts.channels.payload import webhook_body
from alerts.rules import load_rules
from alerts.rules.trial import run_tests
from racewire.config import look
from racewire.config.models import Delivery
from tests.alerts.reference import PAGE, filled
from tests.alerts.samples import RAISE
from tests.alerts.workshop import START

DELIVERY = PAGE.with_name("delivery.md").read_text("utf-8")


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)


def test_the_tables_are_those_of_the_models() -> None:
    page = PAGE.read_text("utf-8")
    assert filled(page) == page, "run: python -m tests.alerts.reference"


def test_the_rules_of_the_page_load_and_pass_their_tests(tmp_path: Path) -> None:
    for number, block in enumerate(blocks(PAGE.read_text("utf-8"), "toml")):
        path = tmp_path / f"{number}.toml"
        path.write_text(block, "utf-8")
        rules = load_rules(path, channels=["me", "desk"])
        assert [outcome.trouble for outcome in run_tests(rules) if not outcome.passed] == []
        assert rules.warnings == ()


def test_the_settings_of_the_page_are_valid_and_the_defaults_are_true(tmp_path: Path) -> None:
    path = tmp_path / "racewire.toml"
    path.write_text("\n".join(blocks(DELIVERY, "toml")), "utf-8")
    survey = look(path, {"SMTP_PASSWORD": "x", "DESK_URL": "https://x.example"})
    assert [problem.message for problem in survey.problems if problem.severity == "error"] == []
    assert survey.config is not None
    assert survey.config.delivery == Delivery()


def test_the_keys_of_the_webhook_are_those_that_are_sent() -> None:
    sent = json.loads(webhook_body(Message("msg_a", "alert.created", START, RAISE)))["data"]
    shown = json.loads(blocks(DELIVERY, "json")[0].replace("…", ""))["data"]
    assert shown.keys() <= sent.keys()
    for key in ("rule", "story"):
        assert shown[key].keys() <= sent[key].keys()
    for key in ("figures", "evidence", "entities"):
        assert shown[key][0].keys() <= sent[key][0].keys()
    quote = json.loads(blocks(DELIVERY, "json")[0])["data"]["evidence"][0]
    assert quote["text"][quote["start"] : quote["end"]] == "50 triệu USD"
