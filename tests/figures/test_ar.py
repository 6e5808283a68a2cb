"""Arabic / العربية."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
جمعت الشركة الناشئة 50 مليون دولار في جولة تمويل.
    50 مليون دولار | 50e6 | USD | raised
بلغ تقييم الشركة أكثر من 3.5 مليار دولار أمريكي.
    3.5 مليار دولار أمريكي | >3.5e9 | USD | valuation
استحوذت المجموعة على منافستها مقابل ٢٥٠ مليون ريال سعودي.
    ٢٥٠ مليون ريال سعودي | 250e6 | SAR | acquisition
تخطط لاستثمار نحو 2 تريليون درهم إماراتي في مراكز البيانات.
    2 تريليون درهم إماراتي | 2e12 | AED | investment | planned | approx
غرامة قدرها مليونا دولار.
    مليونا دولار | 2e6 | USD | fine
بلغت إيرادات الشركة 120 ألف جنيه مصري.
    120 ألف جنيه مصري | 120000 | EGP | revenue
نصف مليار دولار قرض.
    نصف مليار دولار | 5e8 | USD | debt
في عام 2023 كان هناك 20000 وحدة و1.5 مليون مستخدم بنسبة 35%.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("ar", sentence, lines)
