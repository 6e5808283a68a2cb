"""What a crawl must know and what it leaves behind: the interface of the store, and one that forgets at the end.

The order in which a crawl calls is the promise that nothing is lost: articles are kept, and links that gave none are noted,
before `finish` saves the validators that would make the next answer a 304.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol

from crawler.feeds.links import Link, newest_first
from crawler.problems import State
from racewire.model import Added, Record
from racewire.stories import url_key

if TYPE_CHECKING:
    from racewire.model import Outcome as ArticleOutcome

Outcome = Literal["ok", "not_modified", "failed"]
MOST_ATTEMPTS = 5  # after so many failures a link is given up


@dataclass(frozen=True, slots=True)
class Validators:
    """What a later request for the same address is compared with. `body_hash` stands in where a site sends neither of the
    others."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a source: validators by address (its own and those of further documents), and whether it ever had
    links."""

    validators: Mapping[str, Validators] = field(default_factory=dict)
    had_links: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """An article and the link that led to it. `record.url` is the address after redirects, `link.url` the one that was asked
    for; both must be known from then on, or the link is followed again in each pass."""

    link: Link
    record: Record


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """How one pass over one source went.

    `outcome` is `failed` exactly where `problem` is a code; `message` says it in a sentence. `new` `copies` `revisions`
    `unchanged` count articles, `failed` links that gave none this time and are tried again, `refused` those that are settled
    without an article. `retry_after` is the pause in seconds that the site asked for. `complete` says that all of it is
    stored or settled, so the next pass may be answered 304. `documents` are the feeds, sitemaps and pages that were asked
    for: address, kind or `unchanged`, number of links. A pass that racewire itself ended early has the problem `stopped`,
    which is no fault of the source.
    """

    source_id: str
    outcome: Outcome
    problem: str | None = None
    message: str = ""
    new: int = 0
    copies: int = 0
    revisions: int = 0
    unchanged: int = 0
    failed: int = 0
    refused: int = 0
    links: int = 0
    requests: int = 0
    bytes: int = 0
    ms: int = 0
    retry_after: float | None = None
    complete: bool = False
    documents: tuple[tuple[str, str, int], ...] = ()


class Store(Protocol):
    """Asked and told by a crawl, from the event loop. A StoreError raised here ends the crawl and is passed on."""

    async def memory(self, source_id: str) -> Memory:
        """What is remembered of a source; an empty Memory for a new one."""

    async def unknown(self, source_id: str, links: Sequence[Link]) -> list[Link]:
        """Those of `links`, in their order, that no stored article and no settled link has under its URL key, and those whose
        `updated` says that the article changed since it was last kept.

        Settled are links noted as `gone`, `skipped` or `unreadable`, as `refused` within the last day, and as `failed`
        MOST_ATTEMPTS times.
        """

    async def keep(self, source_id: str, kept: Sequence[Kept]) -> list[Added]:
        """Store the articles in one transaction; one Added for each, in order."""

    async def link_problem(self, source_id: str, links: Sequence[Link], state: State, problem: str) -> bool:
        """Note that `links` gave no article. True where that is settled, False where they are to be tried again in the next
        pass."""

    async def due_again(self, source_id: str) -> list[Link]:
        """Stored articles that are to be read once more though the source names no change; the longest due first."""

    async def looked_again(self, source_id: str, link: Link, *, withdrawn: bool = False) -> None:
        """One of them was asked for. `withdrawn` where the site says that it is no longer there."""

    async def finish(self, report: CrawlReport, validators: Mapping[str, Validators] | None) -> None:
        """The pass is over. `validators`, unless None, take the place of all that were saved for the source."""


class MemoryStore:
    """A store in memory: for tests, dry runs and probes."""

    def __init__(self) -> None:
        self.validators: dict[str, Mapping[str, Validators]] = {}
        self.kept: list[tuple[str, Kept]] = []
        self.problems: dict[str, tuple[State, str, int]] = {}  # by url key: state, code, attempts
        self.reports: list[CrawlReport] = []
        self.links: list[Link] = []  # those of the last pass, newest first
        self.again: list[Link] = []  # what the next pass is to read once more
        self.looks: list[tuple[str, bool]] = []  # what was: address, whether it was withdrawn
        self._ids: dict[str, int] = {}
        self._had_links: defaultdict[str, bool] = defaultdict(bool)

    async def memory(self, source_id: str) -> Memory:
        return Memory(self.validators.get(source_id, {}), self._had_links[source_id])

    async def unknown(self, source_id: str, links: Sequence[Link]) -> list[Link]:
        self._had_links[source_id] |= bool(links)
        self.links = newest_first(links)
        return [link for link in links if not self._settled(url_key(link.url))]

    def _settled(self, key: str) -> bool:
        if key in self._ids:
            return True
        state, _, attempts = self.problems.get(key, ("failed", "", 0))
        return state != "failed" or attempts >= MOST_ATTEMPTS

    async def keep(self, source_id: str, kept: Sequence[Kept]) -> list[Added]:
        return [self._keep(source_id, each) for each in kept]

    def _keep(self, source_id: str, each: Kept) -> Added:
        keys = {url_key(each.link.url), url_key(each.record.url)}
        known = next((self._ids[key] for key in keys if key in self._ids), None)
        outcome: ArticleOutcome = "new" if known is None else "unchanged"
        if known is None:
            self.kept.append((source_id, each))
            known = len(self.kept)
        self._ids.update(dict.fromkeys(keys, known))
        return Added(known, outcome)

    async def link_problem(self, source_id: str, links: Sequence[Link], state: State, problem: str) -> bool:
        attempts = 0
        for link in links:
            key = url_key(link.url)
            attempts = self.problems.get(key, (state, problem, 0))[2] + 1
            self.problems[key] = (state, problem, attempts)
        return state != "failed" or attempts >= MOST_ATTEMPTS

    async def due_again(self, source_id: str) -> list[Link]:
        return list(self.again)

    async def looked_again(self, source_id: str, link: Link, *, withdrawn: bool = False) -> None:
        self.looks.append((link.url, withdrawn))
        self.again.remove(link)

    async def finish(self, report: CrawlReport, validators: Mapping[str, Validators] | None) -> None:
        self.reports.append(replace(report))
        if validators is not None:
            self.validators[report.source_id] = dict(validators)

    @property
    def records(self) -> list[Record]:
        return [kept.record for _, kept in self.kept]
