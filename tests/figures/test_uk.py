"""Ukrainian / українська."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
Стартап «Калина» залучив 45 млн доларів США від інвесторів.
    45 млн доларів США | 45e6 | USD | raised
Компанію оцінили в понад 3,5 млрд доларів.
    3,5 млрд доларів | >3.5e9 | USD | valuation
Держава виділила 300 тис. грн субсидії.
    300 тис. грн | 3e5 | UAH | grant
Група купила конкурента за 1,2 мільярда євро.
    1,2 мільярда євро | 1.2e9 | EUR | acquisition
Штраф становить ₴500 тис.
    ₴500 тис. | 5e5 | UAH | fine
Підписка коштує близько 250 гривень на місяць.
    250 гривень | 250 | UAH | price | per month | approx
Планує інвестувати до 5 млрд злотих.
    5 млрд злотих | <5e9 | PLN | investment | planned
У 2023 році 20 000 GPU, 1,5 млн користувачів і 35 %.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("uk", sentence, lines)
