"""A sitemap, or an index of sitemaps."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from crawler.feeds import Link
from crawler.problems import Trouble
from crawler.spiders.base import SourceSpider

DEEPEST = 3  # an index in an index in an index
MOST_DOCUMENTS = 20  # sitemaps asked for in one pass
ENOUGH_LINKS = 5_000  # after which no further sitemap is asked for


class SitemapSpider(SourceSpider):
    """Reads the sitemap at the source's address; of an index the sitemaps for news and those that changed last."""

    name = "sitemap"
    kinds = frozenset({"sitemap", "index", "feed"})

    async def links(self) -> list[Link]:
        return await self.sitemaps([self.visit.source.url])

    async def sitemaps(self, urls: Iterable[str]) -> list[Link]:
        """The links below these documents. One that fails is noted and the others are read; raises its Trouble where it is
        the only one."""
        queue = deque((url, 1) for url in urls)
        seen = {url for url, _ in queue}
        links: list[Link] = []
        changed: list[str] = []
        while queue and len(seen) - len(queue) < MOST_DOCUMENTS and len(links) < ENOUGH_LINKS:
            url, depth = queue.popleft()
            try:
                document = await self.document(url)
            except Trouble as trouble:
                if len(seen) == 1 or trouble.problem == "stopped":
                    raise
                self.visit.fail(trouble)
                continue
            if document is None:
                # an index need not change when the sitemaps that it names do
                children: Iterable[str] = (known for known in self.visit.memory.validators if known != self.visit.source.url)
            else:
                links.extend(document.links)
                changed += [url] if document.kind != "index" else []
                children = document.children if document.kind == "index" and depth < DEEPEST else ()
            fresh = [child for child in children if child not in seen][:MOST_DOCUMENTS]
            seen.update(fresh)
            queue.extend((child, depth + 1) for child in fresh)
        return self.some_links(links, changed[0]) if changed else links
