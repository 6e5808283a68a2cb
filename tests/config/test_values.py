"""Times, sizes, rates, addresses, zones and codes as people write them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.config import values
from racewire.config.suggest import closest
from racewire.config.values import Rate
from racewire.config.wording import Mistake


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (values.seconds, "200ms", 0.2),
        (values.seconds, "1s", 1),
        (values.seconds, "10 m", 600),
        (values.seconds, "1.5h", 5400),
        (values.seconds, "1h30m", 5400),
        (values.seconds, "7d", 604_800),
        (values.seconds, "0s", 0),
        (values.size, "8MB", 8_000_000),
        (values.size, "8MiB", 8 * 1024 * 1024),
        (values.size, "1.5kB", 1500),
        (values.size, "12B", 12),
        (values.rate, "30/m", Rate(30, 60)),
        (values.rate, "1/d", Rate(1, 86_400)),
        (values.rate, "off", None),
        (values.zone, "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
        (values.language, "zh", "zh"),
        (values.country, "VN", "VN"),
        (values.web_address, "https://x.example:8443/feed?x=1", "https://x.example:8443/feed?x=1"),
        (values.proxy, "http://user:word@127.0.0.1:3128", "http://user:word@127.0.0.1:3128"),
        (values.mail_address, "ana.le+ai@news.example", "ana.le+ai@news.example"),
        (values.private_address, "[::1]:25", "[::1]:25"),
    ],
)
def test_what_is_read(read: Callable[[object], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "value", "suggestion"),
    [
        (values.seconds, 30, '"30s"'),
        (values.seconds, "30", '"30s"'),
        (values.seconds, "10 minutes", '"10m"'),
        (values.seconds, "5 Sec", '"5s"'),
        (values.seconds, "100 msec", '"100ms"'),
        (values.seconds, "1 month", None),
        (values.seconds, True, None),
        (values.seconds, "-1s", None),
        (values.seconds, "", None),
        (values.size, 8_000_000, '"8000000B"'),
        (values.size, "8M", '"8MB"'),
        (values.size, "8 mb", '"8MB"'),
        (values.size, "8kb", '"8kB"'),
        (values.size, "big", None),
        (values.rate, "30 per minute", '"30/m"'),
        (values.rate, "30/min", '"30/m"'),
        (values.rate, 30, '"30/m"'),
        (values.rate, "0/m", None),
        (values.rate, "none", None),
        (values.zone, "Ho Chi Minh", "Asia/Ho_Chi_Minh"),
        (values.zone, "asia/tokyo", "Asia/Tokyo"),
        (values.zone, "Berlin", "Europe/Berlin"),
        (values.zone, "../../etc/passwd", None),
        (values.zone, "", None),
        (values.language, "vn", "vi"),
        (values.language, "en-US", "en"),
        (values.language, "xx", None),
        (values.country, "UK", "GB"),
        (values.country, "vn", "VN"),
        (values.country, "Vietnam", None),
        (values.web_address, "x.example/feed", "https://x.example/feed"),
        (values.web_address, "htp://x.example", "http://x.example"),
        (values.web_address, "ftp://x.example", None),
        (values.web_address, "http://", None),
        (values.web_address, "http://[::1", None),
        (values.web_address, "http://x.example/a b", None),
        (values.web_address, "http://x.example:99999/", None),
        (values.proxy, "127.0.0.1:3128", "http://127.0.0.1:3128"),
        (values.proxy, "http://proxy.example:1/path", "http://proxy.example:1"),
        (values.mail_address, "Ana <ana@news.example>", "ana@news.example"),
        (values.mail_address, "ana", None),
        (values.mail_address, "a@b\r\nBcc: c@d", None),
        (values.private_address, "127.0.0.1", None),
        (values.private_address, "10.0.0.0/8", None),
        (values.private_address, "127.0.0.1:0", None),
        (values.identifier, "Báo Mới", "b-o-m-i"),
        (values.channel_name, "my desk", "my-desk"),
    ],
)
def test_what_is_refused_and_suggested(read: Callable[[object], object], value: object, suggestion: str | None) -> None:
    with pytest.raises(Mistake) as caught:
        read(value)
    if suggestion is not None:
        assert f"did you mean '{suggestion}'?" in (caught.value.help or "")
    else:
        assert "did you mean" not in (caught.value.help or "")


def test_a_user_in_an_address_is_not_repeated() -> None:
    for address in ("htp://ana:word@x.example", "ana:word@x.example/feed", "http://ana:word@x.example:1/path"):
        with pytest.raises(Mistake) as caught:
            values.proxy(address)
        assert "word" not in f"{caught.value} {caught.value.help}"


@given(st.integers(0, 10**7).map(lambda n: n / 1000) | st.integers(0, 10**6))
def test_times_survive_being_written(seconds: float) -> None:
    assert values.seconds(values.duration(seconds)) == pytest.approx(seconds, rel=1e-4)


@given(st.integers(1, 10**12))
def test_sizes_survive_being_written(size: int) -> None:
    if size < 10**9:
        assert values.size(values.sized(size)) == size


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (
        values.seconds,
        values.size,
        values.rate,
        values.web_address,
        values.proxy,
        values.mail_address,
        values.private_address,
    ):
        with suppress(Mistake):
            read(text)


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("dealy", ("delay", "timeout"), "delay"),
        ("max-items", ("max_items",), "max_items"),
        ("Interval", ("every", "id"), "every"),
        ("interval", ("id",), None),
        ("zzz", ("delay",), None),
        ("", ("delay",), None),
    ],
)
def test_the_closest_word(word: str, choices: tuple[str, ...], meant: str | None) -> None:
    assert closest(word, choices) == meant
