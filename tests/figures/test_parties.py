"""Who gets a sum and who pays it."""

from __future__ import annotations

import pytest

from racewire.figures import find_figures
from racewire.model import Mention

TABLE = [
    ("en", "Marigold invests $4bn in Periwinkle.", "Periwinkle", "Marigold"),
    ("en", "Marigold, which makes chips, agreed to acquire Periwinkle for $4bn.", "Periwinkle", "Marigold"),
    ("en", "Periwinkle raised $40M from Marigold and others.", "Periwinkle", "Marigold"),
    ("en", "Periwinkle, founded by ex-Marigold engineers, raised $40M.", "Periwinkle", None),
    ("en", "Marigold's $2bn takeover of Periwinkle was approved.", "Periwinkle", "Marigold"),
    ("en", "Marigold-backed Periwinkle raised $40M led by Foxglove.", "Periwinkle", "Foxglove"),
    ("en", "The regulator fined Marigold $14m.", None, "Marigold"),
    ("vi", "Periwinkle huy động 40 triệu USD từ Marigold.", "Periwinkle", "Marigold"),
    ("vi", "Marigold rót 4 tỷ USD vào Periwinkle.", "Periwinkle", "Marigold"),
    ("de", "Marigold übernimmt Periwinkle für 4 Milliarden Euro.", "Periwinkle", "Marigold"),
    ("zh", "Periwinkle完成3亿美元融资，由Marigold领投。", "Periwinkle", "Marigold"),
    ("zh", "Periwinkle前三季度营收46.07亿元。", "Periwinkle", None),
    ("zh", "Marigold前工程师创立的Periwinkle完成3亿美元融资。", "Periwinkle", None),
    ("zh", "Marigold计划向Periwinkle投资40亿美元。", "Periwinkle", "Marigold"),
    ("zh", "Marigold向Foxglove创办的Periwinkle投资40亿美元。", "Periwinkle", "Marigold"),
    ("zh", "Marigold向Foxglove旗下Periwinkle注资3亿元。", "Periwinkle", "Marigold"),
    # the verb is the seller's: what is sold gets the price, the buyer pays it
    ("en", "Marigold sold Periwinkle to Foxglove for $4bn.", "Periwinkle", "Foxglove"),
    ("en", "Marigold sold its chip unit to Foxglove for $4bn.", "Marigold", "Foxglove"),
    ("en", "Periwinkle sold to Foxglove for $4bn.", "Periwinkle", "Foxglove"),
    ("en", "Marigold has sold its entire stake in Periwinkle for $4bn.", "Periwinkle", None),
    ("en", "Marigold, which sold its unit to Foxglove, buys Periwinkle for $4bn.", "Periwinkle", "Marigold"),
    ("de", "Marigold verkauft Periwinkle für 4 Milliarden Euro an Foxglove.", "Periwinkle", "Foxglove"),
    ("de", "Marigold hat Periwinkle für 4 Milliarden Euro an Foxglove verkauft.", "Periwinkle", "Foxglove"),
    ("fr", "Marigold vend Periwinkle à Foxglove pour 4 milliards d'euros.", "Periwinkle", "Foxglove"),
    ("es", "Marigold vende Periwinkle a Foxglove por 4.000 millones de euros.", "Periwinkle", "Foxglove"),
    ("pt", "A Marigold vendeu a Periwinkle para a Foxglove por US$ 4 bilhões.", "Periwinkle", "Foxglove"),
    ("it", "Marigold vende Periwinkle a Foxglove per 4 miliardi di euro.", "Periwinkle", "Foxglove"),
    ("nl", "Marigold verkoopt Periwinkle aan Foxglove voor 4 miljard euro.", "Periwinkle", "Foxglove"),
    ("vi", "Marigold bán Periwinkle cho Foxglove với giá 4 tỷ USD.", "Periwinkle", "Foxglove"),
    ("vi", "Marigold bán mảng chip cho Foxglove với giá 4 tỷ USD.", "Marigold", "Foxglove"),
    ("zh", "Marigold以40亿美元将Periwinkle出售给Foxglove。", "Periwinkle", "Foxglove"),
    ("ja", "MarigoldはPeriwinkleを40億ドルでFoxgloveに売却する。", "Periwinkle", "Foxglove"),
    ("ko", "Marigold는 Periwinkle을 40억 달러에 Foxglove에 매각했다.", "Periwinkle", "Foxglove"),
]


@pytest.mark.parametrize(("lang", "text", "recipient", "payer"), TABLE)
def test_names_as_written(lang: str, text: str, recipient: str | None, payer: str | None) -> None:
    [figure] = find_figures(text, lang, mentions=())
    assert (figure.recipient_name, figure.payer_name) == (recipient, payer)
    assert (figure.recipient, figure.payer) == (None, None)


@pytest.mark.parametrize(("lang", "text", "recipient", "payer"), TABLE)
def test_tracked_names_come_with_their_id(lang: str, text: str, recipient: str | None, payer: str | None) -> None:
    names = [name for name in ("Periwinkle", "Marigold", "Foxglove") if name in text]
    mentions = [Mention(name.lower(), text.index(name), text.index(name) + len(name), name) for name in names]
    [figure] = find_figures(text, lang, mentions=mentions)
    assert figure.recipient == (recipient and recipient.lower())
    assert figure.payer == (payer and payer.lower())
