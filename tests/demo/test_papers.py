"""The texts are what the demo needs: languages, copies, versions, one lie; and they fit their papers."""

from __future__ import annotations

from collections import defaultdict
from zoneinfo import ZoneInfo

import pytest

from racewire.demo.newsroom import Newsroom
from racewire.demo.papers import BREAKS, LIAR, PAPERS, STEPS, Article, _article, articles

OUT = Newsroom().articles()


def test_six_papers_in_six_languages_and_one_that_is_down() -> None:
    assert [paper.lang for paper in PAPERS if paper.id != BREAKS] == ["vi", "en", "zh", "ja", "ko", "de"]
    assert {article.paper.id for article in OUT} == {paper.id for paper in PAPERS}
    assert 45 <= len([article for article in OUT if article.paper.id != BREAKS]) <= 55
    assert max(len(Newsroom().articles(paper.id)) for paper in PAPERS) <= 12


@pytest.mark.parametrize("article", articles(), ids=lambda article: f"{article.id}{article.step and '@' + article.step}")
def test_an_article_fits_its_paper(article: Article) -> None:
    local = article.published.astimezone(ZoneInfo(article.paper.timezone))
    assert local.isoformat() == article.published.isoformat()
    assert article.path.startswith("/")
    assert 3 <= len(article.paragraphs) <= 8
    for text in (article.title, article.byline, article.section, *article.paragraphs):
        text.encode(article.paper.charset)
        assert text.strip() == text != ""


def test_addresses_are_unique() -> None:
    paths = [
        path for article in OUT for path in (article.url, article.moved_from and article.paper.root + article.moved_from) if path
    ]
    assert len(paths) == len(set(paths))


def test_copies_say_the_same_under_another_headline_with_something_left_out() -> None:
    by_id = {article.id: article for article in OUT}
    copies = [article for article in OUT if article.copy_of]
    assert len(copies) >= 8
    for copy in copies:
        first = by_id[str(copy.copy_of)]
        assert copy.title != first.title
        assert copy.story == first.story
        assert copy.published > first.published
        assert set(copy.paragraphs) < set(first.paragraphs)


def test_one_round_is_told_in_all_languages_and_the_vietnamese_paper_was_first() -> None:
    told = sorted((article for article in OUT if article.story == "baichuan-seed"), key=lambda article: article.published)
    assert {article.lang for article in told} == {paper.lang for paper in PAPERS}
    assert told[0].paper.lang == "vi"
    assert "50 triệu USD" in told[0].title
    sums = {article.paper.id: " ".join(article.paragraphs) for article in told if not article.copy_of}
    assert "$50 million" in sums["meridian-wire"]
    assert "5000万美元" in sums["chaoxi-keji"]
    assert "3億元（約4100万ドル）" in sums[LIAR]
    assert "5000万" not in sums[LIAR]


def test_several_stories_are_told_in_several_languages() -> None:
    told: dict[str, set[str]] = defaultdict(set)
    for article in OUT:
        if article.story:
            told[article.story].add(article.lang)
    assert sum(len(langs) > 1 for langs in told.values()) >= 8


def test_later_versions_replace_earlier_ones_and_come_after_all_that_is_out() -> None:
    newest = max(article.changed for article in OUT)
    assert all(article.changed > newest for article in articles() if article.step)
    after = Newsroom(steps=frozenset(STEPS)).articles("meridian-wire")
    (corrected,) = [article for article in after if article.modified]
    (before,) = [article for article in OUT if article.id == corrected.id]
    assert corrected.url == before.url
    assert "$150 million" in before.title
    assert "$250 million" in corrected.title


@pytest.mark.parametrize(
    "text",
    [
        "title: no path\npublished: 2023-06-29T10:00:00+00:00\n\ntext",
        "path: /x\ntitle: no text\npublished: 2023-06-29T10:00:00+00:00",
        "path: /x\ntitle: no such step\npublished: 2023-06-29T10:00:00+00:00\nstep: never\n\ntext",
        "path: /x\ntitle: no such original\npublished: 2023-06-29T10:00:00+00:00\ncopy-of: a/b",
        "path: /x\ntitle: no date\npublished: yesterday\n\ntext",
    ],
)
def test_a_broken_article_file_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"articles/nhip-so/x\.txt"):
        _article(PAPERS[0], "nhip-so/x", text, {})
