"""The demo's texts have the sums that they were written for, each in its role; only the rounds are raises."""

from __future__ import annotations

from decimal import Decimal

import pytest

from racewire.demo.newsroom import Newsroom
from racewire.demo.papers import STEPS, Article
from racewire.figures import find_figures
from racewire.model import Figure

OUT = Newsroom(steps=frozenset(STEPS)).articles() + tuple(
    article for article in Newsroom().articles() if article.name == "minimax-round"
)

ROUNDS = {
    "baichuan-seed": "baichuan",
    "minimax-round": "minimax",
    "mistral-series-a": "mistral",
    "moonshot-round": "moonshot",
    "upstage-series-b": "upstage",
    "aleph-alpha-plans": "aleph-alpha",
}
# article, the sum as written, its value, currency, what it is
RAISES = [
    ("nhip-so/baichuan-hat-giong", "50 triệu USD", 50e6, "USD", "seed"),
    ("meridian-wire/baichuan-seed", "$50 million", 50e6, "USD", "seed"),
    ("chaoxi-keji/baichuan-seed", "5000万美元", 50e6, "USD", "seed"),
    ("denshi-shimpo/baichuan-seed", "3億元", 300e6, "CNY", "seed"),
    ("hangang-tech/baichuan-seed", "5000만 달러", 50e6, "USD", "seed"),
    ("rheinkurier/baichuan-seed", "50 Millionen Dollar", 50e6, "USD", "seed"),
    ("le-fil/baichuan", "50 millions de dollars", 50e6, "USD", "seed"),
    ("meridian-wire/minimax-round", "$250 million", 250e6, "USD", None),
    ("chaoxi-keji/minimax-round", "2.5亿美元", 250e6, "USD", None),
    ("rheinkurier/minimax", "150 Millionen Dollar", 150e6, "USD", None),
    ("meridian-wire/mistral-series-a", "€90 million", 90e6, "EUR", "series-a"),
    ("rheinkurier/mistral", "90 Millionen Euro", 90e6, "EUR", "series-a"),
    ("le-fil/mistral", "90 millions d'euros", 90e6, "EUR", "series-a"),
    ("nhip-so/moonshot", "60 triệu USD", 60e6, "USD", None),
    ("meridian-wire/moonshot-round", "$60 million", 60e6, "USD", None),
    ("chaoxi-keji/moonshot-round", "6000万美元", 60e6, "USD", None),
    ("hangang-tech/upstage-series-b", "1000억원", 1e11, "KRW", "series-b"),
    ("denshi-shimpo/upstage-series-b", "1000億ウォン", 1e11, "KRW", "series-b"),
]
OTHERS = [
    ("nhip-so/baichuan-hat-giong", "3,5 tỷ USD", 3.5e9, "USD", "acquisition"),
    ("nhip-so/cuoc-dua-ai", "800 tỷ USD", 800e9, "USD", "market_size"),
    ("nhip-so/fpt-trung-tam", "200 triệu USD", 200e6, "USD", "investment"),
    ("nhip-so/baichuan-alibaba", "120 triệu nhân dân tệ", 120e6, "CNY", "contract"),
    ("meridian-wire/zhipu-valuation", "$1.2 billion", 1.2e9, "USD", "valuation"),
    ("chaoxi-keji/baichuan-seed", "35亿美元", 3.5e9, "USD", "acquisition"),
    ("chaoxi-keji/baichuan-alibaba", "1.2亿元", 120e6, "CNY", "contract"),
    ("chaoxi-keji/zhipu-share-sale", "12亿美元", 1.2e9, "USD", "valuation"),
    ("hangang-tech/zhipu-valuation", "12억 달러", 1.2e9, "USD", "valuation"),
    ("hangang-tech/baichuan-seed", "35억 달러", 3.5e9, "USD", "acquisition"),
    ("hangang-tech/hynix-plant", "10조원", 1e13, "KRW", "investment"),
    ("denshi-shimpo/rapidus-grant", "2600億円", 260e9, "JPY", "grant"),
    ("denshi-shimpo/baichuan-seed", "35億ドル", 3.5e9, "USD", "acquisition"),
    ("denshi-shimpo/openai-revenue", "2億ドル", 200e6, "USD", "revenue"),
    ("rheinkurier/openai-umsatz", "200 Millionen Dollar", 200e6, "USD", "revenue"),
    ("rheinkurier/baichuan-seed", "3,5 Milliarden Dollar", 3.5e9, "USD", "acquisition"),
    ("meridian-wire/openai-revenue", "$200 million", 200e6, "USD", "revenue"),
    ("le-fil/baichuan", "3,5 milliards de dollars", 3.5e9, "USD", "acquisition"),
]
PRICES = [
    ("nhip-so/cuoc-dua-ai", "2,5 USD", "hour"),
    ("nhip-so/gia-thue-gpu", "45.000 đồng", "hour"),
    ("meridian-wire/alibaba-cloud-prices", "24.50 yuan", "hour"),
    ("chaoxi-keji/alibaba-cloud-prices", "24.5元", "hour"),
    ("denshi-shimpo/alibaba-cloud-prices", "24.5元", "hour"),
    ("meridian-wire/openai-revenue", "$20", "month"),
    ("denshi-shimpo/openai-revenue", "20ドル", "month"),
    ("rheinkurier/openai-umsatz", "20 Dollar", "month"),
]
EQUIVALENTS = [
    ("denshi-shimpo/baichuan-seed", "4100万ドル", "3億元"),
    ("hangang-tech/baichuan-seed", "655억원", "5000만 달러"),
    ("rheinkurier/baichuan-seed", "46 Millionen Euro", "50 Millionen Dollar"),
    ("denshi-shimpo/alibaba-cloud-prices", "490円", "24.5元"),
]


