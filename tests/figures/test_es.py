"""Spanish / español."""

from __future__ import annotations

import pytest

from racewire.figures import find_figures
from tests.figures.tables import cases, check

TABLE = """
La empresa emergente Jacaranda levantó 50 millones de euros en una ronda de serie B.
    50 millones de euros | 50e6 | EUR | raised | series-b
Está valorada en más de 3.500 millones de dólares.
    3.500 millones de dólares | >3.5e9 | USD | valuation
El grupo compró a su rival por 1,2 billones de pesos colombianos.
    1,2 billones de pesos colombianos | 1.2e12 | COP | acquisition
Invertirá hasta mil millones de euros en un centro de datos.
    mil millones de euros | <1e9 | EUR | investment | planned
Los ingresos pasaron de 400 millones de dólares a 600 millones de dólares.
    400 millones de dólares | 400e6 | USD | revenue
    600 millones de dólares | 600e6 | USD | revenue
La multa asciende a 12 000 millones de €.
    12 000 millones de € | 12e9 | EUR | fine
La suscripción cuesta unos 20 euros al mes.
    20 euros | 20 | EUR | price | per month | approx
Las pérdidas fueron de US$ 150 millones y la deuda, de 500 mdd.
    US$ 150 millones | 150e6 | USD | loss
    500 mdd | 500e6 | USD | debt
Medio millón de dólares estadounidenses en subvenciones.
    Medio millón de dólares estadounidenses | 5e5 | USD | grant
En 2023 hubo 20.000 GPU, 1,5 millones de usuarios y un 35 % más.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("es", sentence, lines)


def test_mexico_writes_the_decimal_point() -> None:
    [figure] = find_figures("Recaudó $1.234 millones de dólares", "es-MX", mentions=())
    assert figure.low == 1_234_000
