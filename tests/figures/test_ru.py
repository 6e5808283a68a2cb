"""Russian / русский."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
Стартап «Рябина» привлёк $45 млн в раунде серии B.
    $45 млн | 45e6 | USD | raised | series-b
Компанию оценили в 3,5 млрд долларов.
    3,5 млрд долларов | 3.5e9 | USD | valuation
Холдинг купил конкурента более чем за 500 млн руб.
    500 млн руб. | 500e6 | RUB | acquisition
Корпорация планирует инвестировать до 1,2 трлн рублей в дата-центры.
    1,2 трлн рублей | <1.2e12 | RUB | investment | planned
Выручка выросла с 3,1 миллиарда долл. США до 4 миллиардов долл. США.
    3,1 миллиарда долл. США | 3.1e9 | USD | revenue
    4 миллиардов долл. США | <4e9 | USD | revenue
Суд взыскал штраф 45 тыс. евро.
    45 тыс. евро | 45000 | EUR | fine
Подписка стоит около 300 рублей в месяц.
    300 рублей | 300 | RUB | price | per month | approx
По данным источников, стартап привлечёт $20-30 тыс.
    $20-30 тыс. | 20000..30000 | USD | | reported
Полтора миллиарда рублей составили убытки.
    Полтора миллиарда рублей | 1.5e9 | RUB | loss
Объём рынка составит 90 млрд юаней.
    90 млрд юаней | 90e9 | CNY | market_size
В 2023 году 20 000 GPU, 1,5 млн пользователей, 35 % и 90 млрд кубометров газа, 3 реальных проекта.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("ru", sentence, lines)
