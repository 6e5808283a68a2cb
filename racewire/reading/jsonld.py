"""JSON-LD blocks: loaded, repaired where that is safe, flattened, and the article among them chosen."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Node: TypeAlias = "dict[str, Json]"

MAX_SCRIPT = 2_000_000
MAX_NODES = 3_000
MAX_DEPTH = 12
# Rank of the types that may stand for the article itself (schema.org), best first.
_RANKS = {
    name: rank
    for rank, names in enumerate(
        (
            "newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle reviewnewsarticle liveblogposting",
            "article blogposting advertisercontentarticle satiricalarticle techarticle report scholarlyarticle medicalscholarlyarticle",
            "review recipe howto socialmediaposting discussionforumposting interview podcastepisode videoobject",
            "webpage itempage",
        )
    )
    for name in names.split()
}
# What hides a script from readers that know none, before and behind it; looked for in its last signs only.
_OPENING = re.compile(r"\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)")
_CLOSING = re.compile(r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*\Z")
_TAIL = 100
# Control characters, lone surrogates and signs that are none: they have no place in a text.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]+")
_TRAILING = re.compile(r",(\s*[}\]])")
_BACKSLASH = re.compile(r'\\(?!["\\/bfnrtu])')
_FIELD = re.compile(r'"(@type|headline|datePublished|dateModified|name|url|image|inLanguage)"\s*:\s*"((?:[^"\\\n]|\\.){1,500})"')


def load(script: str) -> list[Json]:
    """The values of one script; several in a row are all taken, a broken one is repaired, else its plain fields are kept."""
    text = script[:MAX_SCRIPT].strip()
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    if closing := _CLOSING.search(text, max(0, len(text) - _TAIL)):
        text = text[: closing.start()]
    text = text.strip().rstrip(";")
    if not text or text[0] not in "[{":
        return []
    for mend in (str, _mended, html.unescape):
        try:
            return _values(mend(text))
        except (ValueError, RecursionError):
            continue
    return _salvage(text)


def _mended(text: str) -> str:
    """Commas before a closing bracket taken out, backslashes that escape nothing doubled."""
    return _BACKSLASH.sub(r"\\\\", _TRAILING.sub(r"\1", text))


def _values(text: str) -> list[Json]:
    decoder = json.JSONDecoder(strict=False)
    values: list[Json] = []
    at = 0
    while at < len(text) and len(values) < 50:
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values


def _salvage(text: str) -> list[Json]:
    """The first of each plain field of a block that no repair makes whole (a text cut short, quotes within quotes)."""
    node: Node = {}
    for key, value in _FIELD.findall(text):
        if key == "name" and "headline" not in node:
            continue
        try:
            node.setdefault(key, json.loads(f'"{value}"', strict=False))
        except ValueError:
            node.setdefault(key, value)
    return [node] if "datePublished" in node or "headline" in node else []


def flatten(values: list[Json]) -> list[Node]:
    """All objects in document order, outer before inner."""
    nodes: list[Node] = []
    _collect(values, nodes, 0)
    return nodes


def _collect(value: Json, nodes: list[Node], depth: int) -> None:
    if depth > MAX_DEPTH or len(nodes) >= MAX_NODES:
        return
    if isinstance(value, dict):
        nodes.append(value)
        for inner in value.values():
            if isinstance(inner, dict | list):
                _collect(inner, nodes, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list):
                _collect(inner, nodes, depth + 1)


def types(node: Node) -> list[str]:
    """The types of a node, lower case, without their namespace."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return [name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if isinstance(name, str)]


def articles(nodes: list[Node]) -> list[Node]:
    """The nodes that may be the page's article, best first: by type, then by what they tell."""
    ranked = []
    for index, node in enumerate(nodes):
        rank = min((_RANKS[name] for name in types(node) if name in _RANKS), default=None)
        if rank is None:
            continue
        told = sum(key in node for key in ("headline", "datePublished", "author", "articleBody", "mainEntityOfPage"))
        if told or rank == 3:
            ranked.append((rank, -told, index, node))
    ranked.sort(key=lambda entry: entry[:3])
    return [entry[3] for entry in ranked]


def strings(value: Json) -> Iterator[str]:
    """The strings a value stands for: itself, the items of a list, the name of an object (or a list of names)."""
    if isinstance(value, str):
        text = clean(value)
        if text:
            yield text
    elif isinstance(value, list):
        for item in value[:50]:
            yield from strings(item)
    elif isinstance(value, dict):
        named = value.get("name")
        if named is None and isinstance(value.get("@value"), str):
            named = value["@value"]
        if isinstance(named, str | list):
            yield from strings(named)


def text_of(node: Node, key: str) -> str | None:
    """A field as one string, None where there is none."""
    return next(strings(node.get(key)), None)


def clean(text: str) -> str:
    """A string of a data field as a reader would see it: entities resolved (twice encoded ones too), one blank for many."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    text = " ".join(text.split())
    return text if text.isprintable() else UNSEEN.sub("", text)
