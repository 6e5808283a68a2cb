"""Who wrote a page."""

from __future__ import annotations

import re

from racewire.reading import jsonld
from racewire.reading.head import Head
from racewire.reading.jsonld import Node

_LEAD = re.compile(
    r"^(?:by|von|par|por|di|da|door|av|af|autor|author|автор|文|記者|记者|作者|text|text von|words by|reporting by)\s*[:：]?\s+",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:;|\||,\s+(?!(?:jr|sr|dr|ph\.?d|md)\b)|\s+(?:and|und|et|e|y|og|och|en|ve|und|&)\s+)\s*", re.I)
MAX_AUTHORS = 20


def writers(head: Head, article: Node | None) -> tuple[tuple[str, ...], str]:
    """The names in page order, and where they were found."""
    if article is not None:
        for key in ("author", "creator"):
            names = _names(list(jsonld.strings(article.get(key))))
            if names:
                return names, f"json-ld {key}"
    for key in (
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "cxenseparse:author",
    ):
        names = _names([n for value in head.meta.get(key, ()) for n in _SPLIT.split(value)])
        if names:
            return names, f"meta {key}"
    return (), ""


def _names(raw: list[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in raw:
        name = _LEAD.sub("", name.strip()).strip(" ,;|")
        if name and not name.startswith(("http:", "https:", "/", "www.")) and len(name) <= 100:
            kept.setdefault(name.casefold(), name)
    return tuple(list(kept.values())[:MAX_AUTHORS])
