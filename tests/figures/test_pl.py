"""Polish / polski."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
Startup Jarzębina pozyskał 50 mln zł w rundzie serii A.
    50 mln zł | 50e6 | PLN | raised | series-a
Wycena spółki przekroczyła 3,5 mld dolarów.
    3,5 mld dolarów | >3.5e9 | USD | valuation
Grupa przejęła konkurenta za 120 tys. euro.
    120 tys. euro | 120000 | EUR | acquisition
Koncern planuje zainwestować do 2 bilionów złotych.
    2 bilionów złotych | <2e12 | PLN | investment | planned
Przychody wyniosły około 1,2 miliarda złotych.
    1,2 miliarda złotych | 1.2e9 | PLN | revenue | approx
Kara w wysokości 5 milionów franków szwajcarskich.
    5 milionów franków szwajcarskich | 5e6 | CHF | fine
Abonament kosztuje 49,99 zł miesięcznie.
    49,99 zł | 49.99 | PLN | price | per month
Półtora miliona dolarów długu.
    Półtora miliona dolarów | 1.5e6 | USD | debt
W 2023 roku 20 000 GPU, 1,5 mln użytkowników i 35 proc., pięć marek.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("pl", sentence, lines)
