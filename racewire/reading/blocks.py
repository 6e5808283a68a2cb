"""The tree of a page as a flat list of text blocks, each knowing its containers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

SKIP = frozenset(
    """
    script style noscript template svg math button select option textarea input iframe object embed video audio canvas map head
    nav dialog datalist progress meter
    """.split()
)
INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike strong sub
    sup time tt u var wbr img picture source nobr center
    """.split()
)
MAX_BLOCKS = 20_000
MAX_DEPTH = 240
_JUNK = re.compile(
    r"comment|relate|recommend|share|social|promo|newsletter|subscri|cookie|consent|banner|advert|sponsor|breadcrumb|sidebar|widget"
    r"|footer|copyright|disqus|outbrain|taboola|teaser|most-?read|trending|popular|pagination|pager|tags?\b|tag-?list|toolbar|popup|modal"
    r"|signup|sign-up|signin|login|paywall|print-only|hidden|screen-reader|sr-only|visually-hidden|read-?more|also-?read|author-?(?:bio|box)",
    re.I,
)
_CAPTION = re.compile(r"caption|credit|figure|photo|image|gallery|media|legend|bildunter", re.I)
_BYLINE = re.compile(r"byline|author|date|time|publish|meta|kicker|dachzeile", re.I)
JUNK, CAPTION, BYLINE, HIDDEN, ASIDE, FOOTER, HEADER, FIGURE, LIST, TABLE, FORM, QUOTE = (1 << n for n in range(12))
_TAG_FLAGS = {"aside": ASIDE, "footer": FOOTER, "header": HEADER, "figure": FIGURE, "figcaption": CAPTION, "ul": LIST, "ol": LIST,
              "table": TABLE, "form": FORM, "blockquote": QUOTE, "dl": LIST}  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Container:
    """A block element: its blocks are `blocks[start:end]` of the page."""

    tag: str
    parent: int
    names: str
    depth: int
    start: int
    own: int = 0
    end: int = 0
    flags: int = 0


@dataclass(slots=True)
class Block:
    """A run of text between two block boundaries."""

    text: str
    tag: str
    container: int
    flags: int
    linked: int
    links: int
    names: str


@dataclass(slots=True)
class Blocks:
    """All blocks of a page in document order, and the containers that hold them."""

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)


class _Walk:
    def __init__(self) -> None:
        self.found = Blocks()
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0

    def flush(self, tag: str, container: int, names: str) -> None:
        if not self.parts:
            return
        raw = "".join(self.parts)
        self.parts.clear()
        lines = [" ".join(line.split()) for line in raw.split("\n\x00")] if "\x00" in raw else [" ".join(raw.split())]
        text = "\n".join(line for line in lines if line)
        if text:
            self.found.blocks.append(Block(text, tag, container, 0, self.linked, self.links, names))
        self.linked = self.links = 0

    def block(self, element: etree._Element, parent: int, depth: int) -> None:
        tag = element.tag
        flags = 0
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(names) > 1:
            if _JUNK.search(names):
                flags |= JUNK
            if _CAPTION.search(names):
                flags |= CAPTION
            if _BYLINE.search(names):
                flags |= BYLINE
        flags |= _TAG_FLAGS.get(tag, 0)
        style = element.get("style")
        if style and "display:none" in style.replace(" ", ""):
            flags |= HIDDEN
        containers = self.found.containers
        index = len(containers)
        here = Container(tag, parent, names, depth, len(self.found.blocks), flags)
        containers.append(here)
        if element.text:
            self.parts.append(element.text)
        self.children(element, index, depth, tag, names, False)
        self.flush(tag, index, names)
        here.end = len(self.found.blocks)

    def children(self, element: etree._Element, container: int, depth: int, tag: str, names: str, link: bool) -> None:
        if depth > MAX_DEPTH or len(self.found.blocks) > MAX_BLOCKS:
            return
        for child in element:
            kind = child.tag
            if kind in INLINE:
                inside = link
                if kind == "a":
                    inside = True
                    self.links += 1
                text = child.text
                if text:
                    self.parts.append(text)
                    if inside:
                        self.linked += len(text.strip())
                if len(child):
                    self.children(child, container, depth + 1, tag, names, inside)
            elif kind == "br":
                self.parts.append("\n\x00")
            elif kind in SKIP:
                pass
            elif kind == "hr":
                self.flush(tag, container, names)
            else:
                self.flush(tag, container, names)
                self.block(child, container, depth + 1)
            tail = child.tail
            if tail:
                self.parts.append(tail)
                if link:
                    self.linked += len(tail.strip())


def blocks_of(root: etree._Element) -> Blocks:
    """The blocks of the page's body; menus, scripts, forms' controls and embedded things are passed over."""
    body = root.find("body")
    walk = _Walk()
    walk.block(body if body is not None else root, -1, 0)
    _inherit(walk.found)
    return walk.found


def _inherit(page: Blocks) -> None:
    """Hand flags down the tree, save those of a container that holds a third of the page's running text: its name misleads."""
    sums = [0]
    for block in page.blocks:
        sums.append(sums[-1] + (len(block.text) if len(block.text) > 60 and block.linked * 2 < len(block.text) else 0))
    for container in page.containers:
        own = container.own
        if own and 3 * (sums[container.end] - sums[container.start]) > sums[-1]:
            own &= QUOTE
        container.flags = own | (page.containers[container.parent].flags if container.parent >= 0 else 0)
    for block in page.blocks:
        block.flags = page.containers[block.container].flags
