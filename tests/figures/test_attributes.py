"""Names that only describe the one who gets the money: whose founder, whose daughter, whose holding."""

from __future__ import annotations

import pytest

from racewire.figures import find_figures
from racewire.model import Mention

NAMES = ("Periwinkle", "Marigold", "Ilse Brandt")
TABLE = [
    ("zh", "Marigold创始人Ilse Brandt创办的Periwinkle已完成3000万美元天使轮融资。", "Periwinkle"),
    ("zh", "Marigold前CEO创立的Periwinkle完成3000万美元融资。", "Periwinkle"),
    ("zh", "Marigold旗下Periwinkle完成3000万美元融资。", "Periwinkle"),
    ("zh", "由Marigold投资的Periwinkle完成3000万美元融资。", "Periwinkle"),
    ("zh", "Periwinkle创始人Ilse Brandt表示，公司已完成3000万美元融资。", "Periwinkle"),
    ("zh", "Marigold创始人Ilse Brandt的新公司完成3000万美元融资。", None),
    ("ja", "Marigoldの創業者が設立したPeriwinkleは3000万ドルを調達した。", "Periwinkle"),
    ("ja", "Marigold元社員が創業したPeriwinkleが3000万ドルを調達した。", "Periwinkle"),
    ("ja", "Periwinkleの創業者は3000万ドルを調達したと明らかにした。", "Periwinkle"),
    ("ko", "Marigold 창업자가 세운 Periwinkle이 3000만 달러를 유치했다.", "Periwinkle"),
    ("de", "Das von Marigold-Gründerin Ilse Brandt gegründete Periwinkle hat 30 Millionen Euro eingesammelt.", "Periwinkle"),
    ("vi", "Periwinkle của nhà sáng lập Marigold huy động 30 triệu USD.", "Periwinkle"),
    ("fr", "La start-up du fondateur de Marigold, Periwinkle, a levé 30 millions d'euros.", "Periwinkle"),
    ("fr", "Le fondateur de Periwinkle a levé 30 millions d'euros.", "Periwinkle"),
    ("en", "Marigold founder Ilse Brandt's start-up Periwinkle has raised $30 million.", "Periwinkle"),
    ("es", "Periwinkle, del fundador de Marigold, ha recaudado 30 millones de euros.", "Periwinkle"),
]


@pytest.mark.parametrize(("lang", "text", "recipient"), TABLE)
def test_the_head_of_the_phrase_gets_the_money(lang: str, text: str, recipient: str | None) -> None:
    mentions = [Mention(n.lower(), text.index(n), text.index(n) + len(n), n) for n in NAMES if n in text]
    [figure] = find_figures(text, lang, mentions=mentions)
    assert (figure.role, figure.recipient_name) == ("raised", recipient)
