"""What racewire reads in the demo's pages is what was written: headline, paragraphs, language, date and names."""

from __future__ import annotations

from datetime import UTC

import pytest

from racewire.demo.newsroom import Newsroom
from racewire.demo.pages import page
from racewire.demo.papers import STEPS, Article
from racewire.entities import find_mentions
from racewire.reading import Hints, read

OUT = Newsroom(steps=frozenset(STEPS)).articles()
NAMES = {
    "nhip-so/baichuan-hat-giong": {"baichuan", "wang-xiaochuan", "sogou", "tencent"},
    "nhip-so/baichuan-alibaba": {"baichuan", "alibaba-cloud", "alibaba", "qwen"},
    "nhip-so/fpt-trung-tam": {"fpt"},
    "meridian-wire/minimax-round": {"minimax", "chatgpt"},
    "meridian-wire/bytedance-gpus": {"bytedance", "nvidia", "tiktok", "a100", "h800"},
    "chaoxi-keji/baichuan-seed": {"baichuan", "wang-xiaochuan", "sogou", "tencent"},
    "chaoxi-keji/zhipu-share-sale": {"zhipu", "glm"},
    "denshi-shimpo/baichuan-seed": {"baichuan", "wang-xiaochuan", "sogou", "tencent", "chatgpt"},
    "denshi-shimpo/openai-revenue": {"openai", "chatgpt", "microsoft"},
    "hangang-tech/hynix-plant": {"sk-hynix", "hbm", "samsung"},
    "hangang-tech/baichuan-seed": {"baichuan", "wang-xiaochuan", "sogou", "tencent", "chatgpt"},
    "rheinkurier/mistral": {"mistral", "gpt-4"},
    "rheinkurier/aleph-alpha": {"aleph-alpha"},
    "le-fil/baichuan": {"baichuan", "wang-xiaochuan", "sogou", "tencent"},
}
NOBODY = (
    "nhip-so/mua-dong",
    "meridian-wire/regatta",
    "chaoxi-keji/heat",
    "denshi-shimpo/baseball",
    "hangang-tech/rain",
    "rheinkurier/kreisliga",
    "le-fil/orages",
)


def by_id(name: str) -> Article:
    return next(article for article in OUT if article.id == name)


@pytest.mark.parametrize("article", [pytest.param(article, id=article.id) for article in OUT])
def test_a_page_is_read_as_it_was_written(article: Article) -> None:
    paper = article.paper
    others = [other for other in OUT if other.paper == paper and other is not article][:3]
    seen = read(
        page(article, others).encode(paper.charset),
        article.url,
        encoding=None if paper.charset == "gbk" else paper.charset,
        hints=Hints(country=paper.country, timezone=paper.timezone),
    )
    assert seen.problem is None
    assert seen.title == article.title
    assert seen.lang == article.lang
    assert seen.canonical_url in (None, article.url)
    assert seen.published_at == article.published.astimezone(UTC)
    paragraphs = [part for part in seen.text.split("\n") if part]
    assert [part for part in paragraphs if part in article.paragraphs] == list(article.paragraphs)
    assert len(paragraphs) <= len(article.paragraphs) + 1  # a byline may stay, nothing else
    assert paper.made_up not in seen.text


@pytest.mark.parametrize("name", NAMES)
def test_the_tracked_names_are_found(name: str) -> None:
    article = by_id(name)
    found = {mention.entity for mention in find_mentions("\n".join(article.paragraphs), article.lang)}
    assert found >= NAMES[name]  # the list of tracked names may grow


@pytest.mark.parametrize("name", NOBODY)
def test_an_article_about_something_else_names_nobody(name: str) -> None:
    article = by_id(name)
    assert find_mentions("\n".join((article.title, *article.paragraphs)), article.lang) == []
