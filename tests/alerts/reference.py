"""The tables of docs/rules.md, made of the models. `python -m tests.alerts.reference` writes them into the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from alerts.rules.model import RulesFile

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
BEGIN, END = "<!-- keys: made by python -m tests.alerts.reference -->", "<!-- end of keys -->"
_HEADINGS = {
    "RulesFile": "At the top of the file",
    "EntityList": "`[list.NAME]`",
    "Match": "`match` of a list",
    "Rule": "`[[rule]]`",
    "When": "`when`",
    "FigureCondition": "`figure`",
    "Together": "`together`",
    "Conflict": "`conflict`",
    "Unless": "`unless`",
    "Send": "`send`",
    "RuleTest": "`[[rule.test]]`",
}


def tables() -> str:
    schema = RulesFile.model_json_schema(by_alias=True)
    models = {**schema["$defs"], "RulesFile": schema}
    return "\n".join(_table(name, models[name]) for name in _HEADINGS)


def _table(name: str, model: dict[str, Any]) -> str:
    lines = [f"### {_HEADINGS[name]}", "", "| key | value | default | meaning |", "|---|---|---|---|"]
    others = []
    for key, field in model["properties"].items():
        if "description" not in field:
            others.append(f"`{key}`")
            continue
        default = "needed" if key in model.get("required", ()) else _default(field.get("default"))
        lines.append(f"| `{key}` | {_kind(field)} | {default} | {_sentence(field['description'])} |")
    if others:
        lines += ["", f"Other currencies: {', '.join(others)}."]
    return "\n".join([*lines, ""])


def _kind(field: dict[str, Any]) -> str:
    choices = [one for one in field.get("anyOf", [field]) if one.get("type") != "null"]
    return " or ".join(dict.fromkeys(_one(choice) for choice in choices))


def _one(field: dict[str, Any]) -> str:
    if "examples" in field:
        return "a comparison"
    if "anyOf" in field:
        return _kind(field)
    if "enum" in field or "const" in field:
        return ", ".join(f"`{word}`" for word in field.get("enum", [field.get("const")]))
    if "$ref" in field:
        return "a table"
    if field.get("format") in ("date", "date-time"):
        return "a date" if field["format"] == "date" else "a time"
    if field["type"] == "array":
        inner = _one(field["items"])
        return "a list" if inner.startswith("`") else f"a list of {inner.removeprefix('a ')}s"
    return {"string": "text", "number": "a number", "boolean": "`true` or `false`", "object": "tables by name"}[field["type"]]


def _default(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return "`[" + ", ".join(f'"{one}"' for one in value) + "]`"
    return f'`"{value}"`'


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].replace("|", "\\|") + ("" if text.endswith("…") else ".")


def filled(page: str) -> str:
    """The page with the tables as they are now."""
    return re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: f"{BEGIN}\n\n{tables()}\n{END}", page, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
