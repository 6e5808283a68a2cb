"""The headline of a page, without the name of its site."""

from __future__ import annotations

import re
import unicodedata

from racewire.reading import jsonld
from racewire.reading.head import Head
from racewire.reading.jsonld import Node
from racewire.text.case import letters_and_digits

MAX_TITLE = 500
# Signs that part a headline from the name of a site or section.
_BREAK = re.compile(r"\s+[-–—|｜•·*»«:~/]{1,2}\s+|\s*[|｜ㅣ]\s*|\s*_\s+|\s*[：:]\s*|-(?=[^\s-]+ㅣ)|\s+\[[^\]]*\]\s*$")
_NOISE = {0xAD: None, 0x200B: None, 0x2060: None}
# How much the places count where a headline stands; measured on pages of 100 publishers, see docs/reading.md.
_VOTES = {"meta og:title": 2.5, "json-ld headline": 1.0, "h1": 1.0, "title": 0.3, "meta twitter:title": 0.1}
_METAS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title", "title")


def headline(head: Head, article: Node | None, names: frozenset[str]) -> tuple[str, str]:
    """The headline and where it was found; two empty strings where a page has none.

    The places vote, those that say the same together: papers write one headline for readers and another for search engines.
    """
    told = [(text, source) for text, source in _candidates(head, article) if text]
    plain = [(_tidy(text), source) for text, source in told]
    votes: dict[str, float] = {}
    shown: dict[str, tuple[str, str]] = {}
    shorn = [(without_site(text, names), source) for text, source in plain]
    whole = {fold(text) for text, source in shorn if source in ("h1", "json-ld headline")}
    for text, source in shorn:
        text = _without_section(text, whole)
        key = fold(text)
        if not key or (source == "h1" and key in names):
            continue
        votes[key] = votes.get(key, 0.0) + _VOTES.get(source, 0.2)
        if key not in shown or source == "meta og:title":
            shown[key] = (text[:MAX_TITLE], source)
    if not votes:
        return (plain[0][0][:MAX_TITLE], plain[0][1]) if plain else ("", "")
    return shown[max(votes, key=lambda key: votes[key])]


def _candidates(head: Head, article: Node | None) -> list[tuple[str, str]]:
    found = []
    if article is not None and (text := jsonld.text_of(article, "headline")):
        found.append((text, "json-ld headline"))
    for key in _METAS:
        if key in head.meta and (key in ("og:title", "twitter:title") or len(found) < 2):
            found.append((next((value for value in head.meta[key] if value), ""), f"meta {key}"))
    titles = [title for title in head.titles if title]
    if titles:
        found.append((titles[0], "title"))
    if heading := _heading(head.h1s, [text for text, _ in found]):
        found.insert(0, (heading, "h1"))
    return found


def _heading(h1s: list[str], others: list[str]) -> str:
    """The h1 that another place repeats, else the first."""
    known = [key for key in (fold(text) for text in others) if key]
    headings = [h1 for h1 in h1s if h1]
    for heading in headings:
        key = fold(heading)
        if len(key) > 8 and any(key in other or (len(other) > 15 and other in key) for other in known):
            return heading
    return headings[0] if headings else ""


def without_site(title: str, names: frozenset[str]) -> str:
    """A title without the site's name at its end, or else at its start."""
    breaks = [found.span() for found in _BREAK.finditer(title)]
    end = len(title)
    for start, after in reversed(breaks):
        section = end < len(title) and after - start == 1 and title[start] == "-"  # "…-정치ㅣ한국일보"
        if not section and not _names_site(fold(title[after:end]), names):
            break
        end = start
    if end < len(title):
        return title[:end]
    if breaks and _names_site(fold(title[: breaks[0][0]]), names):
        return title[breaks[0][1] :]
    return title


def _without_section(title: str, whole: set[str]) -> str:
    """A title without what follows a headline that is known to be whole."""
    if fold(title) in whole:
        return title
    return next((title[: found.start()] for found in _BREAK.finditer(title) if fold(title[: found.start()]) in whole), title)


def _names_site(part: str, names: frozenset[str]) -> bool:
    return part in names or any(len(name) > 3 and len(part) > 3 and (name in part or part in name) for name in names)


def site_names(site: str | None, host: str) -> frozenset[str]:
    """The folded names by which a site calls itself: its declared name, its host and the words of that."""
    labels = [
        label
        for label in host.removeprefix("www.").split(".")[:-1]
        if label not in ("co", "com", "net", "org", "news", "m", "amp")
    ]
    return frozenset(name for name in (fold(site or ""), fold(host.removeprefix("www.")), *map(fold, labels)) if len(name) > 1)


def _tidy(text: str) -> str:
    return " ".join(text.translate(_NOISE).split())


def fold(text: str) -> str:
    """Letters and digits, lower case: equal for two writings of one headline."""
    return letters_and_digits(unicodedata.normalize("NFKC", text))
