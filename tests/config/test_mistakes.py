"""All mistakes of a file are found in one pass, each in its place, with the right suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest

from racewire.config import load, look
from racewire.config.document import in_order, parse, render
from racewire.errors import ConfigError
from tests.config.marks import marks

FILES = Path(__file__).parent / "files"
MISTAKES = FILES / "mistakes.toml"


def test_forty_mistakes_are_found_in_one_pass() -> None:
    wanted = marks(MISTAKES)
    assert len(wanted) >= 40
    found = {(p.line, p.column, p.length): p for p in look(MISTAKES, {}).errors}
    missed = [mark for mark in wanted if (mark.line, mark.column, mark.length) not in found]
    assert not missed
    unsuggested = [
        (mark, help)
        for mark in wanted
        if mark.suggestion and f"'{mark.suggestion}'" not in (help := found[mark.line, mark.column, mark.length].help or "")
    ]
    assert not unsuggested


def test_nothing_else_is_called_a_mistake() -> None:
    places = {(mark.line, mark.column, mark.length) for mark in marks(MISTAKES)}
    # the channel that is mail and webhook at once, and mail without a place to mark it twice
    extra = [p for p in look(MISTAKES, {}).errors if (p.line, p.column, p.length) not in places]
    assert [p.message for p in extra] == ["the channel 'both' is mail and webhook at once"]


def test_load_raises_them_all() -> None:
    with pytest.raises(ConfigError) as caught:
        load(MISTAKES, {})
    assert caught.value.problems == tuple(look(MISTAKES, {}).errors)
    assert str(caught.value) == f"{MISTAKES} has {len(caught.value.problems)} mistakes"


@pytest.mark.parametrize(
    ("text", "place", "message", "help"),
    [
        ('a = "x', (1, 5), "text without its closing quote", None),
        ("a = [1, 2\nb = 3", (1, 10), "", None),
        ("a = 1\na = 2", (2, 1), "the key 'a' stands here a second time", "keep one of the two"),
        ("[a]\nb = 1\n[a]\nc = 1", (3, 1), "the table [a] stands here a second time", "[[a]]"),
        ("a: 1", (1, 2), "a key without a value", "did you mean '='?"),
        ("a = 8:00", (1, 5), "'8:00' is not a value", "'\"8:00\"'"),
        ("a = 0123", (1, 5), "'0123' is not a value", "'\"0123\"'"),
        ("a = “x”", (1, 5), "“ is not a quote that TOML knows", "straight"),
        ("a = Yes", (1, 5), "'Yes' is not a value", "'true'"),
        ("a = flase", (1, 5), "'flase' is not a value", "'false'"),
        ('a = "\\q"', (1, 6), "a single \\ in a text", "single quotes"),
        ("[a\nb = 1", (1, 3), "a table's name without its closing ]", None),
        ("nothing", (1, 8), "a key without a value", "key = value"),
        ("a = { b = 1, b = 2 }", (1, 14), "the key 'b' stands here a second time", "keep one"),
        ("a = " + "9" * 5000, (1, 1), "a number has too many digits", None),
        ("a = " + "[" * 5000, (1, 1), "arrays or tables are nested too deep", None),
    ],
)
def test_mistakes_in_writing_toml(text: str, place: tuple[int, int], message: str, help: str | None) -> None:
    _, problems = parse(text, "x.toml")
    if message:
        assert (problems[0].line, problems[0].column) == place
        assert problems[0].message == message
    assert (help or "") in (problems[0].help or "")


def test_a_line_that_cannot_be_read_hides_no_other() -> None:
    document, problems = parse("a = x\nb = 1\nc = 8:00\nd = 2\n", "x.toml")
    assert document is not None
    assert document.data == {"b": 1, "d": 2}
    assert [problem.line for problem in problems] == [1, 3]
    assert document.place(("d",)).line == 4


def test_after_a_broken_header_nothing_is_guessed() -> None:
    document, problems = parse("[[source]\nid = 1\n[[source]]\nid = 1\n", "x.toml")
    assert document is None
    assert [problem.line for problem in problems] == [1]


def test_it_looks_as_promised() -> None:
    _, problems = parse('name = "百川"  # wide\nkind = fed\n', "x.toml")
    assert render(problems) == (
        "x.toml:2:8: error: 'fed' is not a value\n"
        "     2 | kind = fed\n"
        "       |        ^^^\n"
        '       = help: did you mean \'"fed"\'? text stands in "quotes"; true and false are written small'
    )


def test_carets_stand_under_wide_signs_and_escapes_do_not_reach_the_terminal() -> None:
    document, _ = parse('a = { "百" = "\u202e川" }', "x.toml")
    assert document is not None
    text = render([document.problem(("a", "百"), "wrong\x1b[31m")])
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.split("\n")[2] == "       |              ^^^^^"


def test_problems_come_in_the_order_of_the_file_and_once() -> None:
    document, _ = parse("a = 1\nb = 2\n", "x.toml")
    assert document is not None
    second, first = document.problem(("b",), "two"), document.problem(("a",), "one")
    assert in_order([second, first, second]) == [first, second]


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b'a = 1\nb = "\xff"\n')
    problems = look(tmp_path / "x.toml", {}).problems
    assert [(p.line, p.column, p.message) for p in problems] == [(2, 6, "this is not UTF-8")]


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes("\ufefftimezone = 'UTC'\r\n[crawl]\r\ndelay = 'x'\r\n".encode())
    assert [(p.line, p.column) for p in look(tmp_path / "x.toml", {}).errors] == [(3, 9)]
