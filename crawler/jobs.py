"""What the workers do. The reading machinery is imported inside: the daemon names these functions and must not carry their
weight."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.problems import Trouble

if TYPE_CHECKING:
    from crawler.feeds import Document
    from racewire.entities import Gazetteer
    from racewire.model import Record


def read_document(body: bytes, url: str, *, content_type: str, selector: str | None, limit: int) -> Document:
    """The links of a feed, sitemap or page; see crawler.feeds.reader."""
    from crawler.feeds import reader

    return reader.read_document(body, url, content_type=content_type, selector=selector, limit=limit)


def read_article(
    body: bytes,
    url: str,
    *,
    fetched_at: datetime,
    encoding: str | None,
    lang: str | None,
    country: str | None,
    timezone: str | None,
    entities: tuple[str, int] | None,
) -> Record:
    """The record of one page; see racewire.analysis. `entities` is the user's own entities file and when it
    was changed, so that a worker that knows an older one reads it again."""
    from crawler.feeds.guard import is_overgrown
    from racewire.analysis import analyse
    from racewire.reading import Hints

    if is_overgrown(body):
        raise Trouble("unsafe-markup", f"{url} holds a tag with thousands of attributes", "unreadable")
    hints = Hints(lang=lang, country=country, timezone=timezone)
    return analyse(body, url, fetched_at=fetched_at, encoding=encoding, hints=hints, entities=_gazetteer(entities))


@lru_cache(maxsize=1)
def _gazetteer(file: tuple[str, int] | None) -> Gazetteer:
    from racewire.entities import Gazetteer

    return Gazetteer.load(file[0]) if file else Gazetteer.shipped()


def warm_up() -> None:
    """What a worker does before its first job, so that no job's time limit pays for it."""
    import racewire.analysis  # noqa: F401

    read_document(b"<html><body><a href=/1>x</a></body></html>", "http://a.example/", content_type="", selector="a", limit=1000)
    _gazetteer(None)
