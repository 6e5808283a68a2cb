"""The tree of a page as a flat list of text blocks, each knowing its containers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from racewire.reading.names import BITS, hints_of

SKIP = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "math", "button", "select", "option", "textarea", "input", "iframe", "object", "embed",
        "video", "audio", "canvas", "map", "head", "nav", "footer", "datalist", "progress", "meter",
    )
)  # fmt: skip
INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
        "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
        "picture", "source", "nobr", "bold", "o:p", "st1:place",
    )
)  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MAX_ELEMENTS = 20_000  # the largest of 270 news pages has 4,100
MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 200
# Tags whose text is looked at even where all of it is linked: headlines, and paragraphs that are one long link.
_KEPT = frozenset(("p", "h1", "h2", "h3", "blockquote"))
_LETTER = re.compile(r"[^\W_]")
_HIDDEN = BITS["hidden"]
# Tags that say by themselves what a class name says elsewhere, and three kinds that only tags say.
_FIRST = len(BITS)
ASIDE, FIGURE, LIST, TABLE, FORM, QUOTE, ARTICLE, MAIN, LINKED = (1 << (_FIRST + n) for n in range(9))
_TAG_FLAGS = {
    "aside": ASIDE, "figure": FIGURE, "figcaption": FIGURE | BITS["media"], "ul": LIST, "ol": LIST, "dl": LIST,
    "table": TABLE, "form": FORM, "blockquote": QUOTE, "article": ARTICLE, "main": MAIN,
}  # fmt: skip


Kind: TypeAlias = tuple[int, str, str]


@dataclass(slots=True)
class Container:
    """A block element that holds blocks: `blocks[start:end]` of the page; `own` are its hints, `flags` those inherited as well.

    `kind` is what it shares with elements like it: their parent, by its number in the page, the tag and the names.
    """

    tag: str
    parent: int
    names: str
    depth: int
    start: int
    own: int
    end: int = 0
    flags: int = 0
    kind: Kind = (0, "", "")


_PENDING = Container("", -1, "", 0, 0, 0)  # stands where one will be if it holds blocks


@dataclass(slots=True)
class Block:
    """A run of text between two block boundaries; `linked` and `bold` count its characters within links and bold type.

    Blocks that are nothing but links (menus, lists of other articles) are left out: `gap` counts those left out just before.
    """

    text: str
    tag: str
    container: int
    linked: int
    links: int
    bold: int
    gap: int = 0


@dataclass(slots=True)
class Blocks:
    """All blocks of a page in document order, and the containers that hold them (outer before inner).

    `alike` counts the block elements of each kind, with or without blocks.
    """

    blocks: list[Block] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    alike: dict[Kind, int] = field(default_factory=dict)


class _Walk:
    """Gathers text until a block boundary; its state is the text since the last one."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self.alike: dict[Kind, int] = {}
        self.hidden: dict[str, bool] = {}
        self.parts: list[str] = []
        self.linked = self.links = self.bold = self.gap = self.elements = 0
        self.room = 2 * MAX_CHARACTERS

    def hides(self, names: str) -> bool:
        """Whether the names of an inline element say that nobody sees it."""
        known = self.hidden.get(names)
        if known is None:
            known = self.hidden[names] = _may_hide(names.lower()) and bool(hints_of([names])[names] & _HIDDEN)
        return known

    def flush(self, tag: str, container: int) -> None:
        parts = self.parts
        raw = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        if len(raw) > MAX_CHARACTERS:
            raw = raw[:MAX_CHARACTERS]
        self.room -= len(raw)
        if self.room < 0:
            self.elements = MAX_ELEMENTS
        linked = 0 if tag in _KEPT else self.linked * 8
        if linked > len(raw) * 7:  # told before its blanks are put in order, which is quicker
            self.gap += 1
        else:
            if "\x00" in raw:
                text = "\n".join([line for line in [" ".join(part.split()) for part in raw.split("\x00")] if line])
            else:
                text = " ".join(raw.split())
            if linked > len(text) * 7:
                self.gap += 1
            elif _LETTER.search(text):
                self.blocks.append(Block(text, tag, container, self.linked, self.links, self.bold, self.gap))
                self.gap = 0
        self.linked = self.links = self.bold = 0

    def block(self, element: etree._Element, tag: str, text: str | None, parent: int, above: int, depth: int, link: bool) -> None:
        """`parent` is the container around, `above` the number of its element."""
        own = _TAG_FLAGS.get(tag, 0)
        if link:
            own |= LINKED
        names = ""
        for key, value in element.items():
            if key == "class" or key == "id":
                names = f"{names} {value}" if names else value
            elif key == "hidden" or (key == "style" and "display:none" in value.replace(" ", "")):
                own |= _HIDDEN
            elif key == "itemprop" and value == "articleBody":
                own |= BITS["body"]
        kind = (above, tag, names)
        self.alike[kind] = self.alike.get(kind, 0) + 1
        containers, parts = self.containers, self.parts
        index, start = len(containers), len(self.blocks)
        containers.append(_PENDING)
        if text and not text.isspace():
            parts.append(text)
            if link:
                self.linked += len(text.strip())
        self.children(element, index, self.elements, depth, tag, link, False)
        if parts:
            self.flush(tag, index)
        end = len(self.blocks)
        if end > start:
            containers[index] = Container(tag, parent, names, depth, start, own, end, 0, kind)
        else:
            containers.pop()  # it is the last one: those within are gone already

    def children(
        self, element: etree._Element, container: int, number: int, depth: int, tag: str, link: bool, bold: bool
    ) -> None:
        if depth > MAX_DEPTH:
            self.parts.append(str(etree.tostring(element, method="text", encoding="unicode", with_tail=False)))
            return
        parts = self.parts
        for child in element:
            self.elements += 1
            if self.elements > MAX_ELEMENTS:
                return
            kind = child.tag
            if kind in INLINE:
                inside, strong = link, bold
                if kind == "a" and child.get("href"):
                    inside = True
                    self.links += 1
                elif kind == "strong" or kind == "b":
                    strong = True
                names = child.get("class")
                if not names or not self.hides(names):
                    text = child.text
                    if text:
                        parts.append(text)
                        if inside:
                            self.linked += len(text.strip())
                        if strong:
                            self.bold += len(text.strip())
                    if len(child):
                        self.children(child, container, number, depth + 1, tag, inside, strong)
            elif kind == "br":
                parts.append("\x00" if tag not in HEADINGS else " ")
            elif kind not in SKIP:
                if parts:
                    self.flush(tag, container)
                text = child.text
                if text or len(child):
                    self.block(child, str(kind), text, container, number, depth + 1, link)
            tail = child.tail
            if tail:
                if tail.isspace():
                    if parts:
                        parts.append(" ")
                else:
                    parts.append(tail)
                    if link:
                        self.linked += len(tail.strip())
                    if bold:
                        self.bold += len(tail.strip())


def _may_hide(names: str) -> bool:
    """Whether there is a part of a name in `names` (small letters) that hints at something hidden; most have none."""
    return "hid" in names or "only" in names or "vis" in names or "none" in names or "reader" in names


def blocks_of(root: etree._Element) -> Blocks:
    """The blocks of the page's body; menus, scripts, controls and embedded things are passed over."""
    body = root.find("body")
    walk = _Walk()
    top = body if body is not None else root
    walk.block(top, str(top.tag), top.text, -1, -1, 0, False)
    hints = hints_of(container.names for container in walk.containers)
    for container in walk.containers:
        container.own |= hints[container.names]
    return Blocks(walk.blocks, walk.containers, walk.alike)
