"""Bytes to one lxml tree, under caps on size, depth and the attributes of a tag."""

from __future__ import annotations

import re

from lxml import etree

_CONTROLS = bytes(n for n in (*range(9), 11, 12, *range(14, 32), 127))
# libxml2 compares each attribute of a tag with all before it: a tag of this length is looked at, one with more attributes is emptied.
_LONG_TAG = 20_000
_MAX_ATTRIBUTES = 500
_TAG = re.compile(rb"""[a-zA-Z][^\s>]{0,200}(?:[^"'>]|"[^"]*"|'[^']*')*>?""")
_ATTRIBUTE = re.compile(rb"""[\s/][^\s=>"'/]""")


def parse(page: bytes) -> etree._Element | None:
    """The root of a page in UTF-8, or None where there is no element at all. No entity or address is ever loaded."""
    clean = _without_monsters(page.translate(None, _CONTROLS))
    if not clean.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(clean, parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _without_monsters(page: bytes) -> bytes:
    """The page, its tags with hundreds of attributes emptied."""
    pieces = page.split(b"<")
    if max(map(len, pieces)) < _LONG_TAG:
        return page
    for index, piece in enumerate(pieces):
        if len(piece) < _LONG_TAG:
            continue
        tag = _TAG.match(piece)
        if tag and tag.end() >= _LONG_TAG // 2 and len(_ATTRIBUTE.findall(piece, 0, tag.end())) > _MAX_ATTRIBUTES:
            pieces[index] = piece.split(None, 1)[0][:50] + b">" + piece[tag.end() :]
    return b"<".join(pieces)
