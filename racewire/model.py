"""What racewire sees in one page: plain values, without behaviour.

Everything here is frozen, compares by value and can be pickled, because records cross process borders on
their way from the reading workers to the writer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Precision = Literal["second", "minute", "day", "none"]
Bound = Literal["none", "at_least", "at_most"]
Certainty = Literal["stated", "planned", "reported", "denied"]
Outcome = Literal["new", "copy", "revision", "unchanged"]
Role = Literal[
    "raised",
    "valuation",
    "acquisition",
    "investment",
    "fund",
    "market_size",
    "market_cap",
    "revenue",
    "profit",
    "loss",
    "fine",
    "price",
    "contract",
    "debt",
    "grant",
    "spending",
    "buyback",
    "other",
]


@dataclass(frozen=True, slots=True)
class Mention:
    """A tracked entity named in a text.

    `start` and `end` are offsets in characters, `end` exclusive, and `text[start:end] == surface`.
    `certain` is False where the name also means other things and the context does not settle it; such a
    mention is kept for the alias lab and fires no rule. `score` is the confidence, 0 to 1.
    """

    entity: str
    start: int
    end: int
    surface: str
    certain: bool = True
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of money as a text states it.

    The span covers number, magnitude and currency and no cue words; `text[start:end] == surface`.
    `low` and `high` are in units of `currency` (ISO 4217, None where the text does not say); they are equal
    for a point, `high` is None for "more than X", `low` is None for "up to X". `usd_low` and `usd_high`
    are derived with the rate of `rate_on` from `rate_source`; None where there is no rate. `rate_stale` says
    that the rate is more than a week older than the day asked for. `recipient` and `payer` are entity ids;
    `recipient_name` and `payer_name` are the names as written, whether tracked or not.
    `equivalent_of` is the index, in the list this figure stands in, of the figure it restates in another currency.
    `cumulative` marks a total so far ("bringing its funding to"), `cue` is the text that decided the role.
    """

    start: int
    end: int
    surface: str
    low: Decimal | None
    high: Decimal | None
    currency: str | None = None
    approx: bool = False
    bound: Bound = "none"
    per: str | None = None
    role: Role = "other"
    certainty: Certainty = "stated"
    round: str | None = None
    recipient: str | None = None
    payer: str | None = None
    usd_low: Decimal | None = None
    usd_high: Decimal | None = None
    rate_on: date | None = None
    rate_source: str | None = None
    equivalent_of: int | None = None
    rate_stale: bool = False
    recipient_name: str | None = None
    payer_name: str | None = None
    cumulative: bool = False
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One article as read from one page. Only `url` must be given.

    `published_at` is an aware datetime in UTC or None; `published_precision` says how much of it the page told.
    `mentions` and `figures` carry offsets into `text`, or into the title where `text` is empty. `title_mentions` and `title_figures` are what
    the title tells beyond the text (names and sums that are not in it), with offsets into `title`: much of it on pages that show a teaser only.
    `content_hash` is "" until somebody needs it: an archive computes what is missing.
    `problem` is None or a short code: `empty`, `undecodable`, `not-html`, `too-large`, `too-slow`, `index-page`,
    `paywall`, `live`, …
    """

    url: str
    canonical_url: str | None = None
    title: str = ""
    text: str = ""
    lang: str | None = None
    published_at: datetime | None = None
    published_precision: Precision = "none"
    authors: tuple[str, ...] = ()
    site_name: str | None = None
    image_url: str | None = None
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    content_hash: str = ""
    analyser_version: str = ""
    problem: str | None = None
    uncertain: tuple[Mention, ...] = ()
    title_mentions: tuple[Mention, ...] = ()
    title_figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What `Archive.add` did with one record.

    `copy_of` is the id of the first article that this one is a copy of, whatever the outcome; None where it is
    itself the first. `story_id` is the story that holds it now.
    """

    article_id: int
    outcome: Outcome
    story_id: int | None = None
    copy_of: int | None = None
