"""Vietnamese / tiếng Việt."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from racewire.figures import find_figures
from tests.figures.tables import cases, check

TABLE = """
Công ty khởi nghiệp Sao Mai huy động thành công 50 triệu USD vốn hạt giống.
    50 triệu USD | 50e6 | USD | raised | seed
Sao Mai vừa gọi vốn 12 triệu đô la Mỹ trong vòng Series A do quỹ Hoa Sen dẫn đầu.
    12 triệu đô la Mỹ | 12e6 | USD | raised | series-a
Hãng này được định giá hơn 3,5 tỷ USD.
    3,5 tỷ USD | >3.5e9 | USD | valuation
Bắc Hà bán lại cho Tân Phong với giá 2.500 tỷ đồng.
    2.500 tỷ đồng | 2.5e12 | VND | acquisition
Giá thuê chip vào khoảng 7 đến 8 NDT mỗi giờ.
    7 đến 8 NDT | 7..8 | CNY | price | per hour | approx
Quy mô thị trường đã lên đến 26,6 tỷ USD.
    26,6 tỷ USD | 26.6e9 | USD | market_size
Tập đoàn dự kiến rót khoảng 15 tỷ USD vào trí tuệ nhân tạo.
    15 tỷ USD | 15e9 | USD | investment | planned | approx
Doanh thu quý 3 đạt 1,2 nghìn tỷ đồng, lợi nhuận 300 tỷ đồng.
    1,2 nghìn tỷ đồng | 1.2e12 | VND | revenue
    300 tỷ đồng | 300e9 | VND | profit
Công ty bị phạt 80.000.000 đồng.
    80.000.000 đồng | 80e6 | VND | fine
Gói này có giá 80.000đ mỗi tháng.
    80.000đ | 80000 | VND | price | per month
Theo nguồn tin, startup đang đàm phán vay tối đa 1 tỷ rưỡi đồng.
    1 tỷ rưỡi đồng | <1.5e9 | VND | debt | reported
Họ đã chi hàng chục triệu USD cho máy chủ.
    hàng chục triệu USD | 1e7..1e8 | USD | spending | approx
Khoản đầu tư từ 3.000 đến 5.000 đồng cho mỗi sản phẩm.
    3.000 đến 5.000 đồng | 3000..5000 | VND
Vốn hóa của hãng tăng từ 500 tỷ USD lên 1,5 nghìn tỷ USD.
    500 tỷ USD | 500e9 | USD | market_cap
    1,5 nghìn tỷ USD | 1.5e12 | USD | market_cap
Chiếc máy giá 2tr5, còn khoản vay trị giá 2 tỷ đô la Hồng Kông.
    2tr5 | 2.5e6 | VND
    2 tỷ đô la Hồng Kông | 2e9 | HKD | debt
Nửa tỷ USD đã được đầu tư vào nhà máy.
    Nửa tỷ USD | 5e8 | USD | investment
Hai đồng sáng lập và ba đồng nghiệp dùng gần 1.000 GPU trong 3 năm, từ tháng 4/2023.
Bảng xếp hạng có 12 bảng đấu, 2.500 đội và 5 triệu người xem lúc 16:00 ngày 29/06/2023.
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("vi", sentence, lines)


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_decomposed_letters_give_the_same_amounts(sentence: str, lines: list[str]) -> None:
    composed, decomposed = find_figures(sentence, "vi", mentions=()), find_figures(normalize("NFD", sentence), "vi", mentions=())
    assert [(f.low, f.high, f.currency, f.role) for f in composed] == [(f.low, f.high, f.currency, f.role) for f in decomposed]
    assert [normalize("NFC", f.surface) for f in decomposed] == [f.surface for f in composed]


def test_both_places_of_the_tone_mark() -> None:
    for word in ("vốn hoá", "vốn hóa"):
        [figure] = find_figures(f"{word} 5 tỷ USD", "vi", mentions=())
        assert figure.role == "market_cap"
