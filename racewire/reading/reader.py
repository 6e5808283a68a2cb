"""The reading of one page, from bytes to its values."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from racewire.reading import address, authors, body, jsonld, titles, zones
from racewire.reading.blocks import Blocks, blocks_of
from racewire.reading.charset import decode
from racewire.reading.head import Head, gather
from racewire.reading.page import Hints, Page
from racewire.reading.published import Place, published
from racewire.reading.tree import parse
from racewire.text.language import language_of


def read(
    html: bytes, url: str, *, fetched_at: datetime | None = None, encoding: str | None = None, hints: Hints | None = None
) -> Page:
    """What a page says, from its bytes alone; never raises, whatever the bytes.

    `encoding` is the charset of the HTTP header, `fetched_at` the aware moment of the fetch (dates after it are doubted),
    `hints` what the source's configuration knows.
    """
    decoded = decode(html, encoding)
    root = parse(decoded.page)
    if root is None:
        return Page(url, problem="empty" if not html.strip() else "not-html", encoding=decoded.encoding)
    head = gather(root)
    blocks = blocks_of(root)
    return _assemble(url, root, head, blocks, decoded.encoding, fetched_at, hints or Hints())


def _assemble(
    url: str, root: etree._Element, head: Head, blocks: Blocks, encoding: str, fetched_at: datetime | None, hints: Hints
) -> Page:
    sources: dict[str, str] = {}
    nodes = jsonld.articles(head.nodes)
    article = nodes[0] if nodes else None
    site, sources["site_name"] = address.site_name(head, article)
    host = address.host_of(url)
    names = titles.site_names(site, host)
    title, sources["title"] = titles.headline(head, article, names)
    found = body.article(blocks, body.facts_of(head, nodes))
    text = found.text
    declared = (head.lang or "")[:2].lower() or None
    lang = language_of(text or title, hints.lang or declared)
    place = Place(hints, zones.country_of(host) or zones.region_of(head.lang), lang)
    when = published(head, nodes, blocks, place, fetched_at)
    writers = authors.declared(head, article, names)
    if writers.weak:
        seen = authors.visible(root, blocks, found.anchor, found.chosen[-1] if found.chosen else 0)
        writers = seen if seen.names else writers
    sources["authors"] = writers.source
    canonical, sources["canonical_url"] = address.canonical(head, url)
    image, sources["image_url"] = address.image(head, article, url)
    sources["published_at"] = when.source
    return Page(
        url=url,
        canonical_url=canonical,
        title=title,
        text=text,
        lang=lang,
        published_at=when.at,
        published_precision=when.precision,
        modified_at=when.modified_at,
        authors=writers.names,
        site_name=site,
        image_url=image,
        problem=None if text else "empty",
        encoding=encoding,
        date_raw=when.raw or None,
        zone_from=when.zone_from,
        notes=when.notes,
        sources={key: value for key, value in sources.items() if value},
    )
