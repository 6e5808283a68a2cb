"""The values that a rules file writes as text: names, sums, languages, times of day, rhythms.

Names of entities, lists and channels are checked where the context of the validation is a `Known`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

from alerts.rules.known import check_names
from alerts.rules.money import Comparison, NoComparison, read_comparison
from alerts.rules.sandbox import check_select
from racewire.config.document import Mistake
from racewire.model import Certainty, Role

_ONCE_PER = re.compile(r"(entity|rule)/(\d{1,4})([mhd])")
_SECONDS = {"m": 60, "h": 3600, "d": 86400}


def _listed(value: Any) -> Any:
    """One name may stand for a list of one."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _entities(value: Any, info: ValidationInfo) -> Any:
    check_names(value, info.context, "entity")
    return _listed(value)


def _lists(value: Any, info: ValidationInfo) -> Any:
    check_names(value, info.context, "list")
    return _listed(value)


def _channels(value: Any, info: ValidationInfo) -> Any:
    check_names(value, info.context, "channel")
    return _listed(value)


def _entity(value: Any, info: ValidationInfo) -> Any:
    check_names(value, info.context, "entity")
    return value


def _different(names: tuple[str, ...]) -> tuple[str, ...]:
    for place, name in enumerate(names):
        if not name.startswith("@") and name in names[:place]:
            raise Mistake(f"'{name}' twice: a name cannot stand together with itself", at=(place,))
    return names


def _select(value: str) -> str:
    if trouble := check_select(value):
        raise Mistake(f"this SELECT cannot be used: {trouble}")
    return value


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9_.-]{0,62}[a-z0-9])?", value):
        better = re.sub(r"[^a-z0-9_.]+", "-", value.lower()).strip("-._")[:64]
        help = f"did you mean '{better}'?" if better else None
        raise Mistake(f"'{value[:60]}' is no id: up to 64 of a-z 0-9 - _ .", help)
    return value


def _language(value: str) -> str:
    code = value.lower().split("-")[0]
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise Mistake(f"'{value[:20]}' is no language code", "write two letters, such as 'vi' or 'zh'")
    return code


def _comparison(value: Any) -> Any:
    if isinstance(value, Comparison):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise Mistake(f"{value} is not a comparison", f"did you mean '\">= {value}\"'?")
    if not isinstance(value, str):
        raise Mistake("this is not a comparison", "write it like '\">= 50M\"'")
    try:
        return read_comparison(value)
    except NoComparison as wrong:
        meant = wrong.suggestion
        help = f"write '{meant}'" if meant else "write '>= 50M' (operators >= > <= < ==, suffixes k M B T) or '50M..200M'"
        raise Mistake(str(wrong), help) from None


def _hour(value: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise Mistake(f"'{value[:20]}' is no time of day", "write it like '08:00'")
    return value


def _window(value: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", value) or value[:5] == value[6:]:
        raise Mistake(f"'{value[:20]}' is no part of a day", "write it like '22:00-07:00'")
    return value


def read_once_per(text: str) -> tuple[Literal["story", "entity", "rule"], int]:
    """`story` as ("story", 0), `entity/7d` as ("entity", 604800). Raises Mistake."""
    if text == "story":
        return "story", 0
    found = _ONCE_PER.fullmatch(text)
    if found is None:
        raise Mistake(f"'{text[:40]}' is no rhythm", "write 'story', 'entity/7d' or 'rule/1h'")
    return ("entity" if found[1] == "entity" else "rule"), int(found[2]) * _SECONDS[found[3]]


def _rhythm(value: str) -> str:
    read_once_per(value)
    return value


_TEXTS = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]})
_SUM_TEXT = WithJsonSchema({"type": "string", "examples": [">= 50M", "50M..200M"]})


def _choices(*words: str) -> WithJsonSchema:
    one = {"type": "string", "enum": list(words)}
    return WithJsonSchema({"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]})


Identifier = Annotated[str, AfterValidator(_identifier)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1), _TEXTS]
Entities = Annotated[tuple[str, ...], BeforeValidator(_entities), Field(min_length=1), _TEXTS]
Pair = Annotated[tuple[str, ...], BeforeValidator(_entities), Field(min_length=2, max_length=5), AfterValidator(_different)]
Lists = Annotated[tuple[str, ...], BeforeValidator(_lists), Field(min_length=1), _TEXTS]
Channels = Annotated[tuple[str, ...], BeforeValidator(_channels), Field(min_length=1), _TEXTS]
EntityId = Annotated[str, BeforeValidator(_entity)]
Select = Annotated[str, AfterValidator(_select)]
Language = Annotated[str, AfterValidator(_language)]
Languages = Annotated[tuple[Language, ...], BeforeValidator(_listed), Field(min_length=1), _TEXTS]
Roles = Annotated[tuple[Role, ...], BeforeValidator(_listed), Field(min_length=1), _choices(*get_args(Role))]
Certainties = Annotated[
    tuple[Certainty, ...],
    BeforeValidator(_listed),
    Field(min_length=1),
    _choices(*get_args(Certainty)),
]
Hour = Annotated[str, AfterValidator(_hour)]
Windows = Annotated[
    tuple[Annotated[str, AfterValidator(_window)], ...], BeforeValidator(_listed), Field(min_length=1, max_length=8), _TEXTS
]
Rhythm = Annotated[str, AfterValidator(_rhythm)]
Sum = Annotated[Annotated[Comparison, _SUM_TEXT] | None, BeforeValidator(_comparison)]
