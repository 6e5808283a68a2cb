"""What the tests of alerts share: an archive with articles made by hand, rules from text, receivers that misbehave when told to."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from alerts.rules import RuleSet, load_rules
from racewire.archive import Archive, open_archive
from racewire.entities import Alias, Entity, Gazetteer
from racewire.model import Added, Figure, Mention, Record

T = TypeVar("T")
START = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)

# invented companies, so that nothing here depends on who is tracked
NAMES = Gazetteer(
    [
        Entity(id, name, kind, country, frozenset(tags), (Alias(name),), native)
        for id, name, kind, country, tags, native in [
            ("lumora", "Lumora", "company", "CN", ["llm"], "流墨科技"),
            ("tessel", "Tessel Works", "company", "CN", ["llm"], None),
            ("norvik", "Norvik", "company", "NO", ["chip"], None),
            ("harbor-fund", "Harbor Fund", "fund", "US", [], None),
            ("mirelle", "Mirelle Okono", "person", "FR", [], None),
        ]
    ]
)


def rules_from(folder: Path, text: str, *, channels: tuple[str, ...] = ("me", "desk"), timezone: str = "UTC") -> RuleSet:
    path = folder / "rules.toml"
    path.write_text(text, "utf-8")
    return load_rules(path, channels=channels, gazetteer=NAMES, timezone=timezone)


def rule(when: str, *, id: str = "r", send: str = 'to = ["me"]', more: str = "") -> str:
    """The text of one rule."""
    return f'[[rule]]\nid = "{id}"\n{when}\n{more}\nsend = {{ {send} }}\n'


def money(text: str, surface: str, amount: float | None, currency: str | None = "USD", **more: Any) -> Figure:
    """A figure of `text`; in USD its value is known."""
    start = text.index(surface)
    sum = None if amount is None else Decimal(str(amount))
    usd = {"usd_low": sum, "usd_high": sum, "rate_on": date(2025, 3, 3), "rate_source": "ECB"} if currency == "USD" else {}
    return Figure(
        start, start + len(surface), surface, **{"low": sum, "high": sum, "currency": currency, "role": "raised", **usd, **more}
    )


def article(
    text: str, *figures: Figure, url: str | None = None, title: str = "", uncertain: tuple[str, ...] = (), **more: Any
) -> Record:
    """A record with the names of NAMES found in its text; those of `uncertain` are not sure."""
    found = NAMES.find(text, "en")
    return Record(
        url=url or f"https://paper.example/{abs(hash((text, title))):x}",
        title=title or text[:60],
        text=text,
        lang="en",
        mentions=tuple(m for m in found if m.entity not in uncertain),
        uncertain=tuple(
            Mention(m.entity, m.start, m.end, m.surface, certain=False, score=0.4) for m in found if m.entity in uncertain
        ),
        figures=figures,
        **more,
    )


OPENED: list[Archive] = []  # closed after each test


@dataclass
class Desk:
    """An archive, a rule set and a clock that stands still until it is told otherwise.

    With `apart` every article is a story of its own, however alike they are.
    """

    archive: Archive
    rules: RuleSet
    now: datetime = START
    apart: bool = False

    def __post_init__(self) -> None:
        OPENED.append(self.archive)

    def add(self, *records: Record, **more: Any) -> list[int]:
        """Adds the records as the daemon does; the ids of the alerts."""
        alerts: list[int] = []

        def then(connection: sqlite3.Connection, added: list[Added]) -> None:
            ids = [one.article_id for one in added]
            if self.apart:
                _own_stories(connection)
            alerts.extend(self.rules.evaluate(connection, ids, now=self.now))

        self.archive.add(records, now=self.now, then=then, **more)
        return alerts

    def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        def read(connection: sqlite3.Connection) -> list[dict[str, Any]]:
            cursor = connection.cursor()
            cursor.row_factory = sqlite3.Row
            return [dict(row) for row in cursor.execute(query, parameters)]

        return self.archive.write(read)

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    async def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        return self.archive.write(function)


APART = 1_000_000  # the story of article N is APART + N


def _own_stories(connection: sqlite3.Connection) -> None:
    """Undoes what the grouping of stories did."""
    connection.execute(
        "insert or ignore into stories(id, headline, first_seen_at, last_seen_at) select ? + id, title, first_seen_at, first_seen_at from articles",
        (APART,),
    )
    connection.execute("update stories set merged_into = null where id > ?", (APART,))
    connection.execute("update articles set story_id = ? + id", (APART,))


def desk(folder: Path, text: str, *, apart: bool = False, **more: Any) -> Desk:
    return Desk(open_archive(":memory:"), rules_from(folder, text, **more), apart=apart)


@dataclass
class HttpReceiver:
    """Answers on loopback; `answers` are used up one a call (then 204): a status, or a whole answer as bytes, or None for silence."""

    answers: list[int | bytes | None] = field(default_factory=list)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0
    delay: float = 0.0

    async def __aenter__(self) -> HttpReceiver:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self._open: set[asyncio.StreamWriter] = set()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._open:
            writer.transport.abort()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while True:
                lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                self.calls.append((headers, body))
                answer = self.answers.pop(0) if self.answers else 204
                await asyncio.sleep(60 if answer is None else self.delay)
                writer.write(
                    answer if isinstance(answer, bytes) else f"HTTP/1.1 {answer} X\r\nContent-Length: 0\r\n\r\n".encode()
                )
                await writer.drain()
                if isinstance(answer, bytes):
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()


@dataclass
class MailReceiver:
    """An SMTP server on loopback. `boxes` maps a box to the codes it answers with, one a call (then 250); `after_data` breaks that often."""

    boxes: dict[str, list[int]] = field(default_factory=dict)
    after_data: int = 0
    silent: bool = False
    mails: list[tuple[list[str], bytes]] = field(default_factory=list)
    port: int = 0
    tls: Any = None
    offers: str = "8BITMIME"
    starttls: Any = None
    logins: list[str] = field(default_factory=list)

    async def __aenter__(self) -> MailReceiver:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        self._open: set[asyncio.StreamWriter] = set()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._open:
            writer.transport.abort()

    def received(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(re.search(rb"(?im)^Message-ID: <([^@]+)@", data)[1].decode() for _, data in self.mails)  # type: ignore[index]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        to: list[str] = []

        async def say(text: str) -> None:
            writer.write(text.encode() + b"\r\n")
            await writer.drain()

        try:
            if self.silent:
                await asyncio.sleep(60)
            await say("220 ready")
            while line := (await reader.readline()).decode().strip():
                verb = line[:4].upper()
                if verb == "EHLO":
                    await say("250-here\r\n250-AUTH PLAIN\r\n250 " + self.offers)
                elif verb == "STAR":
                    await say("220 go")
                    await writer.start_tls(self.starttls)
                elif verb == "AUTH":
                    self.logins.append(line)
                    await say("235 ok" if line.endswith("AGxvZ2luAHBhc3N3b3Jk") else "535 no")
                elif verb == "RCPT":
                    box = re.sub(r"^.*<(.*)>.*$", r"\1", line)
                    codes = self.boxes.get(box, [])
                    code = codes.pop(0) if codes else 250
                    if code == 250:
                        to.append(box)
                    await say(f"{code} so")
                elif verb == "DATA":
                    await say("354 go")
                    data = (await reader.readuntil(b"\r\n.\r\n"))[:-5].replace(b"\r\n..", b"\r\n.")
                    self.mails.append((to, data))
                    to = []
                    if self.after_data:
                        self.after_data -= 1
                        writer.transport.abort()
                        return
                    await say("250 kept")
                elif verb == "QUIT":
                    await say("221 bye")
                    return
                else:
                    await say("250 ok")
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()
