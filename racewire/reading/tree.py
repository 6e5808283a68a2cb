"""Bytes to one lxml tree, under caps on size and depth."""

from __future__ import annotations

from lxml import etree

MAX_BYTES = 8_000_000
_CONTROLS = bytes(n for n in (*range(9), 11, 12, *range(14, 32), 127))


def parse(page: bytes) -> etree._Element | None:
    """The root of a page in UTF-8, or None where there is no element at all. No entity or address is ever loaded."""
    clean = page[:MAX_BYTES].translate(None, _CONTROLS)
    if not clean.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(clean, parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None
