"""Which source a command means, and how an article of one is shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from racewire.cli.session import Session
from racewire.config import Crawl, Source
from racewire.errors import UsageError
from racewire.model import Record
from racewire.text.terminal import one_line, shortened


def crawl_settings(session: Session) -> Crawl:
    """Those of the config, or the defaults where there is none."""
    return session.config.crawl if session.has_config() else Crawl()


def source_for(session: Session, what: str, kind: str, links: str | None) -> Source:
    """The source of the config with that id, a known one, or one made of an address."""
    from pydantic import ValidationError

    from racewire.config.starters import known_sources

    if session.has_config():
        for one in session.config.source:
            if what == one.id:
                return one
    for known in known_sources():
        if what == known.id:
            return Source.model_validate(
                {"id": known.id, "url": known.url, "kind": known.kind, "lang": known.lang, "country": known.country}
            )
    try:
        return Source.model_validate({"id": id_for(what), "url": what, "kind": kind, "links": links})
    except ValidationError as error:
        message = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageError(f"'{what[:100]}' is neither the id of a source nor an address: {message}") from None


def id_for(url: str) -> str:
    """An id made of an address: its host."""
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", host.casefold()).strip("-")[:100] or "source"


def shown(record: Record) -> dict[str, str]:
    """What `source try` says of an article."""
    published = f"{record.published_at:%Y-%m-%dT%H:%M:%SZ} ({record.published_precision})" if record.published_at else "not found"
    names = dict.fromkeys(mention.entity for mention in (*record.mentions, *record.title_mentions))
    return {
        "url": one_line(record.url),
        "title": one_line(record.title) or "not found",
        "published": published,
        "language": record.lang or "unknown",
        "text": f"{len(record.text)} characters: {shortened(one_line(record.text[:300]), 120)}",
        "names": ", ".join(names) or "none",
        "figures": ", ".join(f"{one_line(figure.surface)} ({figure.role})" for figure in (*record.figures, *record.title_figures))
        or "none",
    } | ({"problem": record.problem} if record.problem else {})
