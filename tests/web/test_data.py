"""CSV, JSON and the printed command give the rows that the page shows."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from racewire.cli.errors import run_safely
from racewire.cli.group import racewire
from tests.web.conftest import Get, tree, words
from tests.web.test_pages import PAGES

TABLES = [path for path in PAGES if path != "/search"]


@pytest.mark.parametrize("path", TABLES)
def test_every_table_is_there_as_csv_and_json(get: Get, path: str) -> None:
    page = tree(get(path))
    lines = page.xpath("//p[contains(@class, 'same')]")
    assert lines
    for line in lines:
        as_csv, as_json = (get(link.get("href")) for link in line.findall(".//a"))
        assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
        assert as_json.headers["content-type"] == "application/json"
        objects = as_json.json()
        header, *rows = list(csv.reader(io.StringIO(as_csv.text, newline="")))
        assert len(rows) == len(objects)
        for row, object in zip(rows, objects, strict=True):
            assert list(object) == header
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?before=2",
        "/names?type=fund&country=US",
        "/sources",
        "/alerts?before=9",
        "/search?q=baichuan&before=4",
        "/?lang=en",
        "/story/1",
        "/name/baichuan",
        "/money",
        "/alerts",
        "/alerts?rule=raise",
        "/search?q=%E7%99%BE%E5%B7%9D",
        "/search?q=-x+baichuan",
    ],
)
def test_the_printed_command_gives_the_same_rows(
    get: Get, database: Path, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "racewire.toml"
    config.write_text(f'database = "{database}"\n[crawl]\ncontact = "ops@news.example"\n', "utf-8")
    for line in tree(get(path)).xpath("//p[contains(@class, 'same')]"):
        shown = get(line.findall(".//a")[1].get("href")).json()
        program, *arguments = shlex.split(words(line.find(".//code")))
        assert program == "racewire"
        if "arrivals" in arguments:  # of the last days, by another clock
            continue
        capsys.readouterr()
        assert run_safely(racewire, ["--config", str(config), arguments[0], *_with_json(arguments[1:])]) == 0
        assert json.loads(capsys.readouterr().out) == shown


def _with_json(arguments: list[str]) -> list[str]:
    """`--json` where an option may stand: not behind `--`."""
    place = arguments.index("--") if "--" in arguments else len(arguments)
    return [*arguments[:place], "--json", *arguments[place:]]


def test_a_formula_is_made_inert_in_csv_and_left_alone_in_json(get: Get) -> None:
    assert get("/?format=json").json()[0]["headline"].startswith("=cmd")
    headers, row, *_ = csv.reader(io.StringIO(get("/?format=csv").text, newline=""))
    assert row[headers.index("headline")].startswith("'=cmd")


def test_other_parameters_stay_in_the_links_to_data(get: Get) -> None:
    links = tree(get("/money?country=CN&since=365d")).xpath("//p[contains(@class, 'same')]//a/@href")
    assert all("country=CN" in urlsplit(link).query for link in links)
    assert {row["company"] for row in get(links[-1]).json()} <= {"baichuan", "tencent"}


def test_an_unknown_table_is_a_wrong_address(get: Get) -> None:
    assert get("/?format=csv&table=nothing").status_code == 400
    assert get("/search?format=csv").status_code == 400
