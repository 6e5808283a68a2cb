"""JSON Feed, versions 1 and 1.1 (https://jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json

from crawler.feeds.links import Link, clean_title, iso_time, resolve

MOST_ITEMS = 2_000


def read_json_feed(body: bytes, base: str) -> tuple[Link, ...] | None:
    """The links in document order, or None where this is JSON but no feed."""
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    if "jsonfeed.org" not in str(feed.get("version", "")):
        return None
    links = (_from_item(item, base) for item in feed["items"][:MOST_ITEMS] if isinstance(item, dict))
    return tuple(link for link in links if link)


def _from_item(item: dict[str, object], base: str) -> Link | None:
    guid = _text(item, "id")
    url = resolve(_text(item, "url"), base) or resolve(_text(item, "external_url"), base)
    if url is None and guid and guid.startswith(("http://", "https://")):
        url = resolve(guid, base)
    if url is None:
        return None
    return Link(
        url,
        clean_title(_text(item, "title")),
        iso_time(_text(item, "date_published")),
        iso_time(_text(item, "date_modified")),
        guid and guid[:500],
    )


def _text(item: dict[str, object], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) else None
