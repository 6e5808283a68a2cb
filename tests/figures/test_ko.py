"""Korean / 한국어."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
별빛AI가 350억원 규모의 시리즈 B 투자를 유치했다.
    350억원 | 350e8 | KRW | raised | series-b
기업가치는 약 3조원으로 평가받는다.
    3조원 | 3e12 | KRW | valuation | approx
한빛전자는 12조4천억원을 투자할 계획이다.
    12조4천억원 | 12.4e12 | KRW | investment | planned
누리소프트를 8천 2백만 달러에 인수했다.
    8천 2백만 달러 | 82e6 | USD | acquisition
올해 매출은 6억 3천만 원을 넘는다.
    6억 3천만 원 | >630e6 | KRW | revenue
공정위는 과징금 20억원을 부과했다.
    20억원 | 20e8 | KRW | fine
수백억원대 손실이 났다.
    수백억원 | 1e10..1e11 | KRW | loss | approx
월 구독료는 1만~2만 원이다.
    1만~2만 원 | 10000..20000 | KRW | price
정부는 40억 700만원을 지원한다.
    40억 700만원 | 4007000000 | KRW | grant
시가총액이 1억5천여만 달러로 줄었다.
    1억5천여만 달러 | 1.5e8 | USD | market_cap | approx
추징금 1억6천400여만원, 보상금은 1만에서 2만원이다.
    1억6천400여만원 | 164e6 | KRW | fine
    1만에서 2만원 | 10000..20000 | KRW
월급을 50만원에서 500만원으로 올렸다.
    50만원 | 5e5 | KRW
    500만원 | 5e6 | KRW
최대 5천만 유로의 대출을 받았다.
    5천만 유로 | <5e7 | EUR | debt
천 4백만 달러짜리 계약을 맺었다.
    천 4백만 달러 | 14e6 | USD | contract
중앙연구원은 이 이유로 회원과 지원을 늘렸고, 감사원 공원에서 3일 동안 쉬었다.
GPU 2만 장과 사용자 1억 명, 2023년 3분기 점유율 49%.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("ko", sentence, lines)
