"""Names in Cyrillic, Greek, Hebrew, Arabic, Devanagari and Thai letters meet their Latin spelling, ordinary words do not."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.archive import open_archive
from racewire.entities import find_mentions
from racewire.model import Record
from racewire.stories.alphabets import LONGEST, READERS
from racewire.stories.romanise import LEAST, foreign_names, name_key
from racewire.text.tokens import fold_text
from tests.archive.conftest import NOW

# How a sentence of the language begins, so that what follows does not begin one.
STARTS = {"ru": "это ", "uk": "це ", "bg": "това ", "el": "είναι ", "he": "זה ", "ar": "هذا ", "hi": "यह ", "th": "นี่ "}
NAMES = {
    "ru": "Altman Альтман|Zuckerberg Цукерберг|Microsoft Майкрософт|Sutskever Суцкевер|Robertson Робертсон|Qualcomm Квалком|Stanford Стэнфорд|"
    "Gelsinger Гелсингер|Mishustin Мишустин|Zelensky Зеленский|Zakharchenko Захарченко|Rostelecom Ростелеком|Bostrom Бостром",
    "uk": "Zelenskyy Зеленський|Svyrydenko Свириденко|Zaluzhnyi Залужний|Kyivstar Київстар|PrivatBank ПриватБанк|Ukrenergo Укренерго",
    "bg": "Kristalina Кристалина|Plovdiv Пловдив|Trump Тръмп|Zuckerberg Зукърбърг|Brockman Брокман",
    "el": "Altman Άλτμαν|Zuckerberg Ζάκερμπεργκ|Mitsotakis Μητσοτάκης|Andreessen Αντρίσεν|Mercedes Μερσέντες|Stanford Στάνφορντ|Papastergiou Παπαστεργίου",
    "he": "Altman אלטמן|Zuckerberg צוקרברג|Microsoft מיקרוסופט|Brockman ברוקמן|Blackstone בלקסטון|Trump טראמפ|Macron מקרון",
    "ar": "Altman ألتمان|Zuckerberg زوكربيرغ|Microsoft مايكروسوفت|Brockman بروكمان|Stanford ستانفورد|California كاليفورنيا|Sutskever سوتسكيفر|Bloomberg بلومبرغ",
    "hi": "Altman ऑल्टमैन|Zuckerberg जुकरबर्ग|Microsoft माइक्रोसॉफ्ट|Brockman ब्रॉकमैन|Qualcomm क्वालकॉम|Flipkart फ्लिपकार्ट|Goldman गोल्डमैन|Narendra नरेंद्र",
    "th": "Altman อัลท์แมน|Zuckerberg ซักเคอร์เบิร์ก|Microsoft ไมโครซอฟท์|Brockman บร็อกแมน|Goldman โกลด์แมน|Blackstone แบล็กสโตน|Stanford สแตนฟอร์ด",
}
PAIRS = [(lang, *pair.split()) for lang, row in NAMES.items() for pair in row.split("|")]


def keys(lang: str, word: str) -> list[str]:
    return foreign_names(f"{STARTS[lang]}{word} ")


@pytest.mark.parametrize(("lang", "latin", "written"), PAIRS, ids=[f"{lang}-{latin}" for lang, latin, _ in PAIRS])
def test_a_name_meets_its_latin_spelling(lang: str, latin: str, written: str) -> None:
    key = name_key(fold_text(latin))
    assert key.startswith("~")
    assert key in keys(lang, written)


def test_the_names_of_the_table_are_told_apart() -> None:
    latin = {latin: name_key(fold_text(latin)) for _, latin, _ in PAIRS}
    assert len(set(latin.values())) == len(latin) - len({"Zelensky", "Zelenskyy"}) + 1  # two spellings of one name
    for lang, name, written in PAIRS:
        others = {key for other, key in latin.items() if key != latin[name]}
        assert not others & set(keys(lang, written)), (name, written)


# Frequent words of news, with capitals where a sentence could bring them.
WORDS = {
    "ru": "Компании Правительства Напомним Сегодня Заместитель Следователи Председатель Подробности Роспотребнадзора Министерства Рынка Решение",
    "uk": "Компанії Уряду Сьогодні Заступник Подробиці Міністерства Рішення Підприємства Президентка Виробництва",
    "bg": "Компанията Правителството Днес Заместник Министерството Решението Предприятия Подробности Производството",
    "el": "Κυβέρνησης Εταιρείας Σήμερα Ανακοίνωση Επενδύσεις Αποτελέσματα Υπουργείου Απόφαση Κατασκευή Συμφωνίας",
}
NO_NAMES = {  # in scripts without capitals
    "he": "הממשלה החברה ההסכם משקיעים לדברי במיליארד התקשורת בינה מלאכותית השבוע המנכ״ל פיתוח עובדים ירושלים בשנת מחקר תוכנית להשקיע מדינות",
    "ar": "الشركة الحكومة مستثمرين استخدام بيانات الذكاء الاصطناعي تستخدم يمكنهم مختلف مكتب نفسك بشكل بالنسبة للشركة خدماتها انتخابات يختلف مجلس كلماته",
    "hi": "प्रधानमंत्री सरकार निवेशकों जानकारी व्यवस्था महत्वपूर्ण परिणाम समर्थन विश्वविद्यालय करेंगे संगठन प्रतिशत विकसित शुभकामनाएं अनुसार भारतीय बताया",
    "th": "นักวิชาการ พลังงาน บริษัท นายกรัฐมนตรี กล่าวว่า อย่างไรก็ตาม ทั้งนี้ นอกจากนี้ โดยเฉพาะ ประเทศไทย การลงทุน มีนาคม กระทรวงการคลัง ขายสุทธิ สถาบัน",
}


@pytest.mark.parametrize("lang", WORDS)
def test_ordinary_words_meet_no_name_of_the_table(lang: str) -> None:
    latin = {name_key(fold_text(latin)) for _, latin, _ in PAIRS}
    assert not latin & set(chain.from_iterable(keys(lang, word) for word in WORDS[lang].split()))


@pytest.mark.parametrize("lang", NO_NAMES)
def test_ordinary_words_are_no_names_where_nothing_has_a_capital(lang: str) -> None:
    assert foreign_names(STARTS[lang] + NO_NAMES[lang]) == []


@pytest.mark.parametrize(
    "written",
    ["Альтмана", "Альтману", "Альтманом", "Альтмане", "Альтманы", "Альтманами", "Альтманові", "«Альтман»", "Пьер-Альтман"],
)
def test_a_cyrillic_name_is_found_in_any_case(written: str) -> None:
    assert "~ltmn" in keys("ru", written)


@pytest.mark.parametrize("written", ["Зеленского", "Зеленскому", "Зеленским", "Зеленском"])
def test_a_name_that_ends_as_an_adjective_is_found_in_any_case(written: str) -> None:
    assert "~slnsk" in keys("ru", written)


@pytest.mark.parametrize(
    "text",
    [
        "Напомним, что решение принято. Представители компании молчат.\nПодробности позже. «И что?»",
        "Η απόφαση ελήφθη. Εκπρόσωποι σιωπούν.\nΛεπτομέρειες αργότερα.",
    ],
)
def test_what_begins_a_sentence_is_no_name(text: str) -> None:
    assert foreign_names(text) == []


def test_persian_and_urdu_are_not_read_as_arabic() -> None:
    assert foreign_names("قال مارك زوكربيرغ") == ["~skbg", "~skpg"]
    assert foreign_names("مارک زوکربرگ در بازار تهران گفت دولت آماده است") == []


def test_names_of_tracked_entities_are_left_out_with_any_ending() -> None:
    text = "Вчера Сэм Альтман и Марк Цукерберг спорили, об Альтмане пишут газеты."
    assert foreign_names(text) == ["~ltmn", "~skbg"]
    assert foreign_names(text, ["Сэм Альтман"]) == ["~skbg"]


LETTERS = "".join(
    chr(code) for script in ((0x370, 0x530), (0x5D0, 0x6D3), (0x900, 0x970), (0xE00, 0xE5C)) for code in range(*script)
)


@given(st.text(st.sampled_from(LETTERS + "  .,-«'\n"), max_size=120) | st.text(max_size=60))
def test_every_reader_gives_keys_of_the_classes_for_any_word(text: str) -> None:
    for _, candidates, read in READERS:
        for word in candidates.findall(text):
            for key in read(word):
                assert set(key) <= set("bpdtgksmnl")
    assert all(key[0] == "~" and len(key) > LEAST for key in foreign_names(text))


@pytest.mark.parametrize("letters", ["Аб", "Αμπ", "אב", "با", "कि", "กา", "А ", "Α "])
def test_no_word_is_longer_than_the_longest(letters: str) -> None:
    text = f"a {letters * 20_000}"
    for _, candidates, _ in READERS:
        assert all(len(word) <= LONGEST + 1 for word in candidates.findall(text))


EVENTS = tomllib.loads((Path(__file__).parent / "events.toml").read_text("utf-8"))["event"]
HEADLINES = [event["english"][0] for event in EVENTS]


def joined(first: list[str], second: list[str], lang: str) -> bool:
    records = [
        Record(
            url=f"https://{of}.example/",
            title=title,
            text=text,
            lang=of,
            published_at=NOW,
            mentions=tuple(find_mentions(text, of)),
            title_mentions=tuple(find_mentions(title, of)),
        )
        for of, (title, text) in (("en", first), (lang, second))
    ]
    with open_archive(":memory:") as archive:
        return len({added.story_id for added in archive.add(records, now=NOW)}) == 1


@pytest.mark.parametrize("event", [event for event in EVENTS if "apart" not in event], ids=lambda event: event["english"][0])
def test_two_tellings_of_one_event_are_joined(event: dict[str, list[str]]) -> None:
    assert joined(event["english"], event["told"], str(event["lang"]))


@pytest.mark.parametrize("event", [event for event in EVENTS if "mixed" not in event], ids=lambda event: event["english"][0])
def test_another_event_around_the_same_names_is_not_joined(event: dict[str, list[str]]) -> None:
    assert not joined(event["english"], event["other"], str(event["lang"]))


def test_words_of_indian_scripts_are_whole() -> None:
    """Vowel signs are no letters to `re`: words cut at them are syllables, which all reports share."""
    told = [event["told"] for event in EVENTS if event["lang"] == "hi"]
    records = [
        Record(url=f"https://hi{number}.example/", title=title, text=text, lang="hi", published_at=NOW)
        for number, (title, text) in enumerate(told)
    ]
    with open_archive(":memory:") as archive:
        assert len({added.story_id for added in archive.add(records, now=NOW)}) == len(told) == 3
