"""docs/config.md names every key with the default that holds, and its examples are valid."""

from __future__ import annotations

import re
from pathlib import Path

from racewire.config import Config, look
from racewire.config.tables import key_names
from tests.config.reference import BEGIN, END, PAGE, filled, tables


def test_the_tables_are_those_of_the_models() -> None:
    page = PAGE.read_text("utf-8")
    assert filled(page, tables(), BEGIN, END) == page, "run: python -m tests.config.reference"


def test_every_key_is_described() -> None:
    text = tables()
    for key in key_names(Config):
        assert f"| `{key}` |" in text
    assert text.count("| `") > 40


def test_the_example_is_valid(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example is not None
    (tmp_path / "racewire.toml").write_text(example[1], "utf-8")
    assert look(tmp_path / "racewire.toml", {}).problems == []


def test_the_file_that_init_writes_names_every_key() -> None:
    from racewire.cli.init import Answers, config_text

    text = config_text(Answers())
    for table in ("Crawl", "Source", "Smtp", "Delivery"):
        model = Config.model_json_schema(by_alias=True)["$defs"][table]
        for key in model["properties"]:
            assert re.search(rf"\b{key} = ", text), key
    for key in ("database", "timezone", "rules", "entities", "email", "webhook"):
        assert re.search(rf"\b{key} = ", text), key
