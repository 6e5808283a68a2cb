"""Which texts tell one event: likeness, names that exclude each other, time, languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from racewire.model import Figure, Mention, Record
from racewire.stories import grouping
from racewire.stories.grouping import DAY, Member, group, join_languages, likeness
from racewire.stories.index import grouped
from racewire.stories.places import places_in
from racewire.stories.weights import WordCounts, cosine
from racewire.stories.words import anchors_of, words_of
from racewire.text.tokens import fold_text


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        opened.execute("create table rw_word_counts (id integer primary key, documents integer, counts blob)")
        yield opened


@pytest.fixture
def counts(connection: sqlite3.Connection) -> WordCounts:
    return WordCounts(connection)


def member(counts: WordCounts, number: int, title: str, text: str, lang: str = "en", at: int = 0, **more: object) -> Member:
    record = Record(url="https://a.example/", title=title, text=text, lang=lang, **more)  # type: ignore[arg-type]
    words = words_of(record, anchors_of(record, fold_text(title), fold_text(text)))
    return Member(number, lang, at, words, counts.weigh(words.terms, 40), counts.weigh(words.anchors, 60))


BOUT = "{a} stopped {b} in round {r} on Saturday to keep the heavyweight belts, and the referee waved it off before the bell in Odense."


def bouts(counts: WordCounts) -> list[Member]:
    first = [
        member(counts, n, "", BOUT.format(a="Wolfram Klett", b="Hassan Dorne", r=7) + more)
        for n, more in enumerate(["", " Klett is 32.", " Dorne said he would rest.", " The crowd cheered Klett."])
    ]
    second = [
        member(counts, 10 + n, "", BOUT.format(a="Wolfram Klett", b="Tobias Thane", r=6) + more)
        for n, more in enumerate(["", " Klett is 36.", " Thane thanked his team.", " The crowd sang."])
    ]
    return first + second


def test_two_events_with_one_hero_stay_apart(counts: WordCounts) -> None:
    members = bouts(counts)
    found = sorted(sorted(members[place].id for place in one) for one in grouped(members))
    assert found == [[0, 1, 2, 3], [10, 11, 12, 13]]


def test_headlines_with_names_unknown_to_the_other_text_speak_against_one_event(counts: WordCounts) -> None:
    text = "The weather in {} on Sunday will be mild with light wind from the west and some rain towards evening, forecasters in {} say. The night stays dry, and Monday begins cloudy, with fog over the fields."
    a = member(counts, 1, "Mild Sunday in Kestrel", text.format("Kestrel", "Kestrel"))
    b = member(counts, 2, "Mild Sunday in Ouseby", text.format("Ouseby", "Ouseby"))
    same = member(counts, 3, "Mild Sunday ahead in Kestrel", text.format("Kestrel", "Kestrel"))
    assert likeness(a, b) < 1 <= likeness(a, same)


@pytest.mark.parametrize(("days", "share"), [(0, 1.0), (3, 1.0), (5, 0.85), (7, 0.7), (8, 0.0)])
def test_likeness_fades_with_time(counts: WordCounts, days: int, share: float) -> None:
    a = member(counts, 1, "Ferry aground", "The ferry Astoria ran aground off Kestrel Point with 214 passengers.")
    assert likeness(a, replace(a, id=2, at=days * DAY)) == pytest.approx(likeness(a, replace(a, id=2)) * share)


def test_no_story_is_longer_than_its_span(counts: WordCounts) -> None:
    a = member(counts, 0, "Ferry aground", "The ferry Astoria ran aground off Kestrel Point with 214 passengers.")
    members = [replace(a, id=n, at=n * 5 * DAY) for n in range(7)]
    for one in grouped(members):
        times = [members[place].at for place in one]
        assert max(times) - min(times) <= grouping.SPAN


STORY = {
    "en": (
        "Hospital in Kampala opens",
        "The Mulago wing in Kampala, Uganda, opened with 450 beds and cost 38 million, said Amara Okello of Novacura.",
    ),
    "vi": (
        "Bệnh viện ở Kampala",
        "Khu Mulago ở Kampala, Uganda, mở cửa với 450 giường, tốn 38 triệu, bà Amara Okello của Novacura cho biết.",
    ),
    "zh": ("坎帕拉医院启用", "乌干达坎帕拉的Mulago新楼启用，设450张床位，耗资38百万，Novacura的Amara Okello说。"),
    "de": (
        "Klinik in Kampala",
        "Der Mulago-Flügel in Kampala, Uganda, öffnete mit 450 Betten und kostete 38 Millionen, sagte Amara Okello von Novacura.",
    ),
}


def test_one_story_in_four_languages_meets_and_another_does_not(counts: WordCounts) -> None:
    members = [member(counts, n, *texts, lang=lang) for n, (lang, texts) in enumerate(STORY.items())]
    other = "The orchestra of Turku, Finland, plays 12 concerts in 2026 under Elmo Sarvi, for the first time without Jussi Lahde."
    members += [member(counts, 9, "Concerts in Turku", other), member(counts, 10, "Konzerte in Turku", other, lang="de")]
    found = sorted(sorted(members[place].id for place in one) for one in grouped(members))
    assert found == [[0, 1, 2, 3], [9, 10]]


def test_two_groups_of_one_language_are_not_joined_through_a_third(counts: WordCounts) -> None:
    members = [member(counts, n, *texts, lang=lang) for n, (lang, texts) in enumerate(STORY.items())]
    twin = replace(members[0], id=9)
    joined = join_languages([*members, twin], [[0], [1], [2], [3], [4]])
    assert sorted(map(len, joined)) == [1, 4]


def test_tracked_entities_and_equal_sums_bridge_languages(counts: WordCounts) -> None:
    def told(number: int, text: str, lang: str) -> Member:
        figures = (Figure(0, 1, "x", low=None, high=None), Figure(0, 1, "y", low=50_000_000, high=50_000_000, currency="USD"))  # type: ignore[arg-type]
        return member(
            counts,
            number,
            "",
            text,
            lang,
            mentions=(Mention("lumenova", 0, 1, "L"), Mention("quarry", 0, 1, "Q")),
            figures=figures,
        )

    a = told(1, "the maker of models took in fresh money from its backers", "en")
    b = told(2, "nhà sản xuất mô hình vừa nhận thêm tiền từ các nhà đầu tư", "vi")
    assert cosine(a.anchors, b.anchors) == pytest.approx(1.0)


def test_grouping_does_not_depend_on_missing_links() -> None:
    assert group([], []) == []
    assert join_languages([], []) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Talks in Hanoi between Vietnam and Japan", {"VN", "JP"}),
        ("越南与日本在河内会谈", {"VN", "JP"}),
        ("Đàm phán giữa Việt Nam và Nhật Bản", {"VN", "JP"}),
        ("Переговоры: Россия", {"RU"}),
        ("Talks in London, then in Riyadh", {"london", "riyadh"}),
        ("Переговоры: Лондон, затем Эр-Рияд", {"london", "riyadh"}),
        ("Romanias and Chinatown", set()),
    ],
)
def test_places_are_found_by_any_name(text: str, codes: set[str]) -> None:
    assert codes <= places_in(fold_text(text))
    if not codes:
        assert places_in(fold_text(text)) == set()


def test_word_counts_survive_and_rare_words_weigh_more(connection: sqlite3.Connection) -> None:
    counts = WordCounts(connection)
    for number in range(300):
        counts.add([1, 1000 + number])
    counts.save()
    again = WordCounts(connection)
    assert again.documents == 300
    assert again.rarity(1) < again.rarity(1007) < again.rarity(99_999)
    weighed = again.weigh({1: 1.0, 1007: 1.0, 99_999: 1.0}, 2)
    assert set(weighed) == {1007, 99_999}
    assert cosine(weighed, weighed) == pytest.approx(1.0)
