"""Dutch / Nederlands."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
De start-up Wilgenroos haalt 50 miljoen euro op in een investeringsronde.
    50 miljoen euro | 50e6 | EUR | raised
Het bedrijf is gewaardeerd op ruim 3,5 miljard dollar.
    3,5 miljard dollar | >3.5e9 | USD | valuation
De overname van de rivaal kost 120 mln euro.
    120 mln euro | 120e6 | EUR | acquisition
De groep wil tot 2 biljoen euro investeren.
    2 biljoen euro | <2e12 | EUR | investment | planned
De omzet steeg naar 12.500 euro; het verlies bedroeg tweehonderdduizend euro.
    12.500 euro | 12500 | EUR | revenue
    tweehonderdduizend euro | 2e5 | EUR | loss
Een abonnement kost ongeveer 20 euro per maand.
    20 euro | 20 | EUR | price | per month | approx
Tussen de 10 en 15 miljoen Britse pond subsidie.
    10 en 15 miljoen Britse pond | 10e6..15e6 | GBP | grant
In 2023 waren er 20.000 GPU's, 1,5 miljoen gebruikers en 35 procent groei.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("nl", sentence, lines)
