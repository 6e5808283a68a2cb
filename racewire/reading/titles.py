"""The headline of a page, without the name of its site."""

from __future__ import annotations

import re
import unicodedata

from racewire.reading import jsonld
from racewire.reading.head import Head
from racewire.reading.jsonld import Node

_PARTS = re.compile(r"\s+[|｜•·—–-]\s+|\s*[|｜_]\s*|\s+::?\s+|\s+»\s+")
MAX_TITLE = 500


def headline(head: Head, article: Node | None, site: str | None) -> tuple[str, str]:
    """The headline and where it was found; two empty strings where a page has none."""
    heading = [h for h in head.h1s if h]
    candidates = []
    if article is not None and (text := jsonld.text_of(article, "headline")):
        candidates.append((text, "json-ld headline"))
    if found := head.first("og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title", "title"):
        candidates.append((found[0], f"meta {found[1]}"))
    titles = [t for t in head.titles if t]
    if titles:
        candidates.append((titles[0], "title"))
    for h1 in heading:
        if any(_agree(h1, text) for text, _ in candidates):
            return h1[:MAX_TITLE], "h1"
    if len(heading) == 1 and not candidates:
        return heading[0][:MAX_TITLE], "h1"
    for text, source in candidates:
        return without_site(text, site)[:MAX_TITLE], source
    return (heading[0][:MAX_TITLE], "h1") if heading else ("", "")


def without_site(title: str, site: str | None) -> str:
    """A page title without the site's name at its end or start."""
    parts = _PARTS.split(title)
    if len(parts) < 2:
        return title
    last = title.rfind(parts[-1])
    kept = _PARTS.split(title[:last].rstrip())
    head = title[:last].rstrip(" |｜•·—–-_:»\u3000")
    if site and _fold(parts[-1]) == _fold(site):
        return head
    if len(parts[-1].split()) <= 4 and len(head) > 2 * len(parts[-1]) and kept:
        return head
    return title


def _agree(heading: str, title: str) -> bool:
    a, b = _fold(heading), _fold(title)
    return bool(a) and (a == b or (len(a) > 15 and a in b) or (len(b) > 15 and b in a))


def _fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
