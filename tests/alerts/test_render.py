"""Mails and terminal lines: who and how much first, the proof marked, nothing that breaks out, readable everywhere."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.render import Mail, alert_mail, digest_mail, terminal, trial_mail
from alerts.render.mail import LARGEST
from racewire.render.clean import address, cut, plain
from racewire.render.marks import pieces
from racewire.render.money import brief, large
from racewire.render.words import sentence, subject
from tests.alerts.samples import EVIL, RAISE, hostile, names_only, raise_with

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CASES = {
    "raise": RAISE,
    "yuan": raise_with(surface="3亿元", low=3e8, high=3e8, currency="CNY", usd_low=41.4e6, usd_high=41.4e6),
    "no rate": raise_with(surface="900 cowries", low=900, high=900, currency=None, usd_low=None, usd_high=None),
    "names": names_only("Lumora", "Norvik"),
    "nobody": names_only(),
    "hostile": hostile(),
}


def said(part: str) -> str:
    """The words of an HTML part."""
    body = re.sub(r"<(style|title)>.*?</\1>", "", part, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", body)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (RAISE, "Lumora raised $50M (seed)"),
        (raise_with(certainty="planned"), "Lumora to raise $50M (seed)"),
        (raise_with(certainty="reported", round="series-b"), "Lumora raised $50M (series B, reported)"),
        (raise_with(certainty="denied", round=None), "Lumora raised $50M (denied)"),
        (raise_with(role="valuation", round=None), "Lumora valued at $50M"),
        (raise_with(role="acquisition", payer="x", payer_name="Norvik", round=None), "Norvik bought Lumora for $50M"),
        (
            raise_with(role="acquisition", recipient=None, recipient_name=None, payer_name="Norvik", round=None),
            "Norvik buys for $50M",
        ),
        (raise_with(role="fine", recipient=None, recipient_name=None, payer="lumora", round=None), "Lumora fined $50M"),
        (raise_with(role="price", per="hour", low=7.5, usd_low=7.5, usd_high=7.5, round=None), "Lumora price $7.50 a hour"),
        (raise_with(low=4e7, usd_low=4e7, round=None), "Lumora raised $40–50M"),
        (raise_with(high=None, usd_high=None, round=None), "Lumora raised >$50M"),
        (raise_with(low=None, usd_low=None, round=None), "Lumora raised up to $50M"),
        (raise_with(approx=True, round=None), "Lumora raised ~$50M"),
        (CASES["yuan"], "Lumora raised ~$41.4M (seed)"),
        (CASES["no rate"], "Lumora raised 900 cowries (seed)"),
        (
            raise_with(role="market_size", recipient=None, recipient_name=None) | {"entities": []},
            "$50M (market size): Lumora khởi đầu với 50 triệu USD",
        ),
        (names_only("Lumora", "Norvik", "Tessel"), "Lumora + Norvik: A day at sea"),
        (names_only("Lumora", headline="Lumora opens a school"), "Lumora opens a school"),
        (names_only(), "A day at sea"),
    ],
)
def test_one_sentence_says_who_and_how_much(data: dict[str, Any], words: str) -> None:
    assert sentence(data) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (5e7, "US$50M"),
        (1.25e9, "US$1.25B"),
        (999_950_000, "US$1B"),
        (2e12, "US$2T"),
        (5000, "US$5K"),
        (12, "US$12"),
        (0.5, "US$0.50"),
    ],
)
def test_amounts(amount: float, words: str) -> None:
    assert (
        large({"surface": "x", "low": amount, "high": amount, "currency": "USD", "usd_low": amount, "usd_high": amount}) == words
    )


def test_the_subject_counts_sources_and_says_when_they_differ() -> None:
    assert subject(RAISE) == "Lumora raised $50M (seed) - 3 sources, figures differ"
    alone = RAISE | {"disagreement": [], "story": RAISE["story"] | {"sources": [], "source_count": 1}}
    assert subject(alone) == "Lumora raised $50M (seed)"
    assert subject(alone | {"updated": True}) == "Now: Lumora raised $50M (seed)"


@given(st.text(max_size=200), st.text(max_size=200), st.booleans())
def test_no_subject_is_longer_than_sixty_or_has_a_control_character(name: str, surface: str, money: bool) -> None:
    data = (
        raise_with(surface=surface, usd_low=None, usd_high=None, recipient=None, recipient_name=name)
        if money
        else names_only(name)
    )
    found = subject(data)
    assert len(found) <= 60
    assert found == plain(found)


@pytest.mark.parametrize("name", CASES)
def test_both_parts_say_the_same(name: str) -> None:
    data = CASES[name]
    mail = alert_mail(data, ZONE)
    text, words = re.sub(r"\s+", " ", mail.text), said(mail.html)
    figures = [large(figure) for figure in data["figures"]] + [figure["surface"] for figure in data["figures"]]
    quotes = [entry["text"] for entry in data["evidence"]]
    names = [entry["name"] for entry in data["story"]["sources"]] + [
        entry["says"]["surface"] for entry in data["story"]["sources"]
    ]
    for expected in map(plain, [*figures, *quotes, *names, data["rule"]["id"]]):
        shown = expected[:30].rstrip("<>").strip()
        assert shown in text.replace(">>", "").replace("<<", ""), shown
        assert shown in words, shown


def test_the_proof_is_marked() -> None:
    mail = alert_mail(RAISE, ZONE)
    assert '<b>Lumora</b> của bà Okono khởi đầu với <mark class="keep">50 triệu USD</mark> vốn' in mail.html
    assert "khởi đầu với >>50 triệu USD<< vốn" in mail.text
    assert 'lang="vi"' in mail.html


def test_times_are_those_of_the_reader_with_the_delay_to_the_first() -> None:
    text = alert_mail(RAISE, ZONE).text
    assert "3 Mar 2025, 08:12 Ho Chi Minh" in text
    assert "08:31  +19 min  Herald  en  $50 million" in text
    assert "4 Mar 2025 09:04  +25 h  Rihbao" in text


def test_disagreement_is_shown_with_the_rate() -> None:
    words = said(alert_mail(RAISE, ZONE).html)
    assert (
        "Sources disagree. Morning and Herald write 50 triệu USD; Rihbao writes 3亿元 (about US$41.4M at the rate of 3 Mar 2025)."
        in words
    )


class Tags(HTMLParser):
    """Tags that are open, addresses that are linked, and everything that would be loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "href":
                self.links.append(value or "")
            if name in ("src", "srcset", "background", "action", "data", "poster") or name.startswith("on"):
                self.loads.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def all_mails() -> Iterator[Mail]:
    for data in CASES.values():
        yield alert_mail(data, ZONE)
    yield digest_mail(list(CASES.values()), ZONE, count=9, since="2025-03-03T01:00:00Z", until="2025-03-03T02:00:00Z")
    yield trial_mail(EVIL)


