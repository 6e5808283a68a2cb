"""Indonesian / bahasa Indonesia."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
Startup Melati meraih pendanaan US$50 juta dalam putaran seri B.
    US$50 juta | 50e6 | USD | raised | series-b
Valuasi perusahaan itu mencapai lebih dari 3,5 miliar dolar AS.
    3,5 miliar dolar AS | >3.5e9 | USD | valuation
Grup itu mengakuisisi pesaingnya senilai Rp 3,5 triliun.
    Rp 3,5 triliun | 3.5e12 | IDR | acquisition
Perusahaan berencana berinvestasi hingga 2 miliar dolar.
    2 miliar dolar | <2e9 | USD | investment | planned
Pendapatan naik menjadi Rp 5 M dan US$5M.
    Rp 5 M | 5e9 | IDR | revenue
    US$5M | 5e6 | USD
Denda sebesar Rp500 ribu dan harga langganan Rp33.000 per bulan.
    Rp500 ribu | 5e5 | IDR | fine
    Rp33.000 | 33000 | IDR | price | per month
Setengah miliar dolar untuk pusat data.
    Setengah miliar dolar | 5e8 | USD | investment
Pada 2023 ada 20.000 GPU, 1,5 juta pengguna, dan kenaikan 35 persen.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("id", sentence, lines)
