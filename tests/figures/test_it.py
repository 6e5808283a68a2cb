"""Italian / italiano."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
La startup Ginestra ha raccolto 50 milioni di euro in un round di serie B.
    50 milioni di euro | 50e6 | EUR | raised | series-b
La valutazione supera i 3,5 miliardi di dollari.
    3,5 miliardi di dollari | >3.5e9 | USD | valuation
Il gruppo ha acquisito il concorrente per 120 mln di euro.
    120 mln di euro | 120e6 | EUR | acquisition
Prevede di investire fino a 2 mld di euro in un data center.
    2 mld di euro | <2e9 | EUR | investment | planned
I ricavi sono cresciuti a 12.500 euro, con una perdita di circa ottocentomila euro.
    12.500 euro | 12500 | EUR | revenue
    ottocentomila euro | 8e5 | EUR | loss | approx
Multa da 1,1 miliardi di euro per il colosso.
    1,1 miliardi di euro | 1.1e9 | EUR | fine
L'abbonamento costa 20 euro al mese.
    20 euro | 20 | EUR | price | per month
Mezzo miliardo di franchi svizzeri di debiti.
    Mezzo miliardo di franchi svizzeri | 5e8 | CHF | debt
Tra 10 e 15 milioni di sterline di contributi.
    10 e 15 milioni di sterline | 10e6..15e6 | GBP | grant
Nel 2023 cinque marchi, 20.000 GPU e 1,5 milioni di utenti.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("it", sentence, lines)
