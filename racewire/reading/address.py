"""The canonical address, the site's name and the lead image."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from racewire.reading import jsonld
from racewire.reading.head import Head
from racewire.reading.jsonld import Json, Node


def absolute(url: str, base: str) -> str | None:
    """A web address made absolute, None where it is not one."""
    url = url.strip()
    if not url or len(url) > 2_000 or not url.isprintable():
        return None
    try:
        whole = urljoin(base, url)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.hostname else None


def host_of(url: str) -> str:
    """The host of an address, lower case; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def canonical(head: Head, url: str) -> tuple[str | None, str]:
    """What the page declares to be its own address, and where."""
    for value in head.links.get("canonical", ()):
        if found := absolute(value, url):
            return found, "link canonical"
    if (shared := head.first("og:url")) and (found := absolute(shared[0], url)):
        return found, "meta og:url"
    return absolute(url, url), "url"


def site_name(head: Head, article: Node | None) -> tuple[str | None, str]:
    """The name of the site, and where it stands."""
    if found := head.first("og:site_name", "application-name"):
        return found[0][:200], f"meta {found[1]}"
    if article is not None and (text := jsonld.text_of(article, "publisher")):
        return text[:200], "json-ld publisher"
    return None, ""


def image(head: Head, article: Node | None, url: str) -> tuple[str | None, str]:
    """The lead image, and where it stands."""
    if (value := head.first("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")) and (
        found := absolute(value[0], url)
    ):
        return found, f"meta {value[1]}"
    if article is not None and (text := _image_url(article.get("image"))) and (found := absolute(text, url)):
        return found, "json-ld image"
    return None, ""


def _image_url(value: Json) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
        if isinstance(value, list):
            value = value[0] if value else None
    return value if isinstance(value, str) else None
