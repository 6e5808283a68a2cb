"""German / Deutsch."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
Das Berliner Start-up Lerchenfeld sammelt in einer Finanzierungsrunde 50 Mio. Euro ein.
    50 Mio. Euro | 50e6 | EUR | raised
Die Bewertung liegt nun bei rund 3,5 Mrd. US-Dollar.
    3,5 Mrd. US-Dollar | 3.5e9 | USD | valuation | approx
Der Konzern übernimmt den Chipdesigner für 1,2 Milliarden Euro.
    1,2 Milliarden Euro | 1.2e9 | EUR | acquisition
Der Staat steckt bis zu 2 Billionen Euro in die Wirtschaft.
    2 Billionen Euro | <2e12 | EUR | investment
Der Umsatz stieg von 4,1 auf 5,3 Milliarden Euro, der Verlust sank auf 800 Tsd. Euro.
    5,3 Milliarden Euro | 5.3e9 | EUR | revenue
    800 Tsd. Euro | 8e5 | EUR | loss
Die Kommission verhängte eine Geldstrafe von mehr als 1.234,56 €.
    1.234,56 € | >1234.56 | EUR | fine
Das Abo kostet 19,99 Euro pro Monat.
    19,99 Euro | 19.99 | EUR | price | per month
Der Vertrag ist zwölf Millionen Euro wert, das Darlehen siebenhundert Euro.
    zwölf Millionen Euro | 12e6 | EUR
    siebenhundert Euro | 700 | EUR | debt
Zwischen 10 und 15 Millionen Franken sollen in die Fabrik fließen.
    10 und 15 Millionen Franken | 10e6..15e6 | CHF | investment
Anderthalb Milliarden Dollar will der Konzern investieren.
    Anderthalb Milliarden Dollar | 1.5e9 | USD | investment
Am 3. Oktober 2023 kamen 1.000 GPUs, 35 % mehr Nutzer und 90 Milliarden Kubikmeter Gas hinzu.
Ein Dreipfünder und 4 Pfund schwere Akten in 12 Bänden.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("de", sentence, lines)
