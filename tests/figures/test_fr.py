"""French / français."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
La jeune pousse Aubépine lève 50 M€ en série B auprès de deux fonds.
    50 M€ | 50e6 | EUR | raised | series-b
Elle est valorisée à plus de 3,5 milliards de dollars.
    3,5 milliards de dollars | >3.5e9 | USD | valuation
Le groupe rachète son rival pour 1,2 Md€.
    1,2 Md€ | 1.2e9 | EUR | acquisition
L'État prévoit d'investir près de 2 billions d'euros sur vingt ans.
    2 billions d'euros | 2e12 | EUR | investment | planned | approx
Le chiffre d'affaires atteint 3 500 000 € et le bénéfice net 120 k€.
    3 500 000 € | 3.5e6 | EUR | revenue
    120 k€ | 120000 | EUR | profit
La Cnil inflige une amende de 40 millions d'euros.
    40 millions d'euros | 40e6 | EUR | fine
L'abonnement coûte de 10 à 15 euros par mois.
    10 à 15 euros | 10..15 | EUR | price | per month
Le marché devrait atteindre 500 Mds$ en 2030.
    500 Mds$ | 500e9 | USD | market_size | planned
Des centaines de millions d'euros de pertes ont été enregistrées.
    centaines de millions d'euros | 1e8..1e9 | EUR | loss | approx
Un demi-milliard de dollars canadiens a été emprunté.
    Un demi-milliard de dollars canadiens | 5e8 | CAD | debt
Jusqu'à quatre-vingt millions de francs suisses de subventions seront versés.
    quatre-vingt millions de francs suisses | <80e6 | CHF | grant
En 2023, 20 000 GPU, 1,5 million d'utilisateurs et 35 % de parts de marché.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("fr", sentence, lines)
