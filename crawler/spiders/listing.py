"""A page that lists articles."""

from __future__ import annotations

from crawler.feeds import Link
from crawler.spiders.base import SourceSpider


class ListingSpider(SourceSpider):
    """Reads the links that the source's selector picks, or those that look like articles."""

    name = "listing"
    kinds = frozenset({"page", "feed"})

    async def links(self) -> list[Link]:
        url = self.visit.source.url
        page = await self.document(url)
        return [] if page is None else self.page_links(page, url)
