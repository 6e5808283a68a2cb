"""One spider for each kind of source; all they differ in is which documents they read for links."""

from __future__ import annotations

from crawler.spiders.auto import AutoSpider
from crawler.spiders.base import SourceSpider
from crawler.spiders.feed import FeedSpider
from crawler.spiders.listing import ListingSpider
from crawler.spiders.sitemap import SitemapSpider

SPIDERS: dict[str, type[SourceSpider]] = {
    "feed": FeedSpider,
    "sitemap": SitemapSpider,
    "listing": ListingSpider,
    "auto": AutoSpider,
}

__all__ = ["SPIDERS", "AutoSpider", "FeedSpider", "ListingSpider", "SitemapSpider", "SourceSpider"]
