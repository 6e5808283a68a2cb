"""The tables of docs/config.md, made of the models. `python -m tests.config.reference` writes them into the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from racewire.config import Config

PAGE = Path(__file__).parents[2] / "docs" / "config.md"
BEGIN, END = "<!-- keys: made by python -m tests.config.reference -->", "<!-- end of keys -->"
_TABLES = ("Config", "Crawl", "Source", "Smtp", "Delivery", "Channel", "Email", "Webhook")
_HEADINGS = {
    "Config": "At the top of the file",
    "Crawl": "`[crawl]`",
    "Source": "`[[source]]`",
    "Smtp": "`[smtp]`",
    "Delivery": "`[delivery]`",
    "Channel": "`[channel.NAME]`",
    "Email": "`email` of a channel",
    "Webhook": "`webhook` of a channel",
}


def tables() -> str:
    schema = Config.model_json_schema(by_alias=True, mode="serialization")
    models = {**schema["$defs"], "Config": schema}
    return "\n".join(_table(name, models[name]) for name in _TABLES)


def _table(name: str, model: dict[str, Any]) -> str:
    lines = [f"### {_HEADINGS[name]}", "", "| key | value | default | meaning |", "|---|---|---|---|"]
    for key, field in model["properties"].items():
        needed = key in model.get("required", ())
        lines.append(
            f"| `{key}` | {_kind(field)} | {'needed' if needed else _default(field)} | {_escaped(field['description'])} |"
        )
    return "\n".join([*lines, ""])


def _kind(field: dict[str, Any]) -> str:
    choices = [one for one in (field.get("anyOf") or field.get("oneOf") or [field]) if one.get("type") != "null"]
    return " or ".join(dict.fromkeys(_one_kind(choice) for choice in choices))


def _one_kind(field: dict[str, Any]) -> str:
    if "enum" in field:
        return ", ".join(f"`{word}`" for word in field["enum"])
    if "$ref" in field:
        return "a secret" if field["$ref"].endswith("Secret") else "a table"
    pattern = field.get("pattern", "")
    if "ms|" in pattern:
        return "a time"
    if "kMG" in pattern:
        return "a size"
    if "off" in pattern:
        return "a rate"
    if field.get("format") == "path":
        return "a path"
    if field["type"] == "array":
        return f"a list of {_one_kind(field['items']).removeprefix('a ')}s"
    return {"string": "text", "integer": "a whole number", "boolean": "`true` or `false`", "object": "tables by name"}[
        field["type"]
    ]


def _default(field: dict[str, Any]) -> str:
    value = field.get("default")
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return "`[" + ", ".join(f'"{one}"' for one in value) + "]`"
    return f"`{value}`" if isinstance(value, int) else f'`"{value}"`'


def _escaped(text: str) -> str:
    return text[:1].upper() + text[1:].replace("|", "\\|") + "."


def filled(page: str, text: str, begin: str, end: str) -> str:
    """The page with `text` between the two marks."""
    return re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: f"{begin}\n\n{text}\n{end}", page, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8"), tables(), BEGIN, END), "utf-8")
