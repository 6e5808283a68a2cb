"""Chinese / 中文。"""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
云岭宣布未来三年投入3800亿元建设基础设施。
    3800亿元 | 3.8e11 | CNY | investment | planned
星河智能宣布完成3.5亿美元B轮融资，投后估值达30亿美元。
    3.5亿美元 | 3.5e8 | USD | raised | series-b
    30亿美元 | 30e8 | USD | valuation
公司獲得數千萬元天使輪融資。
    數千萬元 | 1e7..1e8 | CNY | raised | approx
公司获得数千万元天使轮融资。
    数千万元 | 1e7..1e8 | CNY | raised | angel
据悉，该公司正洽谈3亿至5亿美元的新融资。
    3亿至5亿美元 | 3e8..5e8 | USD | raised | reported
拟以人民币6,200万元收购华光科技51%股权。
    人民币6,200万元 | 6.2e7 | CNY | acquisition | planned
回购资金总额不低于2亿元、不超过5亿元。
    2亿元、不超过5亿元 | 2e8..5e8 | CNY | buyback
本次发行价格为每股8-10美元。
    8-10美元 | 8..10 | USD | price | per share
上半年实现营收81,450,300元，净亏损1.2亿元。
    81,450,300元 | 81450300 | CNY | revenue
    1.2亿元 | 1.2e8 | CNY | loss
最新市值突破12000亿港元。
    12000亿港元 | >1.2e12 | HKD | market_cap
融资过亿元后，估值800亿。
    亿元 | >1e8 | CNY | raised
    800亿 | 8e10 | - | valuation
法院判决被告赔偿原告三亿五千万元。
    三亿五千万元 | 3.5e8 | CNY | fine
预计2030年全球市场规模将达到2.5万亿美元。
    2.5万亿美元 | 2.5e12 | USD | market_size | planned
租用一张显卡每小时7到8元。
    7到8元 | 7..8 | CNY | price | per hour
政府提供约10余亿元补贴。
    10余亿元 | 1e9 | CNY | grant | approx
计划投资US$2.4万买设备，另有1亿新台币和2.5万亿韩元贷款。
    US$2.4万 | 24000 | USD
    1亿新台币 | 1e8 | TWD
    2.5万亿韩元 | 2.5e12 | KRW | debt
花了五块钱，售价２９９元。
    五块钱 | 5 | CNY
    ２９９元 | 299 | CNY | price
募得两三百万元，另有五六千万美元贷款。
    两三百万元 | 2e6..3e6 | CNY | raised | approx
    五六千万美元 | 5e7..6e7 | USD | debt | approx
收购美生元100%股权，作价34亿元。
    34亿元 | 34e8 | CNY | acquisition
持有9500万股，占比49%，储量3.2亿吨，部署2万片GPU，拥有1亿用户。
2023年第3季度，元宇宙与五角大楼、标准普尔500，订单号A202107211321363588。
买了8块A100显卡和两块电池，3元素，1元旦。
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("zh", sentence, lines)
