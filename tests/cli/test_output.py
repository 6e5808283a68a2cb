"""One way to print rows."""

from __future__ import annotations

import csv
import io
import json

import pytest

from racewire.cli.output import colours, fit, print_rows

ROWS = [
    {"id": 1, "title": "=HYPERLINK(1)", "sum": 1.5, "gone": None},
    {"id": 20, "title": 'a "quote", 百川\nand \x1b[31ma line', "sum": None, "gone": None},
]


def test_json_is_one_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_rows(ROWS, "json") == 2
    assert json.loads(capsys.readouterr().out) == ROWS
    print_rows([], "json")
    assert json.loads(capsys.readouterr().out) == []


def test_nl_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, "nl")
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == ROWS
    print_rows([], "nl")
    assert capsys.readouterr().out == ""


def test_csv_has_a_header_and_runs_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, "csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert rows[0] == {"id": "1", "title": "'=HYPERLINK(1)", "sum": "1.5", "gone": ""}
    assert rows[1]["title"] == ROWS[1]["title"]
    print_rows([], "csv", ["id", "title"])
    assert capsys.readouterr().out == "id,title\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_quotes_whatever_a_spreadsheet_would_run(start: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([{"a": start + "1", "b": -1}], "csv")
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""))
    assert row == {"a": "'" + start + "1", "b": "-1"}


def test_a_table_lines_up_and_carries_no_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([{"name": "百川", "n": 7, "ok": True}, {"name": "x\x1b[2J\n\u202ey", "n": 1200000.0, "ok": False}], None)
    assert capsys.readouterr().out == "name             n  ok\n百川             7  yes\nx [2J y  1 200 000  no\n"


def test_columns_choose_and_order(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, "nl", ["sum", "id"])
    assert capsys.readouterr().out.splitlines()[0] == '{"sum": 1.5, "id": 1}'


@pytest.mark.parametrize(
    ("env", "wanted"), [({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False), ({"FORCE_COLOR": "1"}, True), ({}, False)]
)
def test_colour_is_asked_for(env: dict[str, str], wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert colours(io.StringIO()) is wanted


@pytest.mark.parametrize(
    ("widths", "room", "wanted"),
    [
        ([30, 20, 40], 200, [30, 20, 40]),
        ([30, 20, 40], 90, [30, 20, 36]),
        ([30, 20, 40], 66, [30, 16, 16]),
        ([30, 20, 40], 10, [30, 8, 8]),
        ([4, 5, 6], 10, [4, 5, 6]),
    ],
)
def test_a_table_fits_the_terminal_and_keeps_the_ids(widths: list[int], room: int, wanted: list[int]) -> None:
    assert fit(["id", "title", "url"], widths, room) == wanted


def test_a_table_without_room_becomes_paragraphs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("racewire.cli.output.columns", lambda: 30)
    row = {
        "id": "a-long-id-that-stays-whole-for-other-commands",
        "problem": None,
        "url": "https://paper.example/feed.xml",
        "articles": 3,
    }
    print_rows([row, {"id": "b", "problem": "http-403", "url": "u", "articles": 0}], None)
    assert capsys.readouterr().out.splitlines() == [
        "id        a-long-id-that-stays-whole-for-other-commands",
        "url       https://paper.examp…",
        "articles  3",
        "",
        "id        b",
        "problem   http-403",
        "url       u",
        "articles  0",
    ]
