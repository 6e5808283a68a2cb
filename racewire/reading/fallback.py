"""Second opinions, for the few pages whose markup holds next to nothing: declared text, data in scripts, trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from racewire.reading import jsonld, scripts
from racewire.reading.jsonld import Node

# Below this much text (letters; a Chinese, Japanese or Korean sign counts for two and a half) a page is looked at again.
ENOUGH = 450
_LITTLE = 200  # and only below this by trafilatura: a teaser is short, and there is nothing more to be found
_GAIN = 1.5
_MAX_TRAFILATURA = 8_000  # elements


def better_text(root: etree._Element, articles: list[Node], page: bytes, own: str) -> tuple[str, str]:
    """The text of the first opinion that has clearly more than `own`, and whose it is; `own` and "" where none has."""
    least = max(150.0, _GAIN * size(own))
    for text, source in _opinions(root, articles, page if size(own) < _LITTLE else None):
        if size(text) >= least:
            return text, source
    return own, ""


def size(text: str) -> float:
    """How long a text is in letters of a Latin script."""
    wide = sum(sign > "\u2e80" for sign in text[:5_000])
    return len(text) + 1.5 * wide


def _opinions(root: etree._Element, articles: list[Node], page: bytes | None) -> Iterator[tuple[str, str]]:
    for node in articles[:3]:
        body = node.get("articleBody")
        if isinstance(body, str):
            lines = [jsonld.clean(line) for line in body.replace("<br>", "\n").split("\n")]
            yield "\n".join(line for line in lines if line), "json-ld articleBody"
    yield scripts.story(root), "script"
    if page is None:
        return
    if sum(1 for _ in islice(root.iter(), _MAX_TRAFILATURA)) < _MAX_TRAFILATURA and sum(1 for _ in root.iter("p", "br")) > 3:
        yield _trafilatura(page), "trafilatura"


def _trafilatura(page: bytes) -> str:
    from trafilatura import extract  # loaded only where it is needed: it brings many modules

    try:
        return extract(page.decode("utf-8", "replace"), include_comments=False, include_tables=False, fast=True) or ""
    except (ValueError, TypeError, AttributeError, RecursionError, LookupError, etree.LxmlError):
        return ""
