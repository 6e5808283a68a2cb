"""Scrapy's settings for crawls of strangers' sites inside a daemon.

Components are listed, not switched off: a component that a later Scrapy turns on by default (as 2.19 did with its remote
control) does not come in. Each value differs from Scrapy's default for the reason beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.unpack import ACCEPT_ENCODING
from racewire import __version__

if TYPE_CHECKING:
    from racewire.config import Crawl

MOST_REDIRECTS = 5
HANDLERS = {"http": "crawler.handler.Handler", "https": "crawler.handler.Handler"}


def user_agent(contact: str) -> str:
    """`racewire/0.1.0 (+mailto:ops@example.org)`; an address on the web is taken as it is."""
    contact = "".join(char for char in contact if char.isprintable() and char not in "()").strip()
    if not contact:
        return f"racewire/{__version__}"
    return f"racewire/{__version__} (+{contact if '://' in contact or contact.startswith('mailto:') else 'mailto:' + contact})"


def scrapy_settings(crawl: Crawl, *, reactor: bool = False) -> dict[str, object]:
    """The settings of every crawl. `reactor` runs them under Twisted's asyncio reactor instead of the bare loop."""
    return {
        "TWISTED_REACTOR_ENABLED": reactor,
        "USER_AGENT": user_agent(crawl.contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": ACCEPT_ENCODING,
        },
        # http and https through the guard; no file:, data:, ftp: or s3: for a redirect to lead to
        "DOWNLOAD_HANDLERS_BASE": {},  # Scrapy writes its own for http and https into this one
        "DOWNLOAD_HANDLERS": dict(HANDLERS),
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "crawler.middlewares.Gate": 100,
            "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
            "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
            "crawler.middlewares.Retries": 550,
            "crawler.middlewares.Redirects": 600,
        },
        "SPIDER_MIDDLEWARES_BASE": {},  # no referer; statuses are judged in the spider
        "EXTENSIONS_BASE": {"scrapy.extensions.corestats.CoreStats": 0},  # no telnet, no remote control, no timers
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # links are compared by URL key before they become requests
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_TIMEOUT": crawl.timeout,
        "DOWNLOAD_MAXSIZE": crawl.max_size,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_DELAY": 0,  # the pace is kept in the handler, for all crawls together
        "CONCURRENT_REQUESTS": 4,  # of one crawl, which seldom asks more than one host
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 2 * crawl.max_size,  # pages waiting to be read hold back further downloads
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,  # would parse the source of each callback
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
    }
