"""Turkish / Türkçe."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
Girişim şirketi Kardelen 50 milyon dolar yatırım aldı.
    50 milyon dolar | 50e6 | USD | raised
Şirket 3,5 milyar dolar değerlemeye ulaştı.
    3,5 milyar dolar | 3.5e9 | USD | valuation
Holding rakibini 120 milyon TL'ye satın aldı.
    120 milyon TL | 120e6 | TRY | acquisition
Grup yaklaşık 2 trilyon liralık yatırım planlıyor.
    2 trilyon liralık | 2e12 | TRY | investment | approx
Geliri 450 bin avroya yükseldi.
    450 bin avroya | 450000 | EUR | revenue
Rekabet Kurumu 1 milyar $'lık ceza kesti.
    1 milyar $ | 1e9 | USD | fine
Aylık abonelik ücreti 199,99 TL.
    199,99 TL | 199.99 | TRY | price
Yarım milyar dolar kredi alındı.
    Yarım milyar dolar | 5e8 | USD | debt
2023'te 20.000 GPU, 1,5 milyon kullanıcı ve yüzde 35 artış; 5 yeni ürün.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("tr", sentence, lines)
