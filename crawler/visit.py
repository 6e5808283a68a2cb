"""The ledger of one pass over one source: what was asked, what came, what is still open."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import TYPE_CHECKING, TypeVar

from crawler.feeds.links import Link
from crawler.problems import NOT_TRIED, Trouble
from crawler.store import CrawlReport, Memory, Validators

if TYPE_CHECKING:
    from racewire.config import Source
    from racewire.errors import StoreError
    from racewire.model import Added

T = TypeVar("T")
PATIENCE = 6  # failed requests in a row, a timeout counting twice, after which a host is left alone for the rest of the pass


class Flights:
    """The downloads and readings under way, so that they can be ended without cancelling the crawl that waits for them.

    Cancelling a crawl's own task would make it look done while its engine goes on (seen with Scrapy 2.19).
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()
        self.aborted = False

    async def run(self, coroutine: Coroutine[object, object, T]) -> T:
        """Await `coroutine`. Raises Trouble `stopped` once `abort` was called."""
        if self.aborted:
            coroutine.close()
            raise stopped()
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if self.aborted:
                raise stopped() from None
            raise
        finally:
            self._tasks.discard(task)

    def abort(self) -> None:
        self.aborted = True
        for task in tuple(self._tasks):
            task.cancel()


def stopped() -> Trouble:
    return Trouble("stopped", "the crawl was ended before this was done")


class Visit:
    """One pass. `max_items` bounds the articles asked for; `memory` is what the store remembered."""

    def __init__(self, source: Source, memory: Memory, *, max_items: int) -> None:
        self.source = source
        self.memory = memory
        self.max_items = max_items
        self.flights = Flights()
        self.validators: dict[str, Validators] = {}
        self.documents: list[tuple[str, str, int]] = []  # address, what it was (or `unchanged`), links: for probes
        self.changed = False  # some document was new
        self.trouble: Trouble | None = None  # of the pass as a whole; the first one counts
        self.broken: StoreError | None = None
        self.retry_after: float | None = None
        self.links = 0
        self.claimed: set[str] = set()
        self.closing = False  # what is under way may end, nothing new begins
        self.requests = 0
        self.bytes = 0
        self.refused = 0
        self._outcomes: Counter[str] = Counter()
        self._open: set[str] = set()
        self._left_over = False
        self._failures: Counter[str] = Counter()
        self._streaks: Counter[str] = Counter()

    # -- documents ---------------------------------------------------------------------------------------------------
    def saw(self, url: str, validators: Validators, what: str, links: int = 0) -> None:
        """A document was read, or found unchanged (`what` is then `unchanged`)."""
        self.validators[url] = validators
        self.documents.append((url, what, links))
        self.changed |= what != "unchanged"

    def fail(self, trouble: Trouble) -> None:
        self.trouble = self.trouble or trouble
        self.backed_off(trouble.retry_after)

    def backed_off(self, seconds: float | None) -> None:
        """The site asked for a pause."""
        if seconds is not None:
            self.retry_after = max(self.retry_after or 0.0, seconds)

    # -- links -------------------------------------------------------------------------------------------------------
    def follows(self, links: list[Link]) -> None:
        """These are about to be asked for; each must be closed by one of the three below."""
        self._open.update(link.url for link in links)

    def leaves_some(self) -> None:
        """Some links are left for the next pass, so the documents that hold them must come whole again."""
        self._left_over = True

    def kept(self, link: Link, added: Added) -> None:
        self._open.discard(link.url)
        self._outcomes[added.outcome] += 1

    def settled(self, link: Link) -> None:
        """It gave no article and will not be asked again soon."""
        self._open.discard(link.url)
        self.refused += 1

    def lost(self, link: Link, trouble: Trouble) -> None:
        """It gave no article this time. It stays open, so the validators of this pass are not saved."""
        self._failures[trouble.problem] += 1
        self.backed_off(trouble.retry_after)

    # -- hosts -------------------------------------------------------------------------------------------------------
    def answered(self, host: str) -> None:
        self._streaks[host] = 0

    def failed_to_answer(self, host: str, weight: int = 1) -> None:
        self._streaks[host] += weight

    def gave_up(self, host: str) -> bool:
        return self._streaks[host] >= PATIENCE

    # -- the end -----------------------------------------------------------------------------------------------------
    def must_go_on(self) -> None:
        """Raises Trouble `stopped` where no further request is to be made."""
        if self.closing:
            raise stopped()

    @property
    def complete(self) -> bool:
        """Whether all that the documents of this pass hold is stored or settled."""
        return not (self._open or self._left_over or self.trouble or self.broken)

    def report(self, ms: int) -> CrawlReport:
        trouble = self.trouble or self._of_the_articles()
        counts = self._outcomes
        return CrawlReport(
            self.source.id,
            "failed" if trouble else "ok" if self.changed else "not_modified",
            trouble.problem if trouble else None,
            str(trouble) if trouble else "",
            new=counts["new"],
            copies=counts["copy"],
            revisions=counts["revision"],
            unchanged=counts["unchanged"],
            failed=len(self._open),
            refused=self.refused,
            links=self.links,
            requests=self.requests,
            bytes=self.bytes,
            ms=ms,
            retry_after=self.retry_after,
            complete=self.complete,
            documents=tuple(self.documents),
        )

    def _of_the_articles(self) -> Trouble | None:
        """Where pages failed and none was read, the source failed, whatever its feed says; a page that is not there yet is no
        such failure."""
        failures = Counter({code: count for code, count in self._failures.items() if code != "http-404"})
        if self._outcomes.total() or not failures:
            return None
        told = Counter({code: count for code, count in failures.items() if code not in NOT_TRIED}) or failures
        code = told.most_common(1)[0][0]
        return Trouble(code, f"none of the new pages could be read ({failures.total()} failed, most with {code})")