def figures(article: Article) -> list[Figure]:
    return find_figures("\n".join(article.paragraphs), article.lang, published_on=article.published.date())


def the(name: str, surface: str) -> Figure:
    article = next(article for article in OUT if article.id == name)
    found = [figure for figure in figures(article) if figure.surface == surface]
    assert found, [figure.surface for figure in figures(article)]
    return found[0]


@pytest.mark.parametrize(("name", "surface", "value", "currency", "round_"), RAISES)
def test_rounds_are_raises_of_their_company(name: str, surface: str, value: float, currency: str, round_: str | None) -> None:
    figure = the(name, surface)
    assert (figure.role, figure.low, figure.high, figure.currency) == ("raised", Decimal(value), Decimal(value), currency)
    assert figure.round == round_
    story = next(article.story for article in OUT if article.id == name)
    assert figure.recipient == ROUNDS[str(story)]


def test_a_plan_is_no_round_yet() -> None:
    figure = the("rheinkurier/aleph-alpha", "400 Millionen Euro")
    assert (figure.low, figure.high, figure.currency) == (None, Decimal(400_000_000), "EUR")
    assert (figure.role, figure.certainty, figure.recipient) == ("raised", "planned", "aleph-alpha")


@pytest.mark.parametrize(("name", "surface", "value", "currency", "role"), OTHERS)
def test_other_sums_are_not_raises(name: str, surface: str, value: float, currency: str, role: str) -> None:
    figure = the(name, surface)
    assert (figure.low, figure.currency) == (Decimal(value), currency)
    assert figure.role == role


@pytest.mark.parametrize(("name", "surface", "per"), PRICES)
def test_prices_say_for_what(name: str, surface: str, per: str) -> None:
    figure = the(name, surface)
    assert (figure.role, figure.per) == ("price", per)


@pytest.mark.parametrize(("name", "surface", "of"), EQUIVALENTS)
def test_a_sum_in_brackets_restates_the_one_before(name: str, surface: str, of: str) -> None:
    article = next(article for article in OUT if article.id == name)
    found = figures(article)
    (restated,) = [figure for figure in found if figure.surface == surface]
    assert restated.equivalent_of is not None
    assert found[restated.equivalent_of].surface == of


@pytest.mark.parametrize("article", [article for article in OUT if article.story not in ROUNDS], ids=lambda article: article.id)
def test_no_raise_where_nobody_raised(article: Article) -> None:
    assert [figure.surface for figure in figures(article) if figure.role == "raised"] == []


@pytest.mark.parametrize("story", ROUNDS)
def test_most_reports_of_a_round_say_who_raised(story: str) -> None:
    told = [article for article in OUT if article.story == story and not article.copy_of]
    raises = [[f for f in figures(article) if f.role == "raised" and f.equivalent_of is None] for article in told]
    right = [found for found in raises if found and {figure.recipient for figure in found} == {ROUNDS[story]}]
    assert len(right) * 2 >= len(told)


@pytest.mark.parametrize(
    "name", ["nhip-so/mua-dong", "meridian-wire/regatta", "chaoxi-keji/heat", "denshi-shimpo/baseball", "hangang-tech/rain",
             "rheinkurier/kreisliga", "rheinkurier/chips-hochschulen", "le-fil/orages"],
)  # fmt: skip
def test_counts_degrees_and_goals_are_no_money(name: str) -> None:
    article = next(article for article in OUT if article.id == name)
    assert figures(article) == []
