"""Why a page is no ordinary article: a short code, or None where it is one."""

from __future__ import annotations

from racewire.reading import jsonld
from racewire.reading.blocks import Blocks
from racewire.reading.body import Body
from racewire.reading.charset import Decoded
from racewire.reading.head import Head
from racewire.reading.jsonld import Node

_TEASER = 1_500
_CONTROLS = bytes(n for n in (*range(9), 11, *range(14, 27), *range(28, 32)))


def of_bytes(html: bytes, decoded: Decoded) -> str | None:
    """What is wrong before anything is parsed: nothing there, or no text at all."""
    start = html[:2_000]
    if not html.strip():
        return "empty"
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if controls * 20 > len(start) and not decoded.encoding.startswith(("utf-16", "utf-32", "iso2022")):
        return "not-html"
    if start.startswith((b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00")):
        return "not-html"
    return None


def of_page(head: Head, nodes: list[Node], page: Blocks, body: Body, text: str) -> str | None:
    """What kind of page it is, if not an article: empty, an index, a live blog, or a teaser before a paywall."""
    if not text:
        return "index-page" if _is_index(head, nodes, page, body) else "empty"
    if any("liveblogposting" in jsonld.types(node) for node in nodes):
        return "live"
    if len(text) < _TEASER and _not_free(nodes, head):
        return "paywall"
    if _is_index(head, nodes, page, body):
        return "index-page"
    return None


def _not_free(nodes: list[Node], head: Head) -> bool:
    if any(str(node.get("isAccessibleForFree", "")).lower() == "false" for node in nodes):
        return True
    tier = head.first("article:content_tier", "content_tier")
    return tier is not None and tier[0].lower() in ("locked", "metered", "premium", "paid")


def _is_index(head: Head, nodes: list[Node], page: Blocks, body: Body) -> bool:
    """Many teasers and no article: nothing declares one, and links outweigh what was chosen."""
    if nodes and jsonld.types(nodes[0]) not in (["webpage"], ["itempage"]):
        return False
    kind = head.first("og:type")
    if kind is not None and kind[0].lower() == "article":
        return False
    listed = any(
        name in ("collectionpage", "itemlist", "searchresultspage") for node in head.nodes for name in jsonld.types(node)
    )
    gaps = sum(block.gap for block in page.blocks)
    size = sum(len(page.blocks[i].text) for i in body.chosen)
    dates = sum(count for (_, tag, _), count in page.alike.items() if tag == "article")
    return (listed and size < 2_000) or (dates >= 6 and size < 3_000) or (gaps > 60 and size < 600)
