"""A look at markup before anything else reads it: how deep, how wide, how many, and what it declares.

feedparser takes quadratic time over one element with very many attributes (200,000 of them: minutes), and more than ten
seconds over 100,000 items. libxml2 takes a fraction of a second over both, so it looks first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from crawler.feeds.links import UnsafeXml

DEEPEST = 100
MOST_ATTRIBUTES = 200  # of one element
MOST_ELEMENTS = 1_000_000
_CHUNK = 1 << 16
_ITEMS = frozenset({"item", "entry", "url", "sitemap"})
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,2000}\[", re.I)
_ENTITY = re.compile(
    rb"<!ENTITY\s{1,20}(?:%\s{1,20})?[^\s\"']{1,100}\s{1,20}(SYSTEM\b|PUBLIC\b|\"[^\"]{0,100000}\"|'[^']{0,100000}')", re.I
)
_REFERENCE = re.compile(rb"[&%][A-Za-z_]")
_END = re.compile(rb"</\s*(?:[\w.-]+:)?(?:rss|feed|RDF|urlset|sitemapindex)\s*>$", re.I)


# One start tag with its quoted values. Possessive throughout, and content with the end of the text: linear time on anything.
_START_TAG = re.compile(rb"<[A-Za-z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+(?:>|\Z)")
_QUOTED = re.compile(rb"\"[^\"]*+\"|'[^']*+'")
_LONG_TAG = 20_000  # bytes; no shorter one can have too many attributes


@dataclass(frozen=True, slots=True)
class Outline:
    """`root` is the local name of the first element in lower case; `items` counts entries; `whole` is False for a document
    cut short."""

    root: str
    items: int
    whole: bool
    base: str | None = None


def pull_parser(*events: Literal["start", "end"]) -> etree.XMLPullParser[etree._Element]:
    """A parser that loads nothing, expands nothing and forgives what can be forgiven."""
    return etree.XMLPullParser(
        events=events,
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def outline(body: bytes) -> Outline:
    """Look `body` over. Raises UnsafeXml for what no parser should be given."""
    _check_entities(body)
    parser = pull_parser("start", "end")
    depth = items = elements = 0
    root = ""
    base: str | None = None
    try:
        for start in range(0, len(body), _CHUNK):
            parser.feed(body[start : start + _CHUNK])
            for event, element in parser.read_events():
                if event == "end":
                    depth -= 1
                    element.clear()
                    continue
                depth += 1
                elements += 1
                name = local_name(element)
                if not root:
                    root = name
                    base = element.get("{http://www.w3.org/XML/1998/namespace}base")
                items += name in _ITEMS
                if depth > DEEPEST or elements > MOST_ELEMENTS or len(element.attrib) > MOST_ATTRIBUTES:
                    raise UnsafeXml("nested, long or wide beyond any feed")
    except etree.XMLSyntaxError:
        pass  # what was read so far stands
    return Outline(root, items, _is_whole(body[-4_000:]), base)


def _is_whole(tail: bytes) -> bool:
    """Whether a document ends as one does: with the end of its root, and nothing but comments after it."""
    tail = tail.rstrip(b"\x00 \t\r\n")
    while tail.endswith(b"-->") and b"<!--" in tail:
        tail = tail[: tail.rindex(b"<!--")].rstrip()
    return _END.search(tail) is not None


def is_overgrown(page: bytes) -> bool:
    """Whether some tag of a page has over 10,000 attributes: libxml2's HTML parser compares each with all before it, which
    takes minutes."""
    for match in _START_TAG.finditer(page):
        if match.end() - match.start() > _LONG_TAG and len(_QUOTED.sub(b"", match[0]).split()) > _LONG_TAG // 2:
            return True
    return False


def local_name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _check_entities(body: bytes) -> None:
    head = body[:200_000]
    if not _DOCTYPE.search(head):
        return
    for match in _ENTITY.finditer(head):
        value = match[1]
        if value[:1] not in b"\"'" or _REFERENCE.search(value):
            raise UnsafeXml("declares entities that reach outside or into each other")
