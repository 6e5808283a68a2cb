"""From the bytes of a feed, a sitemap or a page to the links it holds. Pure, without Scrapy; the reading is done in the
workers.

`crawler.feeds.reader.read_document` is what reads; it is not imported here, so that the daemon itself stays small.
"""

from __future__ import annotations

from crawler.feeds.links import Document, Link, newest_first

__all__ = ["Document", "Link", "newest_first"]
