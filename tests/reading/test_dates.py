"""Dates as people and machines write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.reading import Hints, read
from racewire.reading.dates import parse_line, parse_machine

LINES = [
    ("16:00 29/06/2023", None, "2023-06-29T16:00", "minute"),
    ("Thứ năm, 29/6/2023, 16:00 (GMT+7)", "vi", "2023-06-29T16:00+07:00", "minute"),
    ("29-06-2023 - 16:06 PM", "vi", "2023-06-29T16:06", "minute"),
    ("Đăng lúc 9h15 ngày 5 tháng 8 năm 2023", "vi", "2023-08-05T09:15", "minute"),
    ("29/06/2023 04:00 CH", "vi", "2023-06-29T16:00", "minute"),
    ("2023年6月29日 16:00", "zh", "2023-06-29T16:00", "minute"),
    ("发布时间：2023-06-29 16:00:35　来源：某报", "zh", "2023-06-29T16:00:35", "second"),
    ("2023/06/29 下午 04:00", "zh", "2023-06-29T16:00", "minute"),
    ("2023年6月29日 16時00分", "ja", "2023-06-29T16:00", "minute"),
    ("2023年6月29日(木) 午後4:00", "ja", "2023-06-29T16:00", "minute"),
    ("기사입력 : 2023년 06월 29일 오후 4:00", "ko", "2023-06-29T16:00", "minute"),
    ("승인 2023.06.29 16:00:12", "ko", "2023-06-29T16:00:12", "second"),
    ("29. Juni 2023, 16:05 Uhr", "de", "2023-06-29T16:05", "minute"),
    ("Le 29 juin 2023 à 16h05", "fr", "2023-06-29T16:05", "minute"),
    ("29 de junio de 2023 a las 16:05", "es", "2023-06-29T16:05", "minute"),
    ("29 giugno 2023 alle 16:05", "it", "2023-06-29T16:05", "minute"),
    ("29 de junho de 2023", "pt", "2023-06-29", "day"),
    ("29 juni 2023 om 16:05", "nl", "2023-06-29T16:05", "minute"),
    ("29 июня 2023, 16:05", "ru", "2023-06-29T16:05", "minute"),
    ("29 Haziran 2023 16:05", "tr", "2023-06-29T16:05", "minute"),
    ("29 czerwca 2023, 16:05", "pl", "2023-06-29T16:05", "minute"),
    ("5 listopada 2023", "pl", "2023-11-05", "day"),
    ("5 listopada 2023", "hr", "2023-10-05", "day"),
    ("Published June 29, 2023 at 4:05 PM EDT", "en", "2023-06-29T16:05-04:00", "minute"),
    ("Thu, 29 Jun 2023 16:05:07 GMT", "en", "2023-06-29T16:05:07+00:00", "second"),
]


@pytest.mark.parametrize(("line", "lang", "when", "precision"), LINES)
def test_a_line(line: str, lang: str | None, when: str, precision: str) -> None:
    moment = parse_line(line, lang=lang)[0]
    assert (moment.when, moment.precision) == (datetime.fromisoformat(when), precision)
    assert moment.raw == line[moment.start : moment.end]


def test_published_and_modified_are_told_apart() -> None:
    moments = parse_line("Ngày đăng: 12/07/2023 | Cập nhật: 18:30 13/07/2023", lang="vi")
    assert [(m.kind, m.precision) for m in moments] == [("published", "day"), ("modified", "minute")]
    assert [m.kind for m in parse_line("입력 2023.06.29 16:00 수정 2023.06.29 18:10", lang="ko")] == ["published", "modified"]


@pytest.mark.parametrize(("month_first", "day"), [(True, date(2023, 6, 7)), (False, date(2023, 7, 6))])
def test_order_of_day_and_month(month_first: bool, day: date) -> None:
    assert parse_line("6/7/2023", month_first=month_first)[0].when.date() == day
    assert parse_line("29/6/2023", month_first=month_first)[0].when.date() == date(2023, 6, 29)


@pytest.mark.parametrize("line", ["", "no date", "32/13/2023", "2023-02-30", "1.2.3.4", "call 2023 for 12"])
def test_no_date(line: str) -> None:
    assert parse_line(line) == []


@pytest.mark.parametrize(
    ("value", "when"),
    [
        ("2023-06-29T16:04:37.123+0200", "2023-06-29T16:04:37+02:00"),
        ("20230629T160437Z", "2023-06-29T16:04:37+00:00"),
        ("2023-06-29 16:04:37", "2023-06-29T16:04:37"),
        ("1688054400", "2023-06-29T16:00:00+00:00"),
        (1688054400000, "2023-06-29T16:00:00+00:00"),
    ],
)
def test_machine_dates(value: object, when: str) -> None:
    moment = parse_machine(value)
    assert moment is not None
    assert moment.when == datetime.fromisoformat(when)


@pytest.mark.parametrize("value", [None, True, "", "soon", "9999-12-31", "0001-01-01T00:00:00Z", [], "2023-99-99"])
def test_machine_dates_that_are_none(value: object) -> None:
    assert parse_machine(value) is None


@given(
    st.datetimes(
        datetime(1995, 1, 1),  # noqa: DTZ001  naive on purpose, the zone is drawn
        datetime(2099, 1, 1),  # noqa: DTZ001
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-5))]),
    )
)
def test_iso_comes_back(when: datetime) -> None:
    when = when.replace(microsecond=0)
    moment = parse_machine(when.isoformat())
    assert moment is not None
    assert moment.when == when


@given(st.text(max_size=300))
def test_any_line_is_survived(line: str) -> None:
    for moment in parse_line(line):
        assert moment.raw == line[moment.start : moment.end]


PARAGRAPHS = (
    "<p>The firm said it would build a second plant in the valley, and hire two hundred people over the coming year.</p>" * 4
)


def page(head: str = "", line: str = "", lang: str = "en") -> bytes:
    return f"<html lang={lang}><head><title>A second plant</title>{head}</head><body><article><h1>A second plant</h1>{line}{PARAGRAPHS}</article></body></html>".encode()


def test_zone_from_hint_country_and_language() -> None:
    line = "<span class=date>16:00 29/06/2023</span>"
    by_country = read(page(line=line), "https://news.example.vn/1")
    assert (by_country.published_at, by_country.zone_from) == (datetime(2023, 6, 29, 9, tzinfo=UTC), "country")
    by_hint = read(page(line=line), "https://news.example.vn/1", hints=Hints(timezone="Asia/Tokyo"))
    assert (by_hint.published_at, by_hint.zone_from) == (datetime(2023, 6, 29, 7, tzinfo=UTC), "hint")


def test_zone_from_another_date_of_the_page() -> None:
    head = '<meta property="article:modified_time" content="2023-06-30T08:00:00+05:30">'
    found = read(page(head, line="<span class=date>29 June 2023, 16:00</span>"), "https://news.example.com/1")
    assert (found.published_at, found.zone_from) == (datetime(2023, 6, 29, 10, 30, tzinfo=UTC), "page")


def test_future_dates_are_passed_over_or_clamped() -> None:
    fetched = datetime(2024, 1, 1, tzinfo=UTC)
    wrong = '<meta property="article:published_time" content="2031-01-01T00:00:00Z">'
    right = "<time datetime='2023-12-30T08:00:00Z'>30 December</time>"
    chosen = read(page(wrong, right), "https://a.example/1", fetched_at=fetched)
    assert (chosen.published_at, chosen.notes) == (datetime(2023, 12, 30, 8, tzinfo=UTC), ("date-in-future",))
    alone = read(page(wrong), "https://a.example/1", fetched_at=fetched)
    assert (alone.published_at, alone.published_precision) == (fetched, "none")


def test_a_day_is_made_finer_by_another_place() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A second plant","datePublished":"2023-06-29"}</script>'
    found = read(page(head, "<time datetime='2023-06-29T10:30:00+02:00'>today</time>"), "https://a.example/1")
    assert (found.published_at, found.published_precision) == (datetime(2023, 6, 29, 8, 30, tzinfo=UTC), "second")


def test_dates_inside_the_text_are_not_the_page_s() -> None:
    text = "<p>The first version was shown on 1 February 2022 at a small meeting in town, as the papers reported then.</p>"
    found = read(page(line=text + "<div class=info>Published 3 March 2024</div>"), "https://a.example/1")
    assert found.published_at is not None
    assert found.published_at.date() == date(2024, 3, 3)


def test_a_sentence_dates_no_page_unless_it_opens_with_place_and_date() -> None:
    told = read(
        page(line="<p>The towers fell on September 11, 2001, and the town has remembered that day ever since.</p>"),
        "https://a.example/1",
    )
    assert (told.published_at, told.published_precision) == (None, "none")
    opened = read(
        page(line="<p>HANOI, March 3, 2024 – The ferry company said on Monday that it would run a second boat.</p>"),
        "https://a.example/1",
    )
    assert opened.published_at is not None
    assert opened.published_at.date() == date(2024, 3, 3)
