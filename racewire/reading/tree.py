"""Bytes to one lxml tree, under caps on size, depth and the attributes of a tag."""

from __future__ import annotations

import re

from lxml import etree

# libxml2 compares each attribute of a tag with all before it: 10,000 take a tenth of a second, 100,000 twelve seconds. A tag of twice this
# length holds a whole window: one without the end of a tag, or with more values than any markup (270 news pages have 1,036 at most).
_WINDOW = 25_000
_MANY_VALUES = 1_500
_SAMPLE, _MANY_IN_SAMPLE = 1_000, 50  # most windows are told by a part of them
_MAX_ATTRIBUTES = 500
_TAG = re.compile(rb"""<[a-zA-Z][^\s>]{0,200}(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>?""")
_ATTRIBUTE = re.compile(rb"""[\s/"'][^\s=>"'/]""")


def parse(page: bytes) -> etree._Element | None:
    """The root of a page in UTF-8 (see `without_monsters`), or None where there is no element. No entity or address is ever loaded."""
    if not page.strip():
        return None
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False, huge_tree=True
    )
    try:
        return etree.fromstring(page, parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def without_monsters(page: bytes) -> bytes:
    """The page, its tags with hundreds of attributes emptied where they are longer than two windows; scripts may lose what looks like one."""
    kept: list[bytes] = []
    done = looked = 0  # what is copied, and how far tags were looked at
    for at in range(0, len(page) - _WINDOW, _WINDOW):
        end = at + _WINDOW
        if page.find(b">", at, end) >= 0:
            if page.count(b"=", at + _SAMPLE, at + 2 * _SAMPLE) <= _MANY_IN_SAMPLE or page.count(b"=", at, end) <= _MANY_VALUES:
                continue
        elif page.startswith((b"<script", b"<style", b"<!"), page.rfind(b"<", 0, at)):
            continue  # what stands in these is no tag
        for tag in _TAG.finditer(page, max(looked, at - _WINDOW)):
            looked = tag.end()
            if looked - tag.start() > _WINDOW and len(_ATTRIBUTE.findall(page, tag.start(), looked)) > _MAX_ATTRIBUTES:
                kept += (page[done : tag.start()], page[tag.start() : tag.start() + 50].split(None, 1)[0], b">")
                done = looked
            if looked >= end:
                break
    return b"".join([*kept, page[done:]]) if kept else page
