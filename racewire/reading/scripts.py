"""Articles that stand in a page's data instead of its markup (Next.js, Nuxt and alike): found by shape, not by site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import etree

from racewire.reading import jsonld
from racewire.reading.blocks import HEADINGS, blocks_of
from racewire.reading.jsonld import Json
from racewire.reading.names import BITS
from racewire.reading.tree import parse, without_monsters

MAX_SCRIPTS = 3_000_000
MAX_STRINGS = 20_000
MAX_DEPTH = 60
_FLIGHT = re.compile(r"^\s*(?:\(?self|window)\.__next_f")
_PUSH = re.compile(r"\.push\((\[.*\])\)\s*;?\s*$", re.S)
_ASSIGNED = re.compile(r"^\s*(?:window|self|globalThis|var|let|const)[.\s\[\"']*[\w.$]+[\"'\]]*\s*=\s*(?=[\[{])")
_ROW = re.compile(rb"[0-9a-f]{0,6}:(?:T([0-9a-f]{1,7}),)?")
_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|figure|span)\b", re.I)
_BODY_KEY = re.compile(r"body|content|text|paragraph|html|story|article", re.I)
_OTHER_KEY = re.compile(
    r"comment|descr|summary|caption|biograph|title|alt$|legal|consent|cookie|translation|messages|i18n|related|seo", re.I
)
_DATE = re.compile(
    r"""\\?"(?:datePublished|published(?:At|_at|Date|Time|On)?|publish(?:_?date|_?time)|pub_?date|first_?publi\w+|release_?date|deploy(?:Dt|Date)|reg(?:Dt|_?date)|created?(?:At|_at|Date)|date_?created)\\?"\s*:\s*\\?"?([0-9][^"\\,}]{7,39})""",
    re.I,
)


def story(root: etree._Element) -> str:
    """The longest article among the scripts of a page, one paragraph a line; "" where there is none."""
    texts = list(_scripts(root))
    best: tuple[float, str] = (0.0, "")
    for value in _values(texts):
        groups: dict[str, list[str]] = {}
        for path, text in _strings(value, "", 0, [MAX_STRINGS]):
            if len(text) >= 20:
                groups.setdefault(path, []).append(text)
        for path, members in groups.items():
            size = sum(map(_prose, members))
            if size > 150:
                weight = (
                    size * (1.5 if _BODY_KEY.search(path.rsplit(".", 1)[-1]) else 1.0) * (0.3 if _OTHER_KEY.search(path) else 1.0)
                )
                if weight > best[0]:
                    best = (weight, "\n".join(members))
    return _plain(best[1])


def published(root: etree._Element) -> Iterator[str]:
    """The values of fields named like a date of publication, in page order."""
    for text in _scripts(root):
        for found in _DATE.finditer(text):
            yield found[1]


def _scripts(root: etree._Element) -> Iterator[str]:
    budget = MAX_SCRIPTS
    for element in root.iter("script"):
        text = element.text
        if text and (len(text) > 200 or "__next_f" in text) and "ld+json" not in (element.get("type") or ""):
            budget -= len(text)
            if budget < 0:
                return
            yield text


def _values(texts: list[str]) -> Iterator[Json]:
    flight = []
    for text in texts:
        if _FLIGHT.match(text):
            if pushed := _PUSH.search(text):
                row = _load(pushed[1])
                if isinstance(row, list) and len(row) > 1 and isinstance(row[1], str):
                    flight.append(row[1])
            continue
        start = 0
        if text.lstrip()[:1] not in ("{", "["):
            assigned = _ASSIGNED.match(text)
            if not assigned:
                continue
            start = assigned.end()
        value = _load(text[start:].lstrip())
        if value is not None:
            yield value
    if flight:
        yield from _rows("".join(flight).encode("utf-8", "replace"))


def _rows(stream: bytes) -> Iterator[Json]:
    """The rows of a React flight stream: `id:json` up to the end of the line, or `id:Tlength,text` with the length in bytes."""
    at = 0
    while row := _ROW.match(stream, at):
        if row[1]:
            end = row.end() + int(row[1], 16)
            yield {"text": stream[row.end() : end].decode("utf-8", "replace")}
        else:
            end = stream.find(b"\n", row.end())
            end = len(stream) if end < 0 else end
            value = _load(stream[row.end() : end].decode("utf-8", "replace"))
            if value is not None:
                yield value
        at = end + (stream[end : end + 1] == b"\n")


def _load(text: str) -> Json:
    try:
        value: Json = json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None
    return value


def _strings(value: Json, path: str, depth: int, left: list[int]) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH or left[0] <= 0:
        return
    left[0] -= 1
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, path, depth + 1, left)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, f"{path}.{key}"[-200:], depth + 1, left)


def _prose(text: str) -> float:
    """How much running text a string has: letters of its words, nothing for code, addresses and lone words."""
    if text.startswith(("http", "/", "{", "[", "data:", "M", "$")) and "<" not in text and " " not in text[:200]:
        return 0.0
    signs = sum(sign > "\u2e80" for sign in text[:2_000])
    if signs > 10:
        return float(len(text) * 2)
    blanks = text.count(" ")
    return float(len(text)) if blanks * 12 > len(text) and blanks > 3 else 0.0


def _plain(text: str) -> str:
    """The paragraphs of a string that may be markup."""
    if not _MARKUP.search(text):
        return "\n".join(line for line in (jsonld.clean(part) for part in text.split("\n")) if line)
    root = parse(without_monsters(f"<html><body>{text}</body></html>".encode("utf-8", "ignore")))
    if root is None:
        return ""
    page = blocks_of(root)
    unwanted = BITS["media"] | BITS["person"] | BITS["related"] | BITS["ads"] | BITS["comment"]
    flags: list[int] = []
    for container in page.containers:
        flags.append(container.own | (flags[container.parent] if container.parent >= 0 else 0))
    kept = [
        block
        for block in page.blocks
        if not flags[block.container] & unwanted and (len(block.text) > 15 or block.tag in HEADINGS)
    ]
    return "\n".join(block.text for block in kept)
