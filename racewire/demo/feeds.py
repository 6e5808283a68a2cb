"""What a paper shows of itself besides its articles: feeds, sitemap, front page, robots.txt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from racewire.demo.papers import Article, Paper

TRACKERS = "utm_source=feed&utm_medium=rss&utm_campaign=all"


def _link(article: Article) -> str:
    """The address as the paper's feeds give it: an old one, or one that is followed about."""
    if article.moved_from:
        return article.paper.root + article.moved_from
    return f"{article.url}?{TRACKERS}" if article.paper.tracked_feeds else article.url


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def rss(paper: Paper, articles: Sequence[Article]) -> str:
    items = "".join(
        f"<item><title>{escape(article.title)}</title><link>{escape(_link(article))}</link>"
        f'<guid isPermaLink="false">{paper.id}-{article.name}</guid>'
        + (
            ""
            if article.printed_date_only
            else f"<pubDate>{format_datetime(article.published.astimezone(UTC), usegmt=True)}</pubDate>"
        )
        + f"<description>{escape(article.paragraphs[0])}</description></item>\n"
        for article in articles
    )
    return (
        f'<?xml version="1.0" encoding="{paper.charset}"?>\n<rss version="2.0"><channel><title>{escape(paper.name)}</title>'
        f"<link>{paper.root}/</link><description>{escape(paper.made_up)}</description><language>{paper.lang}</language>\n"
        f"{items}</channel></rss>\n"
    )


def atom(paper: Paper, articles: Sequence[Article]) -> str:
    newest = max((article.changed for article in articles), default=None)
    entries = "".join(
        f'<entry><title type="text">{escape(article.title)}</title><link rel="alternate" href="{escape(_link(article))}"/>'
        f"<id>tag:{paper.host},2023:{article.name}</id><published>{_iso(article.published)}</published>"
        f'<updated>{_iso(article.changed)}</updated><summary type="text">{escape(article.paragraphs[0])}</summary></entry>\n'
        for article in articles
    )
    return (
        f'<?xml version="1.0" encoding="{paper.charset}"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{paper.lang}">'
        f"<title>{escape(paper.name)}</title><subtitle>{escape(paper.made_up)}</subtitle><id>{paper.root}/atom.xml</id>"
        f'<link rel="self" href="{paper.root}/atom.xml"/><author><name>{escape(paper.name)}</name></author>'
        + (f"<updated>{_iso(newest)}</updated>\n" if newest else "\n")
        + f"{entries}</feed>\n"
    )


def json_feed(paper: Paper, articles: Sequence[Article]) -> str:
    items = [
        {
            "id": f"{paper.id}-{article.name}",
            "url": _link(article),
            "title": article.title,
            "summary": article.paragraphs[0],
            "language": article.lang,
        }
        | ({} if article.printed_date_only else {"date_published": article.published.isoformat()})
        for article in articles
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": paper.name,
        "description": paper.made_up,
        "home_page_url": f"{paper.root}/",
        "feed_url": f"{paper.root}/feed.json",
        "language": paper.lang,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def sitemap(paper: Paper, articles: Sequence[Article]) -> str:
    """A news sitemap; the addresses in it are the clean ones."""
    urls = "".join(
        f"<url><loc>{escape(article.url)}</loc><news:news><news:publication><news:name>{escape(paper.name)}</news:name>"
        f"<news:language>{article.lang}</news:language></news:publication>"
        f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(article.title)}</news:title></news:news>"
        + (f"<lastmod>{article.modified.isoformat()}</lastmod>" if article.modified else "")
        + "</url>\n"
        for article in articles
    )
    return (
        f'<?xml version="1.0" encoding="{paper.charset}"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'
    )


def front_page(paper: Paper, articles: Sequence[Article]) -> str:
    items = "".join(
        f'<li><a href="{escape(article.path)}">{escape(article.title)}</a> <small>{escape(article.section)}</small></li>\n'
        for article in articles
    )
    return (
        f'<!doctype html>\n<html lang="{paper.lang}"><head><meta charset="{paper.charset}"><title>{escape(paper.name)}</title>\n'
        f'<link rel="alternate" type="application/rss+xml" title="{escape(paper.name)}" href="/rss.xml"></head>\n'
        f'<body><header><h1>{escape(paper.name)}</h1><nav><a href="/">1</a> <a href="/about">2</a></nav></header>\n'
        f'<main><ul class="list">\n{items}</ul></main>\n'
        f'<footer><p>{escape(paper.made_up)}</p><a href="/intern/">intern</a></footer></body></html>\n'
    )


def robots(paper: Paper) -> str:
    return f"User-agent: *\nDisallow: /intern/\n\nSitemap: {paper.root}/news-sitemap.xml\n"
