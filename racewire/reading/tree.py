"""Characters to one lxml tree, under caps on size and depth."""

from __future__ import annotations

import re

from lxml import etree

MAX_CHARACTERS = 6_000_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")


def parse(text: str) -> etree._Element | None:
    """The root of the page, or None where there is no element at all. No entity or address is ever loaded."""
    clean = _CONTROL.sub("", text[:MAX_CHARACTERS])
    if not clean.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(clean.encode("utf-8", "ignore"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None
