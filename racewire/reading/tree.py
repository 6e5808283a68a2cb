"""Bytes to one lxml tree, under caps on size, depth and the attributes of a tag."""

from __future__ import annotations

import re

from lxml import etree

# libxml2 compares each attribute of a tag with all before it: a tag of twice this length is looked at, one with more attributes is emptied.
_WINDOW = 10_000
_MAX_ATTRIBUTES = 500
_TAG = re.compile(rb"""[a-zA-Z][^\s>]{0,200}(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>?""")
_ATTRIBUTE = re.compile(rb"""[\s/][^\s=>"'/]""")


def parse(page: bytes) -> etree._Element | None:
    """The root of a page in UTF-8 (see `without_monsters`), or None where there is no element. No entity or address is ever loaded."""
    if not page.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(page, parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def without_monsters(page: bytes) -> bytes:
    """The page, its tags with hundreds of attributes emptied. A tag of two windows' length leaves one without a bracket."""
    kept: list[bytes] = []
    done, inside = 0, False  # inside: the window before had no bracket either, so what began there has been looked at
    for at in range(0, len(page) - _WINDOW, _WINDOW):
        if page.find(b"<", at, at + _WINDOW) >= 0:
            inside = False
        elif not inside and at >= done:
            inside = True
            start = page.rfind(b"<", done, at)
            tag = _TAG.match(page, start + 1) if start >= 0 else None
            if tag and tag.end() > at and len(_ATTRIBUTE.findall(page, start, tag.end())) > _MAX_ATTRIBUTES:
                kept += (page[done : start + 1], page[start + 1 : start + 50].split(None, 1)[0], b">")
                done = tag.end()
    return b"".join([*kept, page[done:]]) if kept else page
