"""Portuguese / português: Brazil's bilhão is 1e9, Portugal's bilião 1e12."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
A startup Jatobá captou R$ 50 milhões em uma rodada série A liderada por investidores locais.
    R$ 50 milhões | 50e6 | BRL | raised | series-a
A empresa foi avaliada em 3,5 bilhões de dólares.
    3,5 bilhões de dólares | 3.5e9 | USD | valuation
O grupo comprou a rival por mil milhões de euros.
    mil milhões de euros | 1e9 | EUR | acquisition
O governo prevê investir até R$ 23 bi em inteligência artificial.
    R$ 23 bi | <23e9 | BRL | investment | planned
Um bilião de euros de dívida.
    Um bilião de euros | 1e12 | EUR | debt
A receita somou US$ 5,1 bilhões, e o prejuízo, cerca de US$ 120 mi.
    US$ 5,1 bilhões | 5.1e9 | USD | revenue
    US$ 120 mi | 120e6 | USD | loss | approx
A multa passa de 200 mil reais.
    200 mil reais | 2e5 | BRL | fine
A assinatura custa R$ 99,90 por mês.
    R$ 99,90 | 99.90 | BRL | price | per month
Entre 10 e 15 milhões de libras em subsídios.
    10 e 15 milhões de libras | 10e6..15e6 | GBP | grant
Em 2023 havia 20.000 GPUs, 1,5 milhão de usuários e alta de 35%.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("pt", sentence, lines)
