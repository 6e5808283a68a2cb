"""A site of which only the address is known: finds out how it names its new articles, and remembers it."""

from __future__ import annotations

from crawler.feeds import Document, Link
from crawler.problems import Trouble
from crawler.spiders.sitemap import SitemapSpider

_FEEDS_TRIED = 3
_SITEMAPS_TRIED = 3
_TEMPORARY = frozenset(
    {"stopped", "timeout", "dns", "unreachable", "reset", "proxy", "backing-off", "robots-unreachable", "http-429"}
)


class AutoSpider(SitemapSpider):
    """Looks at the page: the feed that it names, else the sitemaps that robots.txt names, else the links of the page itself.

    What was found has validators under its own address; from then on it is asked directly, and the page only where it fails.
    """

    name = "auto"
    kinds = frozenset({"page", "feed", "sitemap", "index"})

    async def links(self) -> list[Link]:
        known = [url for url in self.visit.memory.validators if url != self.visit.source.url]
        if not known:
            return await self._discover(afresh=False)
        try:
            return await self.sitemaps(known)
        except Trouble as trouble:
            if trouble.problem in _TEMPORARY or trouble.problem.startswith("http-5"):
                raise
            return await self._discover(afresh=True)

    async def _discover(self, *, afresh: bool) -> list[Link]:
        url = self.visit.source.url
        page = await self.document(url, afresh=afresh)
        if page is None:
            return []
        if page.kind != "page":
            return await self._below(url, page)
        if self.visit.source.links:
            return self.page_links(page, url)
        for documents in ([feed] for feed in page.children[:_FEEDS_TRIED]):
            if found := await self._try(documents):
                return found
        if found := await self._try(self._sitemaps(url)):
            return found
        return self.page_links(page, url)

    def _sitemaps(self, url: str) -> list[str]:
        """Those that robots.txt names; a site that has one for news says so in its name, and those for pictures often come
        first."""
        robots = self.context.net.robots.known(url)
        named = robots.sitemaps if robots else ()
        return sorted(named, key=lambda sitemap: "news" not in sitemap.lower())[:_SITEMAPS_TRIED]

    async def _below(self, url: str, document: Document) -> list[Link]:
        if document.kind == "index":
            return await self.sitemaps(document.children)
        return self.some_links(document.links, url)

    async def _try(self, urls: list[str]) -> list[Link]:
        """The links below `urls`; none, and no trouble, where they do not work out."""
        try:
            return await self.sitemaps(urls)
        except Trouble as trouble:
            if trouble.problem == "stopped":
                raise
            return []
