"""What `racewire.toml` may say. The descriptions here are the reference: schema, docs and `init` are made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    PrivateAttr,
    Strict,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)

from racewire.config import values
from racewire.config.secret import Secret
from racewire.config.values import Rate
from racewire.config.wording import Mistake


def _based(path: Path, info: ValidationInfo) -> Path:
    """Relative paths count from the folder of the config file."""
    if not str(path).isprintable() or str(path) in ("", "."):
        raise Mistake("this is no path to a file")
    folder = (info.context or {}).get("folder")
    return Path(folder, path.expanduser()) if folder else path.expanduser()


def _selector(value: str) -> str:
    from cssselect import SelectorError, parse

    try:
        parse(value)
    except SelectorError as error:
        raise Mistake(f"this is not a CSS selector: {str(error)[:1].lower()}{str(error)[1:]}", 'such as "ul.stories a"') from None
    return value


def _contact(value: str) -> str:
    """It stands in the user agent, between brackets."""
    if "@" not in value and not value.startswith(("http://", "https://")):
        raise Mistake(
            "the contact is neither a mail address nor a web address", "site owners use it to reach you: name@host or https://…"
        )
    if not value.isascii() or not value.isprintable() or any(c in value for c in "();\\"):
        raise Mistake("the contact goes into a header: plain ASCII, no brackets, no ;")
    return value


def _any_of(schema: dict[str, Any]) -> None:
    """Text is also one way to write a secret, so that "one of" would refuse what is both."""
    schema["anyOf"] = schema.pop("oneOf")


Text = Annotated[str, Field(min_length=1, max_length=1000)]
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
# limits stand inside the annotation, so that the serializer stays outermost and defaults are written as a file writes them
_SECONDS = BeforeValidator(values.seconds)
_AS_TIME = PlainSerializer(values.duration, return_type=str)
_TIME_TEXT = WithJsonSchema({"type": "string", "pattern": r"^(\d+(\.\d+)? ?(ms|[smhd]))+$"})
Duration = Annotated[float, Field(ge=0), _SECONDS, _AS_TIME, _TIME_TEXT]
Timeout = Annotated[float, Field(gt=0), _SECONDS, _AS_TIME, _TIME_TEXT]
Interval = Annotated[float, Field(ge=0.1), _SECONDS, _AS_TIME, _TIME_TEXT]
Durations = Annotated[
    tuple[Duration, ...],
    Field(max_length=50),
    PlainSerializer(lambda waits: [values.duration(wait) for wait in waits], return_type=list[str]),
    WithJsonSchema({"type": "array", "items": {"type": "string", "pattern": r"^(\d+(\.\d+)? ?(ms|[smhd]))+$"}, "maxItems": 50}),
]
Size = Annotated[
    int,
    Field(gt=0),
    BeforeValidator(values.size),
    PlainSerializer(values.sized, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)? ?([kMG]?B|[KMG]iB)$"}),
]
Burst = Annotated[
    Rate | None,
    BeforeValidator(values.rate),
    PlainSerializer(lambda rate: f"{rate.count}/{values.duration(rate.per_s)[1:]}" if rate else "off", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(\d+ ?/ ?[smhd]|off)$"}),
]
Zone = Annotated[str, AfterValidator(values.zone)]
Language = Annotated[str, AfterValidator(values.language)]
Country = Annotated[str, AfterValidator(values.country)]
WebAddress = Annotated[str, AfterValidator(lambda value: values.web_address(value))]
MailAddress = Annotated[str, AfterValidator(values.mail_address)]
File = Annotated[Path, AfterValidator(_based)]
Id = Annotated[str, AfterValidator(values.identifier), Field(json_schema_extra={"pattern": "^[a-z0-9][a-z0-9._-]*$"})]
ChannelName = Annotated[str, AfterValidator(values.channel_name)]
Port = Annotated[int, Strict(), Field(ge=1, le=65535)]


class Table(BaseModel):
    """A table of the file: unknown keys are mistakes, and it never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Crawl(Table):
    """How pages are fetched. Times are in seconds, sizes in bytes."""

    contact: Annotated[str, AfterValidator(_contact)] = Field(
        "", description="who answers for this crawler: a mail or web address that goes into the user agent"
    )
    proxy: Annotated[str, AfterValidator(values.proxy)] | None = Field(
        None, description="an HTTP proxy that every request goes through"
    )
    delay: Duration = Field(1.0, description="from the end of one answer to the next request to that host")
    timeout: Timeout = Field(30.0, description="one request, from start to end")
    max_size: Size = Field(8_000_000, description="one answer, unpacked; what is larger is given up")
    max_items: Annotated[Whole, Field(ge=1, le=100_000)] = Field(
        200, description="new articles of one source in one pass, newest first"
    )
    allow_private: tuple[Annotated[str, AfterValidator(values.private_address)], ...] = Field(
        (), description="the only addresses outside the public internet that may be dialled, by crawler and channels alike"
    )
    first_contact: Literal["quiet", "alert"] = Field(
        "quiet",
        description='what a source already shows when it is met for the first time: "quiet" stores it without alerts, "alert" alerts',
    )
    look_again: Durations = Field(
        (3600.0, 6 * 3600.0, 24 * 3600.0),
        description="how long after an alert its article is read once more, to see what was changed without a word; [] for never",
    )
    grace: Duration = Field(5.0, description="how long a stop waits for requests that are under way")
    concurrency: Annotated[Whole, Field(ge=1, le=256)] = Field(16, description="sources crawled at the same time")


