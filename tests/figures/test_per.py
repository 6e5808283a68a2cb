"""For what unit a price is: told once for both prices of a change."""

from __future__ import annotations

import pytest

from racewire.figures import find_figures


@pytest.mark.parametrize(
    ("lang", "text", "units"),
    [
        ("ja", "利用料は1時間あたり40元から31.5元に下がった。", ["hour", "hour"]),
        ("zh", "租金从每小时40元降至31.5元。", ["hour", "hour"]),
        ("ko", "시간당 40위안에서 31.5위안으로 내렸다.", ["hour", "hour"]),
        ("vi", "Giá thuê giảm từ 40.000 đồng xuống 31.000 đồng mỗi giờ.", ["hour", "hour"]),
        ("de", "Der Preis sank von 40 Euro pro Stunde auf 31,50 Euro.", ["hour", "hour"]),
        ("fr", "Le tarif passe de 40 euros par heure à 31,50 euros.", ["hour", "hour"]),
        ("en", "The price was cut from $40 to $31.50 an hour.", ["hour", "hour"]),
        ("en", "It costs $40 an hour, compared to $31 before.", ["hour", None]),
        ("en", "It charges $20 a month and agreed to pay $5 million.", ["month", None]),
        ("en", "It charges $20 a month and a fee of $25.", ["month", None]),
    ],
)
def test_unit(lang: str, text: str, units: list[str | None]) -> None:
    assert [figure.per for figure in find_figures(text, lang, mentions=())] == units
