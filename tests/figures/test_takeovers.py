"""Who bought whom: voice, auxiliaries and verbs at the end of the clause."""

from __future__ import annotations

import pytest

from racewire.figures import find_figures

BOUGHT = [
    ("en", "Periwinkle was sold to Marigold last year in a deal worth $900 million."),
    ("en", "Periwinkle was bought by Marigold for $900 million."),
    ("en", "Marigold agreed to buy Periwinkle in a deal valued at $900 million."),
    ("en", "Marigold bought Periwinkle in a deal valuing the company at $900 million."),
    ("en", "Periwinkle was sold by Foxglove to Marigold for $900 million."),
    ("de", "Periwinkle wurde für 900 Millionen Euro von Foxglove an Marigold verkauft."),
    ("vi", "Periwinkle về tay Marigold với giá 900 triệu USD."),
    ("vi", "Periwinkle được bán cho Marigold với giá 900 triệu USD."),
    ("de", "Marigold hat Periwinkle 2019 für 900 Millionen Euro vollständig übernommen."),
    ("de", "Periwinkle wurde 2019 für 900 Millionen Euro von Marigold übernommen."),
    ("de", "Periwinkle wurde für 900 Millionen Euro an Marigold verkauft."),
    ("de", "Periwinkle war 2019 für 900 Millionen Euro vollständig in bar von Marigold übernommen worden."),
    ("fr", "Marigold avait racheté Periwinkle pour 900 millions d'euros."),
    ("fr", "Periwinkle a été racheté par Marigold pour 900 millions d'euros."),
    ("es", "Marigold ha comprado Periwinkle por 900 millones de euros."),
    ("es", "Periwinkle fue adquirida por Marigold por 900 millones de euros."),
    ("it", "Marigold ha acquisito Periwinkle per 900 milioni di euro."),
    ("it", "Periwinkle è stata acquistata da Marigold per 900 milioni di euro."),
    ("pt", "Marigold comprou a Periwinkle por 900 milhões de euros."),
    ("pt", "A Marigold tinha comprado a Periwinkle por 900 milhões de euros."),
    ("pt", "A Periwinkle foi comprada pela Marigold por 900 milhões de euros."),
    ("nl", "Marigold heeft Periwinkle voor 900 miljoen euro overgenomen."),
    ("nl", "Marigold heeft Periwinkle overgenomen voor 900 miljoen euro."),
    ("nl", "Periwinkle werd door Marigold overgenomen voor 900 miljoen euro."),
]


@pytest.mark.parametrize(("lang", "text"), BOUGHT)
def test_marigold_buys_periwinkle(lang: str, text: str) -> None:
    [figure] = find_figures(text, lang, mentions=())
    assert (figure.role, figure.recipient_name, figure.payer_name) == ("acquisition", "Periwinkle", "Marigold")


def test_a_passive_of_another_clause_says_nothing() -> None:
    text = "Marigold übernimmt Periwinkle für 900 Millionen Euro, der Kauf wird, so heißt es, von Foxglove bezahlt."
    [figure] = find_figures(text, "de", mentions=())
    assert (figure.recipient_name, figure.payer_name) == ("Periwinkle", "Marigold")


def test_goods_are_ordered_and_not_taken_over() -> None:
    [figure] = find_figures("Marigold will buy some 40,000 Periwinkle chips in a deal worth $900 million.", "en", mentions=())
    assert figure.role == "contract"


def test_a_deal_without_a_purchase_is_a_contract() -> None:
    [figure] = find_figures("Marigold signed a deal worth $900 million with Periwinkle.", "en", mentions=())
    assert (figure.role, figure.recipient_name, figure.payer_name) == ("contract", "Periwinkle", "Marigold")


def test_a_round_in_a_deal_is_no_purchase() -> None:
    [_, figure] = find_figures("Periwinkle raised $90M in a deal valuing it at $900 million.", "en", mentions=())
    assert (figure.role, figure.recipient_name) == ("valuation", "Periwinkle")
