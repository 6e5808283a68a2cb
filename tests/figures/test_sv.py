"""Swedish / svenska."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
Bolaget Blåklint tar in 50 miljoner kronor i en finansieringsrunda.
    50 miljoner kronor | 50e6 | SEK | raised
Bolaget värderas till över 3,5 miljarder dollar.
    3,5 miljarder dollar | >3.5e9 | USD | valuation
Koncernen köper rivalen för 120 mkr.
    120 mkr | 120e6 | SEK | acquisition
Planerar att investera upp till 2 biljoner kronor i datacenter.
    2 biljoner kronor | <2e12 | SEK | investment | planned
Omsättningen steg till 150 MSEK och förlusten var cirka 12 mdr kr.
    150 MSEK | 150e6 | SEK | revenue
    12 mdr kr | 12e9 | SEK | loss | approx
Abonnemanget kostar 199 kr i månaden.
    199 kr | 199 | SEK | price | per month
Böter på tvåhundra euro.
    tvåhundra euro | 200 | EUR | fine
Under 2023 fanns 20 000 GPU:er, 1,5 miljoner användare och 35 procent.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("sv", sentence, lines)
