"""What may stand in `rules.toml`. Names of entities, lists and channels are checked where the context is a `Known`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from alerts.rules.known import check_names
from alerts.rules.money import Comparison, NoComparison, read_comparison
from alerts.rules.sandbox import check_select
from racewire.config.document import Mistake
from racewire.model import Certainty, Role

Severity = Literal["low", "medium", "high"]


def _listed(value: Any) -> Any:
    """One name may stand for a list of one."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


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


Identifier = Annotated[str, AfterValidator(_identifier)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
Entities = Annotated[tuple[str, ...], BeforeValidator(_entities), Field(min_length=1)]
Pair = Annotated[tuple[str, ...], BeforeValidator(_entities), Field(min_length=2), AfterValidator(_different)]
Lists = Annotated[tuple[str, ...], BeforeValidator(_lists), Field(min_length=1)]
Channels = Annotated[tuple[str, ...], BeforeValidator(_channels), Field(min_length=1)]
Select = Annotated[str, AfterValidator(_select)]
Languages = Annotated[tuple[Annotated[str, AfterValidator(_language)], ...], BeforeValidator(_listed), Field(min_length=1)]
Roles = Annotated[tuple[Role, ...], BeforeValidator(_listed), Field(min_length=1)]
Certainties = Annotated[tuple[Certainty, ...], BeforeValidator(_listed), Field(min_length=1)]
Sum = Annotated[Comparison | None, BeforeValidator(_comparison)]


class Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Match(Table):
    """Entities by property; each key given must fit."""

    country: str | None = None
    type: str | None = None
    tag: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Match:
        if not (self.country or self.type or self.tag):
            raise Mistake("an empty 'match' would be every entity", "write 'country', 'type' or 'tag'")
        return self


class EntityList(Table):
    """A set of entities for reuse: those named, those that match, and those of other lists."""

    entities: Entities | None = None
    match: Match | None = None
    union: Lists | None = None

    @model_validator(mode="after")
    def _says_something(self) -> EntityList:
        if not (self.entities or self.match or self.union):
            raise Mistake("an empty list", "write 'entities', 'match' or 'union'")
        return self


class Sums(Table):
    """Amounts in one currency each. `usd` compares what was converted, the others only what was written in that currency."""

    usd: Sum = None
    aed: Sum = None
    aud: Sum = None
    brl: Sum = None
    cad: Sum = None
    chf: Sum = None
    cny: Sum = None
    czk: Sum = None
    dkk: Sum = None
    eur: Sum = None
    gbp: Sum = None
    hkd: Sum = None
    idr: Sum = None
    ils: Sum = None
    inr: Sum = None
    jpy: Sum = None
    krw: Sum = None
    mxn: Sum = None
    myr: Sum = None
    nok: Sum = None
    nzd: Sum = None
    php: Sum = None
    pln: Sum = None
    rub: Sum = None
    sar: Sum = None
    sek: Sum = None
    sgd: Sum = None
    thb: Sum = None
    twd: Sum = None
    vnd: Sum = None

    def sums(self) -> dict[str, Comparison]:
        """ISO code to comparison, for those given."""
        given = {name.upper(): getattr(self, name) for name in Sums.model_fields}
        return {code: comparison for code, comparison in given.items() if comparison is not None}


class FigureCondition(Sums):
    """A sum of money in an article; each key given must fit one and the same figure."""

    role: Roles | None = None
    of: Entities | None = None
    by: Entities | None = None
    round: Names | None = None
    per: Names | None = None
    certainty: Certainties = ("stated", "reported", "planned")
    cumulative: bool = False


class Together(Table):
    """Several entities near each other; a list counts as one of its members."""

    entities: Pair
    within: Literal["sentence", "paragraph", "article"] = "sentence"


class Branch(Table):
    """Conditions on one article; each key given must hold."""

    figure: FigureCondition | None = None
    entity: Entities | None = None
    together: Together | None = None
    source: Names | None = None
    lang: Languages | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Branch:
        if not self.model_fields_set:
            raise Mistake("an empty condition would hold always", "write 'figure', 'entity' or 'together'")
        return self


class When(Branch):
    """The conditions of a rule; `any_of` holds where one of its branches does."""

    sql: Select | None = None
    any_of: Annotated[tuple[Branch, ...], Field(min_length=1)] | None = None


class Unless(Branch):
    """What silences a rule for an article; one key that holds is enough."""


class Send(Table):
    to: Channels
    once_per: str = "story"
    digest: str | None = None
    again_when: Literal["figure_changes"] | None = None

    @model_validator(mode="after")
    def _reads(self) -> Send:
        read_once_per(self.once_per)
        if self.digest is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", self.digest):
            raise Mistake(f"'{self.digest}' is no time of day", "write it like '08:00'", at=("digest",))
        if self.again_when and self.once_per != "story":
            raise Mistake("'again_when' goes with once_per = \"story\"", at=("again_when",))
        return self


class RuleTest(Table):
    """A text and what the rule must say to it. `at` is the day it was published on, `usd` and `entity` what must be found."""

    text: Annotated[str, Field(min_length=1, max_length=100_000)]
    fires: bool
    says: str = ""
    lang: Annotated[str, AfterValidator(_language)] | None = None
    at: date | datetime | None = None
    usd: float | None = None
    entity: Annotated[str | None, BeforeValidator(_entity)] = None


class Rule(Table):
    id: Identifier
    when: When
    send: Send
    title: Annotated[str, Field(max_length=200)] = ""
    severity: Severity = "medium"
    unless: Unless | None = None
    test: tuple[RuleTest, ...] = ()


class RulesFile(Table):
    timezone: str | None = None
    list: dict[str, EntityList] = {}
    rule: tuple[Rule, ...] = ()


_ONCE_PER = re.compile(r"(entity|rule)/(\d{1,4})([mhd])")
_SECONDS = {"m": 60, "h": 3600, "d": 86400}


def read_once_per(text: str) -> tuple[Literal["story", "entity", "rule"], int]:
    """`story` as ("story", 0), `entity/7d` as ("entity", 604800). Raises Mistake."""
    if text == "story":
        return "story", 0
    found = _ONCE_PER.fullmatch(text)
    if found is None:
        raise Mistake(f"'{text[:40]}' is no rhythm", "write 'story', 'entity/7d' or 'rule/1h'", at=("once_per",))
    return ("entity" if found[1] == "entity" else "rule"), int(found[2]) * _SECONDS[found[3]]
