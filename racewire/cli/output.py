"""One way to print rows: a table, one JSON list, JSON lines or CSV. Data goes to stdout, talk to stderr."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO, Literal, TypeVar

import click

from racewire.render.cells import plain_value, safe_cell
from racewire.text.terminal import one_line, shortened, width

Form = Literal["table", "json", "nl", "csv"]
Row = Mapping[str, object]
C = TypeVar("C", bound=Callable[..., object])

_GAP = "  "
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_TIME_WIDTH, _LEAST_WIDTH = 16, 8


def say(text: str = "") -> None:
    """Talk: to stderr, never mixed with data."""
    click.echo(text, err=True, color=colours(sys.stderr))


def put(text: str = "") -> None:
    """Data: to stdout."""
    click.echo(text, color=colours(sys.stdout))


def row_options(command: C) -> C:
    """`--json`, `--nl` and `--csv`; the command gets `form`, the last one given or "table"."""
    for form, help in (
        ("csv", "Print CSV with a header line."),
        ("nl", "Print one JSON object a line."),
        ("json", "Print one JSON list."),
    ):
        command = click.option(f"--{form}", "form", flag_value=form, help=help)(command)
    return command


def print_rows(rows: Iterable[Row], form: Form | None, columns: Sequence[str] | None = None) -> int:
    """Prints the rows and returns how many there were. `columns` orders and names them; default: those of the first row."""
    rows = [dict(row) for row in rows]
    names = list(columns) if columns is not None else list(rows[0]) if rows else []
    picked = [{name: row.get(name) for name in names} for row in rows]
    if form == "json":
        _json_list(picked)
    elif form == "nl":
        for row in picked:
            click.echo(as_json(row))
    elif form == "csv":
        _csv(names, picked)
    else:
        _table(names, picked)
    return len(picked)


def as_json(value: object, indent: int | None = None) -> str:
    """JSON that the stream can carry: other scripts as they are where it is UTF-8."""
    encoding = (sys.stdout.encoding or "ascii").replace("-", "").lower()
    text = json.dumps(value, ensure_ascii=encoding != "utf8", default=plain_value, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") if not text.isascii() else text


def _json_list(rows: list[dict[str, object]]) -> None:
    click.echo("[" + ",\n ".join(as_json(row) for row in rows) + "]")


def _csv(names: list[str], rows: list[dict[str, object]]) -> None:
    import csv

    writer = csv.writer(sys.stdout)  # lines end as RFC 4180 says, so that both kinds of line end in a cell are quoted
    writer.writerow(names)
    writer.writerows([safe_cell(row[name]) for name in names] for row in rows)


def _table(names: list[str], rows: list[dict[str, object]]) -> None:
    cells = [[cell(row[name]) for name in names] for row in rows]
    right = [bool(rows) and all(_is_number(row[name]) or row[name] is None for row in rows) for name in names]
    widths = [max(map(width, column)) for column in zip(names, *cells, strict=True)] if names else []
    room = columns()
    widths = fit(names, widths, room)
    if _room_of(widths) > room:
        _blocks(names, cells, room)
        return
    if rows:
        header = _GAP.join(_pad(name, size, side) for name, size, side in zip(names, widths, right, strict=True)).rstrip()
        put(bold(header))
    for line in cells:
        click.echo(_GAP.join(_pad(text, size, side) for text, size, side in zip(line, widths, right, strict=True)).rstrip())


def columns() -> int:
    """How wide a line of data may be: the terminal's width, without bound where stdout is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def fit(names: Sequence[str], widths: Sequence[int], room: int) -> list[int]:
    """Takes what the terminal lacks from the widest columns, the last of them first: down to a time's width, then to 8.

    An id stays whole, because other commands want it.
    """
    widths = list(widths)
    loose = [number for number, name in enumerate(names) if name != "id"]
    for least in (_TIME_WIDTH, _LEAST_WIDTH):
        while _room_of(widths) > room and loose:
            widest = max(loose, key=lambda number: (widths[number], number))
            if widths[widest] <= least:
                break
            widths[widest] -= 1
    return widths


def _room_of(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _blocks(names: Sequence[str], cells: Sequence[Sequence[str]], room: int) -> None:
    """A table that is too wide for the terminal: each row as a paragraph, a line for each cell that says something."""
    head = max(map(width, names))
    for number, line in enumerate(cells):
        if number:
            put()
        for name, text in zip(names, line, strict=True):
            if text:
                most = width(text) if name == "id" else max(_LEAST_WIDTH, room - head - len(_GAP))
                put(bold(_pad(name, head, right=False)) + _GAP + shortened(text, most))


def cell(value: object) -> str:
    """A value on one line, without anything that could steer a terminal; times to the minute, in UTC as they are stored."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return f"{value[:10]} {value[11:16]}"
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}".replace(",", " ") if abs(value) >= 10_000 else str(int(value))
    return one_line(str(plain_value(value)) if isinstance(value, bytes) else str(value))


def _pad(text: str, size: int, right: bool) -> str:
    text = shortened(text, size)
    blank = " " * (size - width(text))
    return blank + text if right else text + blank


def colours(stream: IO[str]) -> bool:
    """Whether to use colour: FORCE_COLOR, else on a terminal without NO_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colours(sys.stdout) else text
