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