class Source(Table):
    """One place where articles are found."""

    id: Id = Field(description="its name in commands, logs and the database")
    url: WebAddress = Field(description="the address of the feed, sitemap or page")
    kind: Literal["feed", "sitemap", "listing", "auto"] = Field(
        "auto",
        description='what stands at that address: a "feed", a "sitemap", a "listing" page with links, or "auto" to find out',
    )
    every: Interval = Field(600.0, description="how often it is looked at")
    lang: Language | None = Field(None, description="the language of its articles, as ISO 639-1, where the pages do not say")
    country: Country | None = Field(None, description="its country, as ISO 3166-1: decides what $ and 08/07 mean")
    timezone: Zone | None = Field(None, description="the zone of dates that name none")
    enabled: Flag = Field(True, description="false leaves it out without forgetting it")
    links: Annotated[Text, AfterValidator(_selector)] | None = Field(
        None, description="a CSS selector of the links to articles, for listings"
    )


class Smtp(Table):
    """The mail server."""

    host: Text = Field(description="the server's name")
    port: Port = Field(587, description="587 for starttls, 465 for implicit")
    tls: Literal["starttls", "implicit", "none"] = Field(
        "starttls", description='"starttls", "implicit", or "none" (to this machine only)'
    )
    from_: MailAddress = Field(alias="from", description="the sender of all mails")
    user: Text | None = Field(None, description="the name to log in with; none where the server asks for none")
    password: Secret | None = Field(None, description='the password: { env = "NAME" }, { file = "path" } or text')


class Delivery(Table):
    """How alerts are sent."""

    retry: Durations = Field(
        (5.0, 300.0, 1800.0, 7200.0, 18000.0, 36000.0, 50400.0, 72000.0, 86400.0),
        description="the wait after each failed attempt; after one more it has failed",
    )
    timeout: Timeout = Field(15.0, description="one attempt, from start to end")
    burst: Burst = Field(Rate(30, 60.0), description='alerts beyond that to one channel become one digest; or "off"')


class Email(Table):
    """Mail to these boxes."""

    to: Annotated[tuple[MailAddress, ...], Field(min_length=1, max_length=100)] = Field(description="the boxes that get it")


class Webhook(Table):
    """A signed POST to an address, as Standard Webhooks describes it."""

    url: Annotated[
        Annotated[WebAddress, Tag("text")] | Annotated[Secret, Tag("table")],
        Discriminator(lambda value: "text" if isinstance(value, str) else "table"),
    ] = Field(repr=False, json_schema_extra=_any_of, description='the address: text, { env = "NAME" } or { file = "path" }')
    secret: Secret = Field(description='the signing secret, whsec_ and base64: { env = "NAME" }, { file = "path" } or text')


class Channel(Table):
    """A way to somebody: mail or webhook, one of the two."""

    email: Email | None = Field(None, description="mail to these boxes")
    webhook: Webhook | None = Field(None, description="a signed POST to an address")


class Config(Table):
    """The whole of `racewire.toml`."""

    database: File = Field(Path("racewire.db"), validate_default=True, description="the SQLite file; made when it is not there")
    timezone: Zone = Field("UTC", description="the zone in which mails and pages show times")
    rules: File | None = Field(None, description="the file with the alert rules")
    entities: File | None = Field(None, description="your own names to track, added to those that come with racewire")
    crawl: Crawl = Field(default_factory=Crawl, description="how pages are fetched")
    source: tuple[Source, ...] = Field((), description="where articles are found")
    smtp: Smtp | None = Field(None, description="the mail server; needed by mail channels")
    delivery: Delivery = Field(default_factory=Delivery, description="how alerts are sent")
    channel: dict[ChannelName, Channel] = Field(default_factory=dict, description="whom alerts go to, by the name that rules use")

    _file: Path | None = PrivateAttr(default=None)

    @property
    def file(self) -> Path | None:
        """The file it was read from."""
        return self._file

    def sources(self) -> tuple[Source, ...]:
        """Those that are enabled."""
        return tuple(source for source in self.source if source.enabled)

    def model_post_init(self, context: Any, /) -> None:
        self._file = (context or {}).get("file")
