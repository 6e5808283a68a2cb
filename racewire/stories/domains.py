"""The registrable domain of an address, and which canonical addresses to believe."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

ADDRESS = re.compile(r"[0-9.]+\Z|\[")


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """`news.example.co.uk` -> `example.co.uk`, by the public suffix list that tldextract ships; an IP address is itself."""
    host = host.lower().rstrip(".")
    if not host or ADDRESS.match(host) or "." not in host:
        return host
    found = _extract(host)
    return found or ".".join(host.rsplit(".", 2)[-2:])


def _extract(host: str) -> str:
    return str(_extractor()(host).top_domain_under_public_suffix)


@lru_cache(maxsize=1)
def _extractor():  # type: ignore[no-untyped-def]
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True)


def domain_of(url: str) -> str:
    """The registrable domain of an address, "" where it has no host."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return registrable_domain(host)


def trusted_canonical(url: str, canonical: str | None) -> str | None:
    """The canonical address that a page claims, where it may be believed, else None.

    It must be a web address of the same registrable domain and name a page, not the front page or a section above it:
    templates that print one canonical address on every page would else swallow a whole site.
    """
    if not canonical:
        return None
    try:
        canonical = urljoin(url, canonical.strip())
        mine, theirs = urlsplit(url), urlsplit(canonical)
    except ValueError:
        return None
    if theirs.scheme not in ("http", "https") or domain_of(url) != domain_of(canonical):
        return None
    path = theirs.path.rstrip("/")
    if path or theirs.query:
        below = mine.path.rstrip("/").startswith(path + "/") and not theirs.query
        return None if below and not mine.path.rstrip("/").endswith("/amp") else canonical
    return canonical if not mine.path.rstrip("/") and not mine.query else None
