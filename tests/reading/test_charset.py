"""Bytes to characters: labels lie, bytes do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.reading import read
from racewire.reading.charset import decode, known_codec

TEXTS = {
    "cp1251": "Компания сообщила в понедельник, что построит второй завод в долине и наймёт двести человек в течение года.",
    "koi8-r": "Компания сообщила в понедельник, что построит второй завод в долине и наймёт двести человек в течение года.",
    "gb18030": "该公司周一表示，将在山谷中建设第二座工厂，并在未来一年内招聘两百名员工。镇议会认为这是一个重要的决定，也是当地人等待已久的消息。",
    "big5hkscs": "該公司週一表示，將在山谷中建設第二座工廠，並在未來一年內招聘兩百名員工。鎮議會認為這是一個重要的決定，也是當地人等待已久的消息。",
    "cp932": "同社は月曜日、谷に二番目の工場を建設し、今後一年で二百人を採用すると発表した。町議会はこれを重要な決定だと考えている。",
    "euc_jp": "同社は月曜日、谷に二番目の工場を建設し、今後一年で二百人を採用すると発表した。町議会はこれを重要な決定だと考えている。",
    "cp949": "회사는 월요일 계곡에 두 번째 공장을 짓고 앞으로 일 년 동안 이백 명을 고용하겠다고 밝혔다. 의회는 이것이 중요한 결정이라고 본다.",
    "cp1252": "Die Fähre fährt künftig öfter über den See, und für Räder gibt es mehr Platz. “Das war überfällig”, sagte der Bürgermeister.",
    "cp1250": "Společnost v pondělí oznámila, že v údolí postaví druhý závod a během příštího roku přijme dvě stě lidí, řekl mluvčí.",
    "cp1253": "Η εταιρεία ανακοίνωσε τη Δευτέρα ότι θα χτίσει δεύτερο εργοστάσιο στην κοιλάδα και θα προσλάβει διακόσια άτομα.",
    "cp1254": "Şirket pazartesi günü vadide ikinci bir fabrika kuracağını ve önümüzdeki yıl iki yüz kişiyi işe alacağını açıkladı.",
    "cp1256": "أعلنت الشركة يوم الاثنين أنها ستبني مصنعا ثانيا في الوادي وستوظف مئتي شخص خلال العام المقبل.",
    "cp874": "บริษัทประกาศเมื่อวันจันทร์ว่าจะสร้างโรงงานแห่งที่สองในหุบเขาและจ้างคนสองร้อยคนในปีหน้า",
}
LANGS = {"cp1251": "ru", "koi8-r": "ru", "cp1250": "cs", "cp1254": "tr", "cp1252": "de"}


def page(text: str, label: str = "", lang: str = "") -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    return f"<html{f' lang={lang}' if lang else ''}><head>{meta}<title>t</title></head><body><p>{text}</p><p>{text}</p></body></html>"


@pytest.mark.parametrize("codec", TEXTS)
@pytest.mark.parametrize("label", ["right", "none", "utf-8", "iso-8859-1"])
def test_legacy_text(codec: str, label: str) -> None:
    html = page(TEXTS[codec], {"right": codec, "none": ""}.get(label, label), LANGS.get(codec, ""))
    assert decode(html.encode(codec)).page.decode() == html


def test_vietnamese_of_windows_comes_composed() -> None:
    text = "Công ty cho biết sẽ xây nhà máy thứ hai và tuyển thêm hai trăm người trong năm tới."
    apart = "".join(sign if unicodedata.normalize("NFD", sign)[-1] in "̛̂̆" else unicodedata.normalize("NFD", sign) for sign in text)
    data = page(apart, "windows-1258", "vi").encode("cp1258", "xmlcharrefreplace")
    assert text in read(data, "https://a.example.vn/1").text


def test_decomposed_vietnamese_is_composed() -> None:
    text = "Công ty cho biết sẽ xây nhà máy thứ hai và tuyển thêm hai trăm người trong năm tới."
    assert text in read(page(unicodedata.normalize("NFD", text)).encode(), "https://a.example.vn/1").text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(codec: str) -> None:
    html = page("Die Fähre fährt öfter.")
    assert decode(html.encode(codec)).page.decode() == html


def test_utf8_wins_over_its_label() -> None:
    decoded = decode(page("Die Fähre", "gb2312").encode())
    assert (decoded.encoding, decoded.notes) == ("utf-8", ("charset-mislabelled",))


def test_damaged_utf8_stays_utf8() -> None:
    data = page(TEXTS["cp1251"]).encode()
    cut = data[: len(data) - 40].rstrip(b"<")[:-1] + b"\xd0"
    assert decode(cut).encoding == "utf-8"
    assert decode(data.replace("завод".encode(), b"\xff\xfe")).encoding == "utf-8"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("GB2312", "gb18030"),
        ("latin-1", "cp1252"),
        ("x-sjis", "cp932"),
        ("utf-99", None),
        ("rot13", None),
        ("hex", None),
        (None, None),
        ("utf8", "utf-8"),
    ],
)
def test_labels(label: str | None, codec: str | None) -> None:
    assert known_codec(label) == codec


def test_fonts_of_before_unicode_are_flagged() -> None:
    text = "Coâng ty cuûa hoï khoâng noùi gì, vaø ngöôøi ta ñöôïc bieát laø nhöõng nhaø maùy moät vaø hai ñeå laïi cuûa ngöôøi khaùc, ñaõ laø vaø khoâng."
    assert "vni-font" in read(page(text).encode(), "https://a.example.vn/1").notes


@given(st.binary(max_size=2_000))
def test_any_bytes_give_utf8(data: bytes) -> None:
    decode(data).page.decode()
