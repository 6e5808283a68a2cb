"""A mail as the bytes that go over the wire: headers in ASCII, a text part and an HTML part."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from alerts.channels.base import Message
from alerts.render import Mail, alert_mail, digest_mail, trial_mail
from racewire.render.clean import plain

_POLICY = policy.SMTP.clone(max_line_length=78)


def letter(message: Message, *, sender: str, to: tuple[str, ...], zone: tzinfo) -> str:
    """The whole mail, ASCII only, lines ending in CRLF. The same message gives the same mail, byte for byte."""
    mail = _mail(message, zone)
    domain = sender.rpartition("@")[2]
    data = message.data
    rule = data["rule"]["id"] if "rule" in data else message.type
    letter = EmailMessage(policy=_POLICY)
    letter["From"] = f"racewire <{sender}>"
    letter["To"] = ", ".join(to)
    letter["Subject"] = plain(mail.subject)
    letter["Date"] = format_datetime(message.at.astimezone(UTC))
    letter["Message-ID"] = f"<{message.id}@{domain}>"
    if message.thread:
        letter["In-Reply-To"] = letter["References"] = f"<{message.thread}@{domain}>"
    letter["List-Id"] = f"<{_label(rule)}.racewire.{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    for name, value in _own_headers(message).items():
        letter[f"X-Racewire-{name}"] = plain(value)
    letter.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    letter.add_alternative(mail.html, subtype="html", charset="utf-8", cte="quoted-printable")
    _fix_boundary(letter, message.id)
    return letter.as_bytes().decode("ascii")


def _mail(message: Message, zone: tzinfo) -> Mail:
    data = message.data
    if message.type == "digest":
        return digest_mail(data["alerts"], zone, count=data["count"], since=data["since"], until=data["until"])
    if message.type == "test":
        return trial_mail(data["message"])
    return alert_mail(data, zone)


def _own_headers(message: Message) -> dict[str, Any]:
    data = message.data
    if "rule" not in data:
        return {"Type": message.type}
    return {
        "Type": message.type,
        "Alert-Id": data["alert_id"],
        "Rule": data["rule"]["id"],
        "Story": data["story"]["id"],
        "Severity": data["rule"]["severity"],
    }


def _label(name: str) -> str:
    """A name as a part of a List-Id."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-") or "alerts"


def _fix_boundary(letter: EmailMessage, id: str) -> None:
    """The boundary from the id: the library would take a random one."""
    letter.set_boundary(f"=_{id}")
