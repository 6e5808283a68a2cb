"""Who wrote a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from racewire.reading import jsonld
from racewire.reading.blocks import Blocks
from racewire.reading.head import Head, text_content
from racewire.reading.jsonld import Json, Node
from racewire.reading.names import BITS
from racewire.reading.titles import fold

MAX_AUTHORS = 20
_KEYS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "cxenseparse:author",
         "dcsext.author", "citation_author", "article.author", "og:article:author", "rbauthors")  # fmt: skip
# Words before a name, by language; the longest first.
_LEAD = re.compile(
    r"^(?:by|from|text und fotos|text von|ein(?:e)? \w+ von|von|par|por|di|da|door|av|af|autor(?:in|es|a|i)?|author|auteurs?|autore|автор|текст|text|tekst|texte|words by|story by|written by"
    r"|reporting by|reported by|posted by|published by|yazan|penulis|oleh|tác giả|文|記者|记者|作者|編集|撰文)\s*[:：/]?\s+|^(?:記者|记者|作者|文)[:：/]?",
    re.I,
)
_TRAIL = re.compile(r"\s*(?:기자|記者|记者|特派員|論説委員)$|\s+(?:\||·|•|-|–|—)\s.*$|\s*[|｜/]\s*$")
_AND = re.compile(r"\s*[;|、／]\s*|\s+(?:and|und|et|y|og|och|en|ve|und|&|e|и|та|a)\s+", re.I)
_COMMA = re.compile(r"\s*,\s*")
_AGENCIES = frozenset(
    [
        "dpa",
        "afp",
        "ap",
        "reuters",
        "apa",
        "sda",
        "ansa",
        "efe",
        "ritzau",
        "ntb",
        "tt",
        "pap",
        "čtk",
        "tass",
        "afp/dpa",
        "kna",
        "epd",
        "sid",
        "upi",
        "pti",
        "ani",
        "xinhua",
    ]
)
_JUNK = re.compile(r"https?:|^www\.|^/|^@|[{}<>()\[\]=]|\d{3}|image:|photo|copyright|©", re.I)
# A visible name: two to five words with a capital (small particles between them), or two to five Chinese, Japanese or Korean signs.
_NAME = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*)(?:\s+(?:de|da|del|della|di|du|van|von|der|den|ter|la|le|bin|al|el|af|dos|e|y)\b)*(?:\s+[^\W\d_a-z][\w.'’-]*){1,4}"
    r"|[\u4e00-\u9fff\uac00-\ud7af\u3040-\u30ff]{2,4}(?:\s[\u4e00-\u9fff\u3040-\u30ff]{1,3})?"
)
_NEAR = 14


@dataclass(frozen=True, slots=True)
class Writers:
    """The names in page order and where they were found; `weak` where they are the site itself rather than people."""

    names: tuple[str, ...] = ()
    source: str = ""
    weak: bool = True


def declared(head: Head, article: Node | None, site: frozenset[str]) -> Writers:
    """The names that the page's data tells; people before organisations."""
    found: list[Writers] = []
    if article is not None:
        people = {node["@id"]: node for node in head.nodes if isinstance(node.get("@id"), str) and "name" in node}
        for key in ("author", "creator"):
            names = _names(_split(_told(article.get(key), people)))
            if names:
                found.append(_judged(names, f"json-ld {key}", site, _organisation(article.get(key))))
    for key in _KEYS:
        if key in head.meta:
            names = _names(_split(head.meta[key]))
            if names:
                found.append(_judged(names, f"meta {key}", site, False))
    return next((writers for writers in found if not writers.weak), found[0] if found else Writers())


def visible(root: etree._Element, page: Blocks, anchor: int | None, last: int) -> Writers:
    """The names of a byline: marked as author in the markup, or in a block named so beside the headline or after the text."""
    names = _names(_split([text_content(element) for element in islice(_marked(root), 12)]), strict=True)
    if names:
        return Writers(names, "markup author", False)
    start = anchor or 0
    for index, block in enumerate(page.blocks):
        near = start - 6 <= index <= start + _NEAR or last < index <= last + 3
        if not near or len(block.text) > 160:
            continue
        container = page.containers[block.container]
        named = (container.own | (page.containers[container.parent].own if container.parent >= 0 else 0)) & BITS["person"]
        lead = _LEAD.match(block.text)
        if named or lead:
            names = _names(_split(block.text.split("\n")), strict=True)
            if names:
                return Writers(names, "byline", False)
    return Writers()


def _marked(root: etree._Element) -> Iterator[etree._Element]:
    """The elements that the markup calls the author, in page order."""
    for element in root.iter():
        if element.get("itemprop") == "author" or (element.tag == "a" and element.get("rel") == "author"):
            yield element


def _judged(names: tuple[str, ...], source: str, site: frozenset[str], organisation: bool) -> Writers:
    people = tuple(name for name in names if fold(name) not in site)
    if people and len(people) < len(names):
        return Writers(names if source.startswith("json-ld") else people, source, organisation)
    weak = organisation or not people or any(part in fold(name) for name in names for part in site if len(part) > 4)
    return Writers(names, source, weak)


def _told(value: Json, people: dict[Json, Node]) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    for item in values[:50]:
        if isinstance(item, list):
            yield from _told(item, people)
            continue
        if isinstance(item, dict) and "name" not in item:
            first, family = jsonld.text_of(item, "givenName"), jsonld.text_of(item, "familyName")
            if first or family:
                yield " ".join(part for part in (first, family) if part)
                continue
            identity = item.get("@id")
            item = people.get(identity) if isinstance(identity, str) else None
        yield from jsonld.strings(item)


def _organisation(value: Json) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(isinstance(item, dict) and any("organization" in kind for kind in jsonld.types(item)) for item in values)


def _split(raw: Iterable[str]) -> Iterable[str]:
    """Single names out of lists of names; a comma parts them only where what it parts are names or agencies."""
    for text in raw:
        for part in _AND.split(text.strip()[:300]):
            pieces = _COMMA.split(part)
            if len(pieces) > 1 and all(" " in piece.strip() or piece.strip().lower() in _AGENCIES for piece in pieces):
                yield from pieces
            else:
                yield part


def _names(raw: Iterable[str], *, strict: bool = False) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in raw:
        name = " ".join(_TRAIL.sub("", _LEAD.sub("", name.strip())).split()).strip(" ,;|:·•–—-")
        if not name or len(name) > 100 or _JUNK.search(name) or (strict and not _NAME.fullmatch(name)):
            continue
        kept.setdefault(name.casefold(), name)
    return tuple(list(kept.values())[:MAX_AUTHORS])
