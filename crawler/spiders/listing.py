"""A page that lists articles."""

from __future__ import annotations

from crawler.feeds import Link
from crawler.problems import Trouble
from crawler.spiders.base import SourceSpider


class ListingSpider(SourceSpider):
    """Reads the links that the source's selector picks, or those that look like articles."""

    name = "listing"
    kinds = frozenset({"page", "feed"})

    async def links(self) -> list[Link]:
        url = self.visit.source.url
        page = await self.document(url)
        if page is None:
            return []
        if not page.links:
            picked = f"links = {self.visit.source.links!r}" if self.visit.source.links else "what looks like an article"
            raise Trouble("no-links", f"{url} holds no link to {picked}")
        return list(page.links)
