"""What may stand in `rules.toml`. The descriptions here are the reference: the schema for editors and the docs are made of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, model_validator

from alerts.rules.money import Comparison
from alerts.rules.values import (
    Certainties,
    Channels,
    Entities,
    EntityId,
    Hour,
    Identifier,
    Language,
    Languages,
    Lists,
    Names,
    Pair,
    Rhythm,
    Roles,
    Select,
    Sum,
    Windows,
)
from racewire.config.document import Mistake

Severity = Literal["low", "medium", "high"]


class Table(BaseModel):
    """A table of the file: unknown keys are mistakes, and it never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Match(Table):
    """Entities by property; each key given must fit."""

    country: str | None = Field(None, description="ISO 3166-1 code of the country")
    type: str | None = Field(
        None, validation_alias=AliasChoices("type", "kind"), description="company, lab, fund, regulator, person, …"
    )
    tag: str | None = Field(None, description="a tag of the entity, such as llm or chip")

    @model_validator(mode="after")
    def _says_something(self) -> Match:
        if not (self.country or self.type or self.tag):
            raise Mistake("an empty 'match' would be every entity", "write 'country', 'type' or 'tag'")
        return self


class EntityList(Table):
    """A set of entities for reuse, as @NAME: those named, those that match, and those of other lists."""

    entities: Entities | None = Field(None, description="ids of entities, or @LIST")
    match: Match | None = Field(None, description="entities by property")
    union: Lists | None = Field(None, description="other lists to take in")

    @model_validator(mode="after")
    def _says_something(self) -> EntityList:
        if not (self.entities or self.match or self.union):
            raise Mistake("an empty list", "write 'entities', 'match' or 'union'")
        return self


class Sums(Table):
    """Amounts, one key a currency. `usd` compares what was converted, the others only what was written in that currency."""

    usd: Sum = Field(None, description="the value in US dollars; what cannot be converted fulfils every comparison")
    aed: Sum = None
    aud: Sum = None
    brl: Sum = None
    cad: Sum = None
    chf: Sum = None
    cny: Sum = Field(None, description="the amount, where it was written in yuan; likewise for the other currencies")
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

    role: Roles | None = Field(None, description="what the sum is: raised, valuation, acquisition, …")
    of: Entities | None = Field(None, description="whose sum it is: who gets it or, for fines and spending, who pays it")
    by: Entities | None = Field(None, description="who pays it")
    round: Names | None = Field(None, description="the round of funding: seed, series-a, …")
    per: Names | None = Field(None, description="what the sum is for one of: hour, month, year, unit, share, …")
    certainty: Certainties = Field(
        ("stated", "reported", "planned"), description="how sure the text is; denied only when asked for"
    )
    cumulative: bool = Field(False, description='true: also totals so far ("bringing its funding to …")')


class Together(Table):
    """Several entities near each other; a list counts as one of its members."""

    entities: Pair = Field(description="two to five entities or lists, of each of which one must be there")
    within: Literal["sentence", "paragraph", "article"] = Field("sentence", description="how near")


class Conflict(Table):
    """Reports of one raise in the story of an article that cannot all be true."""

    role: Literal["raised"] = Field("raised", description="what the sums are: raised, the only ledger there is so far")
    of: Entities | None = Field(None, description="whose sums they are")
    ratio: Sum = Field(None, description="the largest sum over the smallest, in US dollars: >= 1.2")
    sources: Sum = Field(None, description="how many sources are in it: >= 2")


class Branch(Table):
    """Conditions on one article; each key given must hold."""

    figure: FigureCondition | None = Field(None, description="a sum of money")
    entity: Entities | None = Field(None, description="names one of these: ids, @LIST or @everything")
    together: Together | None = Field(None, description="names several near each other")
    source: Names | None = Field(None, description="comes from one of these sources")
    lang: Languages | None = Field(None, description="is written in one of these languages")

    @model_validator(mode="after")
    def _says_something(self) -> Branch:
        if not self.model_fields_set:
            raise Mistake("an empty condition would hold always", "write 'figure', 'entity' or 'together'")
        return self


class When(Branch):
    """The conditions of a rule: each key given must hold for one article."""

    conflict: Conflict | None = Field(None, description="sources disagree about a raise")
    sql: Select | None = Field(None, description="a SELECT over the public tables that gives story_id")
    any_of: Annotated[tuple[Branch, ...], Field(min_length=1)] | None = Field(None, description="alternatives: one must hold")


class Unless(Branch):
    """What silences a rule for an article; one key that holds is enough."""


class Send(Table):
    """Where to, and how often."""

    to: Channels = Field(description="channels of racewire.toml")
    once_per: Rhythm = Field("story", description="story, or entity/7d, rule/1h: at most one alert in that time")
    digest: Hour | None = Field(None, description='collect, and send at this time of day ("08:00") in the zone of the file')
    skip_empty: Literal[True] = Field(True, description="a digest with nothing in it is never sent")
    leave_out: tuple[Literal["already-sent"], ...] = Field(
        (), description="what a digest leaves out: stories that came to the channel one by one"
    )
    quiet: Windows | None = Field(
        None, description='parts of the day in which nothing is sent, such as "22:00-07:00"; it is sent after'
    )
    again_when: Literal["figure_changes"] | None = Field(None, description="tell again when a report names another sum")

    @model_validator(mode="after")
    def _fits(self) -> Send:
        if self.again_when and self.once_per != "story":
            raise Mistake("'again_when' goes with once_per = \"story\"", at=("again_when",))
        if self.leave_out and not self.digest:
            raise Mistake("'leave_out' goes with 'digest'", at=("leave_out",))
        return self


class RuleTest(Table):
    """A text, and what the rule must say to it."""

    text: Annotated[str, Field(min_length=1, max_length=100_000)] = Field(description="what an article might say")
    fires: bool = Field(description="whether the rule must hold")
    says: str = Field("", description="what the test is about")
    lang: Language | None = Field(None, description="the language of the text")
    at: date | datetime | None = Field(None, description="when it was published: fixes the rate of exchange")
    usd: float | None = Field(None, description="the value in US dollars that must be found")
    entity: EntityId | None = Field(None, description="the entity that must be found")


class Rule(Table):
    """One rule."""

    id: Identifier = Field(description="its name in commands, mails and the database")
    when: When = Field(description="what must hold")
    send: Send = Field(description="where to, and how often")
    title: Annotated[str, Field(max_length=200)] = Field("", description="what it is about, for people")
    severity: Severity = Field("medium", description="low, medium or high; shown, and a header of mails")
    unless: Unless | None = Field(None, description="what silences it")
    test: tuple[RuleTest, ...] = Field((), description="texts that it must and must not fire on")


class RulesFile(Table):
    """The whole of `rules.toml`."""

    timezone: str | None = Field(None, description="the zone of digest hours; else that of racewire.toml")
    list: dict[str, EntityList] = Field({}, description="lists of entities")
    rule: tuple[Rule, ...] = Field((), description="the rules")
