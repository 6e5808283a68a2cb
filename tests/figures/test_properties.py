"""What must hold for any text in any language."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racewire.figures import find_figures
from racewire.figures.language import available
from racewire.figures.numerals import read_digits
from racewire.model import Figure

PIECES = st.sampled_from(
    [
        "$", "€", "£", "¥", "US$", "5", "10", "1,234", "1.234", "2.5", "٥", "５", "million", "billion", "m", "bn", "K", "-", "–", "to", "and", "between",
        "of", "a", "half", "dollars", "euros", "USD", "元", "亿", "万", "千", "三", "数", "美元", "円", "億", "兆", "원", "억", "만", "달러", "tỷ", "triệu",
        "đồng", "hàng", "(", ")", "/", "%", "+", "~", "\n", ".", ",", "、", "。", ";", "Series B", "raised", "valued at", "from", "up to", "more than",
        "млрд", "долларов", "Mrd.", "Euro", "milliards", "d'", "de", "mil", "crore", "करोड़", "रुपये", "مليون", "دولار", "\u00a0", "\u200b", "e\u0301", "\u0000",
        "İ", "each", "per month", "siebenhundert", "M€", "kr", "Rs", "$5bn", "$2-3bn", "3亿至5亿美元", "1兆2000億円", "천 4백만 달러", "zwei", "2tr5",
    ]
)  # fmt: skip
TEXT = st.lists(st.tuples(PIECES, st.sampled_from(["", " "])).map("".join), max_size=20).map("".join) | st.text(max_size=60)
NAMED = [*sorted(available()), "xx", "zh-Hant", "pt_BR", "es-MX", "../en"]
LANGUAGE = st.sampled_from([*NAMED, None, ""])  # the last two leave it to the text


def shape(figure: Figure) -> tuple[Decimal | None, Decimal | None, str | None, str]:
    return figure.low, figure.high, figure.currency, figure.surface


@given(TEXT, LANGUAGE)
@settings(max_examples=500, deadline=None)
def test_spans_are_ordered_disjoint_and_true(text: str, lang: str | None) -> None:
    figures = find_figures(text, lang, mentions=())
    end = 0
    for i, figure in enumerate(figures):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.surface
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert 0 <= figure.low <= figure.high
        assert figure.equivalent_of is None or figure.equivalent_of < i
        end = figure.end


@given(
    TEXT,
    st.sampled_from(NAMED),
    st.sampled_from(["He said so. ", "Nothing is new.\n", "第一句。\n", "It was 2023.\n", "It had 7 million. "]),
)
@settings(max_examples=300, deadline=None)
def test_text_before_changes_no_later_amount(text: str, lang: str, before: str) -> None:
    alone = find_figures(text, lang, mentions=())
    after = find_figures(before + text, lang, mentions=())
    assert [shape(f) for f in after] == [shape(f) for f in alone]


@pytest.mark.parametrize(
    ("lang", "written", "spelled"),
    [
        ("en", "$1,250,000", "one million two hundred fifty thousand dollars"),
        ("en", "$2.5 billion", "two and a half billion dollars"),
        ("vi", "1.200.000 đồng", "một triệu hai trăm nghìn đồng"),
        ("zh", "3.5亿元", "三亿五千万元"),
        ("ja", "3500万円", "三千五百万円"),
        ("ko", "27,350,000원", "이천칠백삼십오만원"),
        ("de", "€ 250.000", "zweihundertfünfzigtausend Euro"),
        ("fr", "80 000 000 €", "quatre-vingt millions d'euros"),
        ("es", "1.500.000 €", "un millón y medio de euros"),
        ("it", "300.000 euro", "trecentomila euro"),
        ("pt", "R$ 21.000.000", "vinte e um milhões de reais"),
        ("ru", "2 500 000 рублей", "два с половиной миллиона рублей"),
        ("tr", "1.500.000 TL", "bir buçuk milyon TL"),
        ("nl", "€ 45.000", "vijfenveertigduizend euro"),
        ("sv", "2 000 kronor", "tvåtusen kronor"),
        ("hi", "₹2500000", "पच्चीस लाख रुपये"),
        ("id", "Rp25.000.000", "dua puluh lima juta rupiah"),
    ],
)
def test_written_and_spelled_are_the_same(lang: str, written: str, spelled: str) -> None:
    [one], [other] = find_figures(written, lang, mentions=()), find_figures(spelled, lang, mentions=())
    assert (one.low, one.high, one.currency) == (other.low, other.high, other.currency)


@pytest.mark.parametrize(
    ("surface", "decimal", "value"),
    [
        ("1,234", ".", "1234"), ("1,234", ",", "1.234"), ("1.234", ",", "1234"), ("1.5", ",", "1.5"), ("1,5", ".", "1.5"),
        ("1.234.567", ".", "1234567"), ("1,234.56", ",", "1234.56"), ("1.234,56", ".", "1234.56"), ("12,34,567.89", ".", "1234567.89"),
        ("10,000", ",", "10000"), ("0,125", ".", "0.125"), ("3 500 000", ",", "3500000"), ("1'234'567", ".", "1234567"), ("２９９", ".", "299"),
        ("١٢", ".", "12"), ("1.2.3", ".", None), ("1,23,4", ",", None),
    ],
)  # fmt: skip
def test_digits(surface: str, decimal: str, value: str | None) -> None:
    assert read_digits(surface, decimal) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("lang", "text"),
    [("zh", "一" * 60_000 + "元"), ("zh", "3" + "万5" * 8_000), ("ko", "천 " * 20_000), ("en", "$5-" * 4_000), ("de", "siebenhundert" * 2_000 + " Euro"),
     ("en", "usd5" * 100_000), ("en", "5-" * 200_000), ("de", "5k" * 200_000), ("en", "$5 million raised, " * 1_500), ("en", "raised " * 40_000 + "$5 million"), ("fr", "5 " * 60_000)],
)  # fmt: skip
def test_hostile_texts_cost_no_more_than_their_length(lang: str, text: str) -> None:
    find_figures("$1", lang, mentions=())  # compiles the tables
    began = time.process_time()
    find_figures(text, lang, mentions=())
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("该公司完成5000万美元融资", "5000万美元"),
        ("同社は1.5兆円を調達", "1.5兆円"),
        ("15억 달러 투자 유치", "15억 달러"),
        ("Công ty huy động 50 triệu USD", "50 triệu USD"),
        ("The firm raised $50 million", "$50 million"),
    ],
)
def test_the_language_is_told_from_the_text_where_nobody_says_it(text: str, surface: str) -> None:
    assert [figure.surface for figure in find_figures(text)] == [surface]
