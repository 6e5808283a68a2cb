"""A feed: RSS, RDF, Atom or JSON Feed."""

from __future__ import annotations

from crawler.feeds import Link
from crawler.spiders.base import SourceSpider


class FeedSpider(SourceSpider):
    """Reads the feed at the source's address."""

    name = "feed"
    kinds = frozenset({"feed", "sitemap"})

    async def links(self) -> list[Link]:
        url = self.visit.source.url
        feed = await self.document(url)
        return [] if feed is None else self.some_links(feed.links, url)
