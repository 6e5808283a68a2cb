"""Languages with short tables, and those without any."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLES = {
    "no": """
Selskapet henter 50 millioner kroner i en emisjon på opptil 2 milliarder kroner.
    50 millioner kroner | 50e6 | NOK | raised
    2 milliarder kroner | <2e9 | NOK
""",
    "da": """
Selskabet rejser 50 mio. kr. til en værdi på over 3,5 milliarder dollar.
    50 mio. kr | 50e6 | DKK | raised
    3,5 milliarder dollar | >3.5e9 | USD
""",
    "fi": """
Yhtiö keräsi 50 miljoonan euron rahoituksen.
    50 miljoonan euron | 50e6 | EUR | raised
Liikevaihto kasvoi noin 1,2 miljardiin euroon.
    1,2 miljardiin euroon | 1.2e9 | EUR | revenue | approx
Mukana oli 27 Euroopan maata.
""",
    "mn": """
Төсөв нь MNT20-c 35₮ байна.
    MNT20-c 35₮ | 20..35 | MNT
""",
    "cs": """
Firma získala 50 milionů korun a dluží asi 3,5 mld. Kč.
    50 milionů korun | 50e6 | CZK | raised
    3,5 mld. Kč | 3.5e9 | CZK
""",
    "el": """
Η εταιρεία άντλησε 50 εκατ. ευρώ.
    50 εκατ. ευρώ | 50e6 | EUR | raised
Η αγορά αξίζει 3,5 δισ. δολάρια.
    3,5 δισ. δολάρια | 3.5e9 | USD
""",
    "he": """
החברה גייסה 50 מיליון דולר.
    50 מיליון דולר | 50e6 | USD | raised
""",
    "th": """
บริษัทระดมทุน 500 ล้านบาท
    500 ล้านบาท | 500e6 | THB | raised
มูลค่า 3 หมื่นล้านบาท
    3 หมื่นล้านบาท | 3e10 | THB
""",
    "bg": """
Компанията набра 50 млн. лв. и над 10 млн. евро.
    50 млн. лв. | 50e6 | BGN | raised
    10 млн. евро | >10e6 | EUR
""",
    "hr": """
Tvrtka je prikupila 50 milijuna eura iz 27 europskih zemalja.
    50 milijuna eura | 50e6 | EUR | raised
""",
    "hu": """
A cég 3,5 milliárd forint tőkebevonást jelentett be 27 európai országban.
    3,5 milliárd forint | 3.5e9 | HUF | raised
""",
    "sw": """
Kampuni ilipata US$50 na EUR 20.
    US$50 | 50 | USD
    EUR 20 | 20 | EUR
""",
}


@pytest.mark.parametrize(
    ("lang", "sentence", "lines"), [(lang, *case) for lang, table in TABLES.items() for case in cases(table)]
)
def test_sentence(lang: str, sentence: str, lines: list[str]) -> None:
    check(lang, sentence, lines)