@pytest.mark.parametrize("mail", list(all_mails()), ids=[*CASES, "digest", "test"])
def test_nothing_breaks_out_and_nothing_is_loaded(mail: Mail) -> None:
    tags = Tags()
    tags.feed(mail.html)
    assert tags.open == []
    assert tags.loads == []
    assert all(link.startswith("https://") for link in tags.links)
    assert "<script" not in mail.html
    assert "url(" not in mail.html
    assert "@import" not in mail.html
    assert "49" not in said(mail.html)  # {{ 7*7 }} in a headline stays text
    for text in (mail.subject, mail.text, mail.html):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert "\n" not in mail.subject
    assert mail.size <= LARGEST


def test_a_mail_stays_small_whatever_is_in_it() -> None:
    data = RAISE | {
        "evidence": [RAISE["evidence"][0] | {"text": "ở" * 420, "start": 0, "end": 9, "names": []}] * 40,
        "story": RAISE["story"] | {"sources": RAISE["story"]["sources"] * 60, "headline": "ở" * 5000, "source_count": 180},
        "why": ["ở" * 900] * 9,
    }
    assert alert_mail(data, ZONE).size <= LARGEST
    digest = digest_mail([RAISE] * 500, ZONE, count=500)
    assert digest.size <= LARGEST
    assert "more did not fit in: racewire alerts list" in digest.text


def test_the_digest_puts_the_largest_sum_first() -> None:
    small, names = raise_with(surface="$2 million", low=2e6, high=2e6, usd_low=2e6, usd_high=2e6), names_only("Norvik")
    mail = digest_mail([names, small, RAISE], ZONE, count=3)
    assert mail.subject == "3 alerts: Lumora raised $50M (seed)"
    assert mail.text.index("US$50M") < mail.text.index("US$2M") < mail.text.index("A day at sea")


