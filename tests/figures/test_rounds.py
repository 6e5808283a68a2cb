"""Which round: a letter stands for itself, in capitals."""

from __future__ import annotations

import pytest

from racewire.figures import find_figures


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("vi", "Sao Mai vừa khép lại vòng gọi vốn trị giá 8 triệu USD.", None),
        ("vi", "Sao Mai huy động 8 triệu USD ở vòng đầu tiên.", None),
        ("vi", "Sao Mai huy động 8 triệu USD ở vòng C.", "series-c"),
        ("de", "Larkspur sammelte in einer große Runde 5 Millionen Euro ein.", None),
        ("de", "Larkspur sammelte in einer B-Runde 5 Millionen Euro ein.", "series-b"),
        ("fr", "Larkspur lève 3 millions d'euros en série d'ici juin.", None),
        ("it", "Larkspur raccoglie 3 milioni di euro con una serie e altri fondi.", None),
        ("en", "Larkspur raised a $5M pre-Series A.", "pre-series-a"),
        ("zh", "潮信完成3亿元a轮融资", "series-a"),
        ("zh", "潮信完成3亿元Series B融资", "series-b"),
        ("ja", "シリーズCで30億円を調達した。", "series-c"),
    ],
)
def test_round(lang: str, text: str, name: str | None) -> None:
    [figure] = find_figures(text, lang, mentions=())
    assert (figure.role, figure.round) == ("raised", name)
