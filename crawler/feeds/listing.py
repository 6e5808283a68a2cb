"""Pages that list articles: those that a CSS selector picks, or those that look like articles."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

import tldextract
from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from crawler.feeds.links import Link, clean_title, resolve

MOST_LINKS = 1_000
ENOUGH = 4  # points that make a link look like an article
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")

_DATE = re.compile(r"(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2])[/-]?(?:0?[1-9]|[12]\d|3[01])(?!\d)|/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])/")
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_PAGE = re.compile(r"\.[a-z]{0,2}html?$|\.(?:ghtml|cms|ece|story|article)$", re.I)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m4[av]|zip|css|js|xml|rss|json|ics|apk|exe|docx?|xlsx?|pptx?)$", re.I)
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SECTIONS = """
    about account advertise advertising archive archives articlecomments auteur auteurs author authors autor autore
    autores autori categoria categorias categories category channel chu-de contact cookie cookies dang-nhap danh-muc
    etiqueta etiquetas events faq feed feeds forum galleries gallery gioi-thieu help impressum jobs karriere kategori
    kategorie legal lien-he login newsletter newsletters page people policy premium print privacy profile register rss
    rubrik rubrique rubriques search section sections sezioni share shop sitemap subscribe subscription sujet sujets
    support tac-gia tag tags team tema temas temi terms thema theme themen themes thu-muc tim-kiem topic topics tu-khoa
    user users video video-centre videolar videos watch wp-admin wp-login
"""
_ELSEWHERE = frozenset(_SECTIONS.split())
_BYLINES = ("author-", "autor-", "tag-", "topic-")  # `author-jane-doe.html`
_MARGINS = frozenset({"nav", "footer", "form"})
_HEADLINES = frozenset({"h1", "h2", "h3", "h4", "article"})


class BadSelector(ValueError):
    """A CSS selector that cannot be read."""


@lru_cache(maxsize=1)
def _suffixes() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())  # the list that came with it: no look-up on the network


def registrable_domain(host: str) -> str:
    """`news.example.co.uk` -> `example.co.uk`; an address or a bare name stays what it is."""
    parts = _suffixes()(host)
    if parts.suffix or not parts.domain or parts.ipv4 or parts.ipv6:
        return parts.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])  # a suffix that the list does not know is one label


def parse_page(body: bytes, charset: str | None = None) -> etree._Element | None:
    """The tree of a page, or None where there is none. `charset` is that of the HTTP header."""
    with contextlib.suppress(UnicodeDecodeError):  # what reads as UTF-8 is UTF-8; libxml2 would take it for Latin-1
        body.decode("utf-8")
        charset = "utf-8"
    try:
        parser = etree.HTMLParser(encoding=charset, huge_tree=False, remove_comments=True)
    except LookupError:
        parser = etree.HTMLParser(huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(body, parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def base_of(tree: etree._Element, url: str) -> str:
    """What relative links of the page are relative to."""
    for element in tree.iter("base"):
        return resolve(element.get("href"), url) or url
    return url


def feeds_of(tree: etree._Element, url: str) -> tuple[str, ...]:
    """The feeds that a page names in its head, feeds of comments last."""
    base = base_of(tree, url)
    found: dict[str, bool] = {}
    for element in tree.iter("link"):
        if (
            "alternate" in (element.get("rel") or "").lower().split()
            and (element.get("type") or "").strip().lower() in _FEED_TYPES
        ):
            feed = resolve(element.get("href"), base)
            if feed:
                found.setdefault(feed, "comment" in (feed + (element.get("title") or "")).lower())
    return tuple(sorted(found, key=lambda feed: found[feed]))


def selected_links(tree: etree._Element, url: str, selector: str) -> tuple[Link, ...]:
    """The links at, or the first one inside, each element that `selector` picks. Raises BadSelector."""
    try:
        path = etree.XPath(HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, etree.XPathSyntaxError) as error:
        raise BadSelector(str(error)) from None
    base = base_of(tree, url)
    found: dict[str, Link] = {}
    picked = path(tree)
    for element in picked if isinstance(picked, list) else ():
        anchor = element if element.tag == "a" else next(element.iter("a"), None)
        if anchor is not None and (link := _link(anchor, base)):
            _add(found, link)
        if len(found) >= MOST_LINKS:
            break
    return tuple(replace(link, sure=True) for link in found.values())


def likely_links(tree: etree._Element, url: str) -> tuple[Link, ...]:
    """The links of the page to what looks like articles on the same site, in the order of the page."""
    base = base_of(tree, url)
    domain = registrable_domain(urlsplit(url).hostname or "")
    titles: dict[str, Link] = {}
    points: dict[str, int] = {}
    for anchor in tree.iter("a"):
        link = _link(anchor, base)
        if link is None or link.url == url or registrable_domain(urlsplit(link.url).hostname or "") != domain:
            continue
        _add(titles, link)
        points[link.url] = max(points.get(link.url, -99), _points(link, anchor))
        if len(titles) >= 5 * MOST_LINKS:
            break
    return tuple(link for link in titles.values() if points[link.url] >= ENOUGH)[:MOST_LINKS]


def _link(anchor: etree._Element, base: str) -> Link | None:
    url = resolve(anchor.get("href"), base)
    if url is None:
        return None
    text = clean_title(" ".join(_texts(anchor)))
    return Link(url, text or clean_title(anchor.get("title")), sure=False)


def _texts(element: etree._Element) -> Iterator[str]:
    """The texts of the first few elements below; a hostile page nests links in links, and all of their texts would take
    quadratic time."""
    for below in islice(element.iter(), 30):
        if below.text and isinstance(below.tag, str):
            yield below.text
        if below.tail and below is not element:
            yield below.tail


def _add(found: dict[str, Link], link: Link) -> None:
    """One link an address: the picture and the headline of a story often link to it both; the longer text is the headline."""
    known = found.get(link.url)
    if known is None or len(link.title) > len(known.title):
        found[link.url] = link


def _points(link: Link, anchor: etree._Element) -> int:
    parts = urlsplit(link.url)
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    if not segments and not _NUMBER.search(parts.query):
        return -5
    if _FILE.search(parts.path):
        return -9
    last = segments[-1] if segments else ""
    words = re.split(r"[-_]+|%20", _PAGE.sub("", last))
    points = (
        3 * bool(_DATE.search(parts.path)) + 2 * bool(_NUMBER.search(parts.path + "?" + parts.query)) + bool(_PAGE.search(last))
    )
    points += 3 if len(words) >= 5 else 2 if len(words) >= 3 else 0
    wide = len(_WIDE.findall(link.title))
    points += 2 if wide >= 10 or len(link.title) + wide >= 30 else 0
    points -= 2 if len(link.title) + 2 * wide < 12 else 0
    points -= 5 if _ELSEWHERE.intersection(segments) or last.startswith(_BYLINES) else 0
    for depth, parent in enumerate(anchor.iterancestors()):
        if parent.tag in _MARGINS:
            points -= 6
            break
        points += 1 if depth < 3 and parent.tag in _HEADLINES else 0
        if depth >= 12:
            break
    return points
