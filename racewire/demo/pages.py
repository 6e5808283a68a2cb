"""An article as its paper lays it out: one template a paper, in `templates/`, each built another way.

A template is a `string.Template`; every value put into it is escaped here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from racewire.demo.papers import Article, Paper


@cache
def _template(paper: Paper) -> Template:
    return Template((files(__package__) / "templates" / f"{paper.id}.html").read_text("utf-8"))


def page(article: Article, others: Sequence[Article] = ()) -> str:
    """The whole page; `others` are linked below the text as further reading."""
    paper = article.paper
    printed = article.published.strftime(paper.printed)
    related = "".join(f'<li><a href="{escape(other.path)}">{escape(other.title)}</a></li>' for other in others)
    return _template(paper).substitute(
        charset="gb2312" if paper.charset == "gbk" else paper.charset,
        lang=article.lang,
        title=escape(article.title),
        url=escape(article.url),
        paper=escape(paper.name),
        section=escape(article.section),
        byline=escape(article.byline or paper.name),
        printed=escape(printed),
        published=article.published.isoformat(),
        summary=escape(article.paragraphs[0]),
        dates="" if article.printed_date_only else _dates(article),
        json_ld=_json_ld(article),
        body="\n".join(f"<p>{escape(part, quote=False)}</p>" for part in article.paragraphs),
        related=related,
        made_up=escape(paper.made_up),
    )


def _dates(article: Article) -> str:
    metas = f'<meta property="article:published_time" content="{article.published.isoformat()}">'
    if article.modified:
        metas += f'\n<meta property="article:modified_time" content="{article.modified.isoformat()}">'
    return metas


def _json_ld(article: Article) -> str:
    """The article as a search engine wants it; `<` is escaped, so that no headline can end the script."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.published.isoformat(),
        "dateModified": article.changed.isoformat(),
        "author": [{"@type": "Organization", "name": article.byline or article.paper.name}],
        "publisher": {"@type": "Organization", "name": article.paper.name},
        "mainEntityOfPage": article.url,
        "inLanguage": article.lang,
    }
    return json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
