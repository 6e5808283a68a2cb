"""Romanian / română."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
Startup-ul Bujor a atras 50 de milioane de euro într-o rundă de finanțare.
    50 de milioane de euro | 50e6 | EUR | raised
Compania a fost evaluată la peste 3,5 miliarde de dolari.
    3,5 miliarde de dolari | >3.5e9 | USD | valuation
Grupul a cumpărat rivalul cu 120 mil. lei.
    120 mil. lei | 120e6 | RON | acquisition
Intenționează să investească până la 2 miliarde de euro.
    2 miliarde de euro | <2e9 | EUR | investment | planned
Cifra de afaceri de aproximativ 12.500 de lei.
    12.500 de lei | 12500 | RON | revenue | approx
Amendă de 5.000 lei.
    5.000 lei | 5000 | RON | fine
Abonamentul costă 49,99 lei pe lună.
    49,99 lei | 49.99 | RON | price | per month
În 2023 erau 20.000 de GPU-uri, 1,5 milioane de utilizatori și 35%.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("ro", sentence, lines)
