"""What the markup says of itself: meta, links, titles, JSON-LD, microdata, collected in one walk."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from racewire.reading import jsonld
from racewire.reading.jsonld import Node

MAX_ITEMS = 4_000
MAX_TITLES = 30
MAX_TEXT = 2_000
MAX_SCRIPTS = 4_000_000


@dataclass(slots=True)
class Head:
    """The raw finds, in document order. Meta keys are lower case; every value is a plain string."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    h1s: list[str] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    lang: str | None = None

    def first(self, *keys: str) -> tuple[str, str] | None:
        """The first value that is not blank under the first of the keys that has one, and that key."""
        for key in keys:
            for value in self.meta.get(key, ()):
                if value:
                    return value, key
        return None


def gather(root: etree._Element) -> Head:
    """One walk over the elements that carry metadata."""
    head = Head()
    if root.tag == "html":
        head.lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    scripts: list[jsonld.Json] = []
    budget = MAX_SCRIPTS
    for count, element in enumerate(root.iter("meta", "link", "script", "title", "h1", "time")):
        if count > MAX_ITEMS:
            break
        tag = element.tag
        if tag == "meta":
            _meta(element, head)
        elif tag == "link":
            for rel in (element.get("rel") or "").lower().split():
                head.links.setdefault(rel, []).append((element.get("href") or "").strip())
        elif tag == "script":
            kind = (element.get("type") or "").lower()
            if "ld+json" in kind and budget > 0:
                text = element.text or ""
                budget -= len(text)
                scripts.extend(jsonld.load(text))
        elif tag == "title":
            parent = element.getparent()
            if (parent is None or parent.tag != "svg") and len(head.titles) < MAX_TITLES:
                head.titles.append(text_content(element))
        elif tag == "h1" and len(head.h1s) < MAX_TITLES:
            head.h1s.append(text_content(element))
        elif tag == "time" and len(head.times) < MAX_TITLES:
            head.times.append((element.get("datetime") or "", text_content(element)))
    head.nodes = jsonld.flatten(scripts)
    return head


def _meta(element: etree._Element, head: Head) -> None:
    value = element.get("content")
    if value is None:
        return
    value = jsonld.clean(value[:MAX_TEXT])
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        key = element.get(attribute)
        if key:
            head.meta.setdefault(key.strip().lower(), []).append(value)


def text_content(element: etree._Element) -> str:
    """The text within an element, one blank for many."""
    return " ".join(str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))[:MAX_TEXT].split())
