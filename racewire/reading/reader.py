"""The reading of one page, from bytes to its values."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime

from lxml import etree

from racewire.reading import address, authors, body, fallback, jsonld, problems, titles, zones
from racewire.reading.blocks import blocks_of
from racewire.reading.charset import Decoded, decode
from racewire.reading.head import gather
from racewire.reading.page import Hints, Page
from racewire.reading.published import Place, published
from racewire.reading.sniffing import legacy_vietnamese
from racewire.reading.tree import parse, without_monsters
from racewire.text.language import language_of

# What is read of a page; the largest of 500 news pages has 2.2 MB. And the longest text that is kept.
MAX_BYTES = 4_000_000
MAX_CHARACTERS = 250_000


def read(
    html: bytes, url: str, *, fetched_at: datetime | None = None, encoding: str | None = None, hints: Hints | None = None
) -> Page:
    """What a page says, from its bytes alone; never raises, whatever the bytes.

    `encoding` is the charset of the HTTP header, `fetched_at` the aware moment of the fetch (dates after it are doubted),
    `hints` what the source's configuration knows.
    """
    whole, html = html, html[:MAX_BYTES]
    decoded = decode(html, encoding)
    if (problem := problems.of_bytes(html, decoded)) is not None:
        return Page(url, problem=problem, encoding=decoded.encoding)
    decoded = replace(decoded, page=without_monsters(decoded.page))
    root = parse(decoded.page)
    if root is None:
        return Page(url, problem="not-html", encoding=decoded.encoding)
    page = _read_tree(root, url, decoded, fetched_at, hints or Hints())
    return page if len(whole) <= MAX_BYTES else replace(page, problem=page.problem or "too-large")


def _read_tree(root: etree._Element, url: str, decoded: Decoded, fetched_at: datetime | None, hints: Hints) -> Page:
    sources: dict[str, str] = {}
    head = gather(root)
    blocks = blocks_of(root)
    nodes = jsonld.articles(head.nodes)
    article = nodes[0] if nodes else None
    host = address.host_of(url)

    chosen = body.article(blocks, body.facts_of(head, nodes))
    text, sources["text"] = chosen.text, "blocks"
    if len(text) < fallback.ENOUGH and fallback.size(text) < fallback.ENOUGH:
        text, other = fallback.better_text(root, nodes, decoded.page, text)
        sources["text"] = other or "blocks"

    text = _composed(text[:MAX_CHARACTERS])
    site, sources["site_name"] = address.site_name(head, article)
    names = titles.site_names(site, host)
    title, sources["title"] = titles.headline(head, article, names)
    lang = language_of(text or title, hints.lang or (head.lang or "")[:2].lower() or None)
    place = Place(hints, zones.country_of(host) or zones.region_of(head.lang), lang)
    when = published(root, head, nodes, blocks, chosen, place, fetched_at)
    writers = authors.declared(head, article, names)
    if writers.weak:
        seen = authors.visible(root, blocks, chosen.anchor, chosen.chosen[-1] if chosen.chosen else 0)
        writers = seen if seen.names else writers
    canonical, sources["canonical_url"] = address.canonical(head, url)
    image, sources["image_url"] = address.image(head, article, url)
    sources["published_at"], sources["authors"] = when.source, writers.source
    return Page(
        url=url,
        canonical_url=canonical,
        title=_composed(title),
        text=text,
        lang=lang,
        published_at=when.at,
        published_precision=when.precision,
        modified_at=when.modified_at,
        authors=writers.names,
        site_name=site,
        image_url=image,
        problem=problems.of_page(head, nodes, blocks, chosen, text),
        encoding=decoded.encoding,
        date_raw=when.raw or None,
        zone_from=when.zone_from,
        notes=(*decoded.notes, *legacy_vietnamese(text), *when.notes),
        sources={key: value for key, value in sources.items() if value},
    )


def _composed(text: str) -> str:
    """Text without control characters, letters and their marks one sign (NFC) as matching expects; Vietnamese often comes apart."""
    if not text.replace("\n", " ").isprintable():
        text = jsonld.UNSEEN.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
