"""The tables of a config model: their keys, and which model stands at a path."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel

from racewire.config.positions import Path


def key_names(model: type[BaseModel]) -> list[str]:
    """The keys of a table, as they are written in the file."""
    return [field.alias or name for name, field in model.model_fields.items()]


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model of the table at a path, where the path leads to one."""
    found: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or found is None:
            continue
        field = next((f for name, f in found.model_fields.items() if part in (name, f.alias)), None)
        if field is not None:
            found = inner_model(field.annotation)
        elif found not in _values(model):
            return None
    return found


def _values(model: type[BaseModel]) -> set[type[BaseModel]]:
    """The models that are values of a table with free keys, such as [channel.NAME]."""
    return {
        inner
        for field in model.model_fields.values()
        if str(field.annotation).startswith(("dict[", "typing.Dict[")) and (inner := inner_model(field.annotation))
    }


def inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((inner for part in get_args(annotation) if (inner := inner_model(part))), None)


def homes(model: type[BaseModel], key: str, table: str = "") -> list[str]:
    """The tables in which a key is known."""
    found = [table] if key in key_names(model) else []
    for name, field in model.model_fields.items():
        if inner := inner_model(field.annotation):
            found += homes(inner, key, f"{table}.{field.alias or name}" if table else field.alias or name)
    return found
