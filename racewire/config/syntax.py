"""Mistakes in writing TOML: one slip does not hide the others."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from racewire.config.problems import Problem
from racewire.config.secrecy import looks_secret, mask_guess
from racewire.config.suggest import closest

_TOO_MANY = 20
_PLACE = re.compile(r" ?\((?:at line (\d+), column (\d+)|at end of document)\)$")
_TWICE = re.compile(
    r"Cannot declare \((.*)\) twice|Duplicate inline table key '(.*)'|Cannot mutate immutable namespace|Cannot overwrite a value"
)
_PAIR = re.compile(r"\s*([\w.\"'-]+)\s*=\s*([^\s,\]}#]*)")
_TOKEN = re.compile(r"[^\s,\]}#]+")
_WORDS = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
_IN_QUOTES = 'text stands in "quotes"; true and false are written small'
_KNOWN = {
    "Invalid statement": ("this is neither `key = value` nor a [table]", None),
    "Expected '=' after a key in a key/value pair": ("a key without a value", "write: key = value"),
    "Expected newline or end of document after a statement": ("something stands behind the value", "one `key = value` on a line"),
    "Unclosed array": ("an array without its closing ]", "a comma stands between the items and ] at the end"),
    "Unclosed inline table": (
        "an inline table without its closing }",
        "a comma stands between the pairs and } at the end, all on one line",
    ),
    "Unterminated string": ("text without its closing quote", None),
    'Expected "\'"': ("text without its closing quote", None),
    "Illegal character '\\n'": ("text without its closing quote", 'text over several lines stands in """three quotes"""'),
    "Unescaped '\\' in a string": ("a single \\ in a text", "write \\\\, or put the text in 'single quotes'"),
    "Expected ']' at the end of a table declaration": ("a table's name without its closing ]", None),
    "Expected ']]' at the end of an array declaration": ("a table's name without its closing ]]", None),
}


def load(text: str, path: str) -> tuple[str, dict[str, Any] | None, list[Problem]]:
    """What was read, what it means, and the mistakes.

    A `key = value` line that cannot be read is taken out and the rest is read again. The data is None where a
    mistake leaves open what the rest means: a broken table header, an array or a text that does not end.
    """
    lines = text.split("\n")
    problems: list[Problem] = []
    while len(problems) < _TOO_MANY:
        try:
            return "\n".join(lines), tomllib.loads("\n".join(lines)), problems
        except tomllib.TOMLDecodeError as error:
            problem, alone = _mistake(path, lines, str(error))
        except RecursionError:
            problem, alone = Problem(path, 1, 1, 1, "error", "arrays or tables are nested too deep"), False
        except ValueError:  # Python refuses to read whole numbers of thousands of digits
            problem, alone = Problem(path, 1, 1, 1, "error", "a number has too many digits"), False
        problems.append(problem)
        if not alone:
            break
        lines[problem.line - 1] = ""
    return "", None, problems


def _mistake(path: str, lines: list[str], error: str) -> tuple[Problem, bool]:
    """The problem, and whether it stays within its line."""
    found = _PLACE.search(error)
    message = _PLACE.sub("", error)
    line, column = (int(found[1]), int(found[2])) if found and found[1] else _end(lines)
    here = lines[line - 1]
    pair = _PAIR.match(here)
    token = _TOKEN.match(here, column - 1)
    length = len(token[0]) if token and message == "Invalid value" else 1
    help: str | None
    if twice := _TWICE.match(message):
        text, help, column, length = _said_twice(twice, here, pair)
    elif message == "Invalid value" or (
        message.startswith("Expected newline") and pair and pair[2] and pair[2][0] not in "\"'[{"
    ):
        if message != "Invalid value" and pair:
            column, length = pair.start(2) + 1, len(pair[2])
        text, help = (
            ("this is not a value", _IN_QUOTES) if looks_secret(here) else _not_a_value(here[column - 1 : column - 1 + length])
        )
    else:
        text, help = _KNOWN.get(message, (message[:1].lower() + message[1:], None))
        if message.startswith("Expected '='") and here[column - 1 : column] == ":":
            help = "did you mean '='?"
        if message.startswith("Unescaped"):
            column = here.rfind("\\", 0, column - 1) + 1 or column
        if "closing quote" in text and pair:
            column, length = pair.start(2) + 1, max(1, len(here.rstrip()) - pair.start(2))
    alone = not here.lstrip().startswith("[") and bool(here.strip()) and not message.startswith("Unclosed")
    alone = alone and '"""' not in here and "'''" not in here
    return Problem(path, line, column, length, "error", text, help, mask_guess(here)), alone


def _end(lines: list[str]) -> tuple[int, int]:
    line = next((number for number in range(len(lines), 0, -1) if lines[number - 1].strip()), 1)
    return line, len(lines[line - 1].rstrip()) + 1


def _said_twice(twice: re.Match[str], here: str, pair: re.Match[str] | None) -> tuple[str, str, int, int]:
    if twice[1]:
        name = ".".join(part.strip().strip("'\"") for part in twice[1].split(",") if part.strip())
        help = f"put the keys of both together; several of a kind are written [[{name}]]"
        return f"the table [{name}] stands here a second time", help, len(here) - len(here.lstrip()) + 1, len(here.strip())
    if twice[2]:
        column = here.rfind(twice[2]) + 1
        return f"the key '{twice[2]}' stands here a second time", "keep one of the two", max(1, column), len(twice[2])
    if pair:
        return f"the key '{pair[1]}' stands here a second time", "keep one of the two", pair.start(1) + 1, len(pair[1])
    return (
        "this name already stands for something else",
        "keep one of the two",
        len(here) - len(here.lstrip()) + 1,
        max(1, len(here.strip())),
    )


def _not_a_value(token: str) -> tuple[str, str]:
    if not token:
        return "a key without a value", _IN_QUOTES
    if token[0] in "“”‘’„«":
        return f"{token[0]} is not a quote that TOML knows", 'use the straight quote "'
    if meant := _WORDS.get(token.lower()):
        return f"'{token}' is not a value", f"did you mean '{meant}'?"
    near = closest(token, ("true", "false"))
    return f"'{token}' is not a value", f"did you mean '{near}'?" if near else f"did you mean '\"{token}\"'? {_IN_QUOTES}"
