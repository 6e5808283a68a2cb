"""Japanese / 日本語。"""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
星雲AIはシリーズBで約35億円を調達した。
    35億円 | 35e8 | JPY | raised | series-b | approx
同社の評価額は10億ドルに達した。
    10億ドル | 1e9 | USD | valuation
政府は半導体工場に1兆2000億円を補助する。
    1兆2000億円 | 1.2e12 | JPY | grant
県は白河の工場に400億円を追加で補助する。
    400億円 | 4e10 | JPY | grant
白河電機は3億4,000万ユーロで独社を買収すると発表した。
    3億4,000万ユーロ | 3.4e8 | EUR | acquisition
白河電機、星雲AIに最大40億ドル出資へ
    40億ドル | <4e9 | USD | investment | planned
売上高は前年比2割増の3500億円だった。
    3500億円 | 3.5e11 | JPY | revenue
最大で5000億円を投資する計画だ。
    5000億円 | <5e11 | JPY | investment | planned
1日あたり40円から32.5円に値下げした。
    40円 | 40 | JPY | price | per day
    32.5円 | 32.5 | JPY | price | per day
月額2,980円から利用できる。
    2,980円 | 2980 | JPY | price | per month
損害は数十億円にのぼる。
    数十億円 | 1e9..1e10 | JPY | loss | approx
時価総額が百億ドルを超えた。
    百億ドル | >1e10 | USD | market_cap
1億〜2億円の罰金を科された。
    1億〜2億円 | 1e8..2e8 | JPY | fine
市場規模は2030年に40兆円になると予測される。
    40兆円 | 40e12 | JPY | market_size
人民元8億元と5000万香港ドルの融資を受けた。
    人民元8億元 | 8e8 | CNY
    5000万香港ドル | 5e7 | HKD | debt
第3四半期に2万台を出荷し、1株を持つ1億人の利用者がいる。円グラフと円周率。
体重220ポンドの選手。
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("ja", sentence, lines)
