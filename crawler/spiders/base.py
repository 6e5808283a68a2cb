"""What all spiders share: documents give links, unknown links are followed newest first, their pages are read and kept."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Self, TypeVar

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.python import without_none_values

from crawler.articles import read_page
from crawler.context import Context, context_of
from crawler.failures import from_exception
from crawler.feeds import Document, Link, newest_first
from crawler.jobs import read_document
from crawler.problems import NOT_TRIED, Trouble, from_status
from crawler.settings import HANDLERS
from crawler.store import Kept, Validators
from racewire.errors import StoreError
from racewire.stories import url_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.visit import Visit

T = TypeVar("T")
_Callback = Callable[..., Awaitable[None]]
_Errback = Callable[["Failure"], Awaitable[None]]


class SourceSpider(Spider):
    """A spider for one pass over one source. What it finds and what goes wrong is in `visit`; it raises nothing of its own."""

    context: Context
    visit: Visit
    kinds: frozenset[str]  # of documents that it reads for links

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: object, **kwargs: object) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.context = context_of(crawler)
        spider.visit = spider.context.visit
        return spider

    @abstractmethod
    async def links(self) -> list[Link]:
        """The links of all documents of the source that changed. Raises Trouble where there is no reading it."""

    async def start(self) -> AsyncIterator[Request]:
        if without_none_values(self.settings.getwithbase("DOWNLOAD_HANDLERS")) != HANDLERS:
            raise RuntimeError("downloads would go past the address guard")  # nothing is asked for without it
        try:
            wanted = await self.wanted(await self.links())
        except Trouble as trouble:
            self.visit.fail(trouble)
            return
        for place, link in enumerate(wanted):
            yield _ask(link, self.article, self.no_answer, -place)
        for place, link in enumerate(await self.due_again(), len(wanted)):
            yield _ask(link, self.article_again, self.no_answer_again, -place)

    # -- documents ---------------------------------------------------------------------------------------------------
    async def document(self, url: str, *, afresh: bool = False) -> Document | None:
        """The document at `url`, or None where it is what it was after the last pass that went well. `afresh` asks for all of
        it. Raises Trouble."""
        remembered = Validators() if afresh else self.visit.memory.validators.get(url, Validators())
        headers = {"If-None-Match": remembered.etag, "If-Modified-Since": remembered.last_modified}
        response = await self._fetch(url, {name: value for name, value in headers.items() if value})
        if response.status == 304 and (remembered.etag or remembered.last_modified):
            self.visit.saw(url, remembered, "unchanged")
            return None
        if response.status != 200:
            raise from_status(response.status, url)
        if not response.body.strip():
            raise Trouble("empty", f"{url} answered with nothing")
        validators = _validators(response)
        if validators.body_hash == remembered.body_hash:
            self.visit.saw(url, validators, "unchanged")
            return None
        return await self._read(url, response, validators)

    async def _fetch(self, url: str, headers: dict[str, str]) -> Response:
        request = Request(url, headers=headers, callback=NO_CALLBACK, dont_filter=True)
        try:
            return await self.crawler.engine.download_async(request)
        except Exception as error:
            raise from_exception(error, url) from error

    async def _read(self, url: str, response: Response, validators: Validators) -> Document:
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        document = await self.context.work(
            url,
            read_document,
            response.body,
            response.url,
            content_type=kind,
            selector=self.visit.source.links,
            limit=self.context.net.max_size,
        )
        if document.problem and not document.links:
            raise Trouble(document.problem, f"{url} cannot be read for links ({document.problem})", "unreadable")
        if document.kind not in self.kinds:
            raise Trouble("not-a-feed", f"{url} is a {document.kind}, which this kind of source does not read", "unreadable")
        if document.problem:
            self.visit.fail(Trouble(document.problem, f"{url} could be read in part only ({document.problem})"))
        self.visit.saw(url, validators, document.kind, len(document.links))
        return document

    def some_links(self, links: Iterable[Link], url: str) -> list[Link]:
        """`links`. Raises Trouble where a document that changed has none though the source had some before."""
        found = list(links)
        if not found and self.visit.memory.had_links:
            raise Trouble("no-links", f"{url} led to articles before and names none now")
        return found

    def page_links(self, page: Document, url: str) -> list[Link]:
        """The links of a page. Raises Trouble where there are none: then the selector is wrong, or the page is no listing."""
        if not page.links:
            wanted = (
                f"that links = {self.visit.source.links!r} picks" if self.visit.source.links else "that looks like an article"
            )
            raise Trouble("no-links", f"{url} holds no link {wanted}")
        return list(page.links)

    # -- links -------------------------------------------------------------------------------------------------------
    async def wanted(self, links: Iterable[Link]) -> list[Link]:
        """Those to follow in this pass, newest first. They are claimed before the store is asked, so no other crawl follows
        them too."""
        visit, context = self.visit, self.context
        single: dict[str, Link] = {}
        for link in links:
            single.setdefault(url_key(link.url), link)
        visit.links = len(single)
        mine = {key: link for key, link in single.items() if key not in context.claimed}
        if len(mine) < len(single):
            visit.leaves_some()
        visit.claimed.update(mine)
        context.claimed.update(mine)
        unknown = newest_first(await self.stored(context.store.unknown(visit.source.id, list(mine.values()))))
        chosen, rest = unknown[: visit.max_items], unknown[visit.max_items :]
        if rest and visit.memory.validators:
            visit.leaves_some()
        elif rest:
            # what a source showed before we met it is not news: without this a sitemap would be fetched down to its first year
            await self.stored(context.store.link_problem(visit.source.id, rest, "skipped", "before-first-contact"))
        visit.follows(chosen)
        return chosen

    # -- articles ----------------------------------------------------------------------------------------------------
    async def article(self, response: Response, link: Link) -> None:
        """An answer came for a link."""
        try:
            record = await read_page(response, link, self.context)
        except Trouble as trouble:
            await self._no_article(link, trouble)
            return
        added = await self.stored(self.context.store.keep(self.visit.source.id, [Kept(link, record)]))
        self.visit.kept(link, added[0])

    async def no_answer(self, failure: Failure) -> None:
        """No answer came for a link."""
        request: Request = failure.request  # type: ignore[attr-defined]
        trouble = from_exception(failure.value or RuntimeError(), request.url)
        await self._no_article(request.cb_kwargs["link"], trouble)

    async def _no_article(self, link: Link, trouble: Trouble) -> None:
        settled = trouble.problem not in NOT_TRIED and await self.stored(
            self.context.store.link_problem(self.visit.source.id, [link], trouble.state, trouble.problem)
        )
        if settled:
            self.visit.settled(link)
        else:
            self.visit.lost(link, trouble)

    # -- articles read once more -------------------------------------------------------------------------------------
    async def due_again(self) -> list[Link]:
        """Those whose time has come and that no crawl is about to ask for."""
        due = await self.stored(self.context.store.due_again(self.visit.source.id))
        mine = {key: link for link in due if (key := url_key(link.url)) not in self.context.claimed}
        self.visit.claimed.update(mine)
        self.context.claimed.update(mine)
        return list(mine.values())

    async def article_again(self, response: Response, link: Link) -> None:
        """An answer came for an article that we have. What is no whole article now (a login wall, a notice) says nothing of it."""
        try:
            record = await read_page(response, link, self.context)
        except Trouble as trouble:
            await self._nothing_new(link, trouble)
            return
        if record.problem is None:
            added = await self.stored(self.context.store.keep(self.visit.source.id, [Kept(link, record)]))
            self.visit.kept(link, added[0])
        await self.stored(self.context.store.looked_again(self.visit.source.id, link))

    async def no_answer_again(self, failure: Failure) -> None:
        """No answer came for an article that we have."""
        request: Request = failure.request  # type: ignore[attr-defined]
        await self._nothing_new(request.cb_kwargs["link"], from_exception(failure.value or RuntimeError(), request.url))

    async def _nothing_new(self, link: Link, trouble: Trouble) -> None:
        """The article stays as it is; it is no mark against the source either."""
        self.visit.backed_off(trouble.retry_after)
        if trouble.problem not in NOT_TRIED:
            withdrawn = trouble.problem in ("http-404", "http-410")
            await self.stored(self.context.store.looked_again(self.visit.source.id, link, withdrawn=withdrawn))

    async def stored(self, call: Awaitable[T]) -> T:
        """What the store answers; where it cannot be trusted any more the crawl ends."""
        try:
            return await call
        except StoreError as error:
            self.visit.broken = error
            raise CloseSpider("store") from error


def _ask(link: Link, callback: _Callback, errback: _Errback, priority: int) -> Request:
    return Request(link.url, callback=callback, errback=errback, cb_kwargs={"link": link}, priority=priority, dont_filter=True)


def _validators(response: Response) -> Validators:
    etag = (response.headers.get("ETag") or b"").decode("latin-1")[:500]
    modified = (response.headers.get("Last-Modified") or b"").decode("latin-1")[:100]
    return Validators(etag or None, modified or None, hashlib.sha256(response.body).hexdigest()[:32])
