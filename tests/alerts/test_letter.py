"""A mail as it goes over the wire: what every mail server and program must be able to read."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from alerts.channels.base import Message
from alerts.channels.letter import letter
from tests.alerts.samples import EVIL, RAISE, hostile, names_only, raise_with
from tests.alerts.workshop import START

DIGEST = {"count": 2, "since": "2025-03-03T01:00:00Z", "until": "2025-03-03T02:00:00Z", "alerts": [RAISE, hostile()]}
MESSAGES = {
    "raise": Message("msg_a", "alert.created", START, RAISE),
    "hostile": Message("msg_a", "alert.created", START, hostile()),
    "vietnamese": Message(
        "msg_a", "alert.created", START, names_only("Ở Hà Nội " * 9, headline="Đường đua trí tuệ nhân tạo " * 40)
    ),
    "chinese": Message("msg_a", "alert.updated", START, raise_with(surface="三十亿元人民币" * 9, usd_low=None, usd_high=None)),
    "digest": Message("msg_a", "digest", START, DIGEST),
    "test": Message("msg_a", "test", START, {"message": EVIL, "channel": "me"}),
}


def made(message: Message, **more: Any) -> str:
    return letter(
        message, sender="racewire@wire.example", to=("one@wire.example", "two@wire.example"), zone=ZoneInfo("UTC"), **more
    )


def read(raw: str) -> EmailMessage:
    return email.message_from_bytes(raw.encode("ascii"), policy=email.policy.default)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_mail_is_well_formed(name: str) -> None:
    raw = made(MESSAGES[name])
    assert raw.isascii()
    assert "\x00" not in raw
    lines = raw.split("\r\n")
    assert max(map(len, lines)) <= 998
    assert all("\n" not in line and "\r" not in line for line in lines)
    mail = read(raw)
    assert not mail.defects
    for header in ("From", "To", "Date", "Message-ID", "Subject", "MIME-Version", "List-Id", "Auto-Submitted"):
        assert len(mail.get_all(header) or []) == 1, header
    assert "Bcc" not in mail
    assert mail.get_content_type() == "multipart/alternative"
    parts = list(mail.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    for part in parts:
        assert part.get_content_charset() == "utf-8"
        assert part.get_content().strip()
        assert not part.defects
    assert 0 < len(str(mail["Subject"])) <= 60


def test_the_headers_of_an_alert() -> None:
    mail = read(made(MESSAGES["raise"]))
    assert mail["Subject"] == "Lumora raised $50M (seed) - 3 sources, figures differ"
    assert mail["Message-ID"] == "<msg_a@wire.example>"
    assert mail["List-Id"] == "<big-raise.racewire.wire.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == START
    assert [box.addr_spec for box in mail["To"].addresses] == ["one@wire.example", "two@wire.example"]
    assert mail["From"].addresses[0].addr_spec == "racewire@wire.example"
    own = {name: value for name, value in mail.items() if name.startswith("X-Racewire-")}
    assert own == {
        "X-Racewire-Type": "alert.created",
        "X-Racewire-Alert-Id": "7",
        "X-Racewire-Rule": "big-raise",
        "X-Racewire-Story": "17",
        "X-Racewire-Severity": "high",
    }
    assert "In-Reply-To" not in mail


def test_later_news_hangs_on_the_first_mail() -> None:
    mail = read(made(Message("msg_b", "alert.updated", START, RAISE, thread="msg_a")))
    assert mail["In-Reply-To"] == mail["References"] == "<msg_a@wire.example>"


def test_a_subject_in_any_script_comes_back_whole() -> None:
    assert str(read(made(MESSAGES["chinese"]))["Subject"]).startswith("Lumora raised 三十亿元")


@pytest.mark.parametrize("name", MESSAGES)
def test_the_same_message_gives_the_same_bytes(name: str) -> None:
    assert made(MESSAGES[name]) == made(MESSAGES[name])


def test_the_date_is_that_of_the_alert() -> None:
    late = Message("msg_a", "test", START + timedelta(hours=3), {"message": "x", "channel": "me"})
    assert read(made(late))["Date"].datetime == START + timedelta(hours=3)