@given(
    st.text(max_size=60),
    st.integers(-5, 70),
    st.integers(-5, 70),
    st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=4),
)
def test_the_pieces_of_a_quote_are_the_quote(text: str, start: int, end: int, names: list[tuple[int, int]]) -> None:
    """However wrong the marks are, every character is shown once."""
    found = list(pieces({"text": text, "start": start, "end": end, "names": names}))
    assert plain("".join(piece for _, piece in found)).replace(" ", "") == plain(text).replace(" ", "")


@settings(max_examples=30)
@given(st.text(max_size=300))
def test_any_headline_and_name_is_rendered(text: str) -> None:
    data = names_only(text, headline=text)
    mail = alert_mail(data, ZONE)
    tags = Tags()
    tags.feed(mail.html)
    assert tags.open == []
    terminal(data)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://paper.example/a?b=c", True),
        ("http://paper.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//paper.example", False),
        ("https://", False),
        ("https://paper.example/\nx", False),
        ("https://paper.example/\u202ex", False),
        ("https://[", False),
        ("https://paper.example/" + "x" * 3000, False),
        (None, False),
    ],
)
def test_addresses_that_may_be_linked(url: Any, kept: bool) -> None:
    assert (address(url) == url) is kept or url is None


def test_cutting_keeps_words_whole() -> None:
    assert cut("a headline that is too long", 20) == "a headline that is…"
    assert cut("百川智能完成三亿元融资", 6) == "百川智能完…"
    assert cut("short", 20) == "short"


# -- colours ---------------------------------------------------------------------------------------------------------------------------
def luminance(colour: str) -> float:
    colour = colour.lstrip("#")
    colour = "".join(c * 2 for c in colour) if len(colour) == 3 else colour
    parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(css: str, selector: str) -> dict[str, str]:
    rules = re.findall(rf"(?:^|[}}\s]){re.escape(selector)}\{{([^}}]*)\}}", css)
    return {name: value for rule in rules for name, value in re.findall(r"(background|color|border-color):(#[0-9a-f]+)", rule)}


@pytest.mark.parametrize("dark", [False, True])
def test_everything_can_be_read(dark: bool) -> None:
    """WCAG AA: 4.5 to 1 for every text on its ground, in light and in dark."""
    light, _, rest = alert_mail(RAISE, ZONE).html.partition("@media (prefers-color-scheme:dark){")
    css = rest.partition("@media")[0] if dark else light
    ground, text = colours(css, ".card")["background"], colours(css, "body")["color"]
    assert contrast(text, ground) >= 4.5
    for selector in (".muted", "a"):
        assert contrast(colours(css, selector)["color"], ground) >= 4.5, selector
    for selector in ("mark", ".warn", ".btn"):
        found = colours(css, selector)
        assert contrast(found["color"], found["background"]) >= 4.5, selector


# -- terminal --------------------------------------------------------------------------------------------------------------------------
def test_an_alert_on_a_terminal() -> None:
    assert terminal(RAISE, zone=ZONE).splitlines() == [
        "ALERT  Lumora raised $50M (seed)",
        "       50 triệu USD = US$50M",
        "       | Lumora của bà Okono khởi đầu với >>50 triệu USD<< vốn hạt giống.",
        "       sources disagree: Morning and Herald write 50 triệu USD",
        "       sources disagree: Rihbao writes 3亿元 (about US$41.4M at the rate of 3 Mar 2025)",
        "       08:12  Morning  vi  50 triệu USD",
        "       08:31  +19 min  Herald  en  $50 million",
        "       4 Mar 2025 09:04  +25 h  Rihbao  zh  3亿元",
        "       rule big-raise: A figure: role raised, of one of @makers, at least USD 50M: 50 triệu USD",
    ]


def test_colour_is_only_there_when_asked_for() -> None:
    assert "\x1b" not in terminal(hostile())
    assert "\x1b[30;43m50 triệu USD\x1b[0m" in terminal(RAISE, colour=True)


def test_lines_fit_the_terminal() -> None:
    data = RAISE | {"evidence": [RAISE["evidence"][0] | {"text": "word " * 100, "start": 0, "end": 4}]}
    lines = terminal(data, width=60).splitlines()
    assert all(len(line) <= 60 for line in lines if line.startswith("       |"))
    assert all(one.startswith("  ") for _, one in pairwise(lines))


def test_brief_amounts_are_brief() -> None:
    assert brief(CASES["yuan"]["figures"][0]) == "~$41.4M"
