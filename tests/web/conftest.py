"""A small archive with a story in three languages, hostile texts, an alert and two sources, and a way to ask for its pages."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import httpx
import lxml.html
import pytest

from racewire.archive import ledger, open_archive
from racewire.entities import Gazetteer, find_mentions
from racewire.figures import find_figures
from racewire.model import Record
from racewire.web.app import application
from racewire.web.site import Rulebook, RuleEntry, Site

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> \u202egnp.exe\u202c\r\nSet-Cookie: a=b \x1b[31m {{ 7 * 7 }} \"onmouseover='x'"
TEXTS = {
    "https://one.example/1": (
        "en",
        "Baichuan raises money",
        "Baichuan has raised $50 million in a seed round, the company said. It is led by Tencent.",
    ),
    "https://two.example/2": (
        "zh",
        "百川智能完成融资",
        "百川智能宣布完成3亿元种子轮融资，腾讯参与。公司将扩大研发团队，并在北京建立新的实验室。",
    ),
    "https://three.example/3": (
        "vi",
        "Baichuan huy động vốn",
        "Baichuan đã huy động thành công 50 triệu USD vốn hạt giống. Tencent cũng tham gia vòng này.",
    ),
}
RULEBOOK = Rulebook(
    (
        RuleEntry("raise", "Somebody <b>raises</b>", "high", ("a figure: role raised",), (), ("me",), "once per story"),
        RuleEntry("quiet", "Nobody", "low", ("a word",), ("a date",), ("desk",), "digest at 08:00"),
    )
)


def record(url: str, lang: str | None, title: str, text: str, at: datetime) -> Record:
    """An article as the analysis gives it."""
    return Record(
        url=url,
        title=title,
        text=text,
        lang=lang,
        site_name=url.split("/")[2].split(".")[0].title(),
        published_at=at,
        published_precision="minute",
        mentions=tuple(find_mentions(text, lang)),
        figures=tuple(find_figures(text, lang, published_on=at.date())),
    )


def fill(connection: sqlite3.Connection) -> None:
    """An alert with two messages, and a source in trouble."""
    connection.execute("update sources set problem = 'timeout', failures = 2 where id = 'beta'")
    connection.execute(
        "update sources set last_ok_at = '2026-03-04T11:00:00Z', last_crawl_at = '2026-03-04T11:58:00Z' where id = 'alpha'"
    )
    ledger.note_event(connection, "failing", "https://beta.example/ did not <i>answer</i> in time", now=NOW, source_id="beta")
    connection.execute(
        "insert into alerts(id, rule_id, title, severity, story_id, article_id, created_at, data) "
        "values (1, 'raise', 'Somebody raises', 'high', 1, 1, '2026-03-04T11:30:00Z', '{\"broken\": 1}')"
    )
    for id, channel, state, error in (("a", "me", "delivered", None), ("b", "desk", "failed", "<u>410</u> gone")):
        connection.execute(
            "insert into deliveries(id, alert_id, channel, state, attempts, created_at, delivered_at, last_error) "
            "values (?, 1, ?, ?, 1, '2026-03-04T11:30:00Z', '2026-03-04T11:31:00Z', ?)",
            (id, channel, state, error),
        )


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "wire.db"
    told = [record(url, *words, NOW - timedelta(hours=9 - number)) for number, (url, words) in enumerate(TEXTS.items())]
    again = replace(told[0], url="https://four.example/4", site_name="Four", published_at=NOW - timedelta(hours=3))
    hostile = Record(
        url="javascript:alert(document.cookie)",
        title=f"=cmd {HOSTILE}",
        text=f"Hostile text: {HOSTILE} Tencent raised $1 million.",
        lang='en" onload="x',
        site_name=HOSTILE,
    )
    one = SimpleNamespace(
        id="alpha",
        url="https://alpha.example/feed",
        kind="feed",
        every=600.0,
        lang="en",
        country="US",
        timezone=None,
        enabled=True,
    )
    two = SimpleNamespace(**{**vars(one), "id": "beta", "url": "javascript:alert(1)", "kind": "listing"})
    with open_archive(path) as archive:
        archive.write(lambda connection: ledger.sync_sources(connection, [one, two], now=NOW - timedelta(days=30)))
        archive.add([*told, again], source_id="alpha", now=NOW - timedelta(hours=1))
        archive.add([hostile], source_id="beta", now=NOW)
        archive.write(fill)
    return path


@pytest.fixture(scope="session")
def site(database: Path) -> Site:
    return Site(database, Gazetteer.shipped(), zone=ZoneInfo("Asia/Ho_Chi_Minh"), rulebook=lambda: RULEBOOK, clock=lambda: NOW)


Get = Callable[..., httpx.Response]


def client(site: Site) -> Get:
    """Asks the application itself, without a network."""
    app = application(site)

    def get(
        path: str, *, method: str = "GET", host: str = "127.0.0.1:8900", headers: dict[str, str] | None = None
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8900") as asking:
                return await asking.request(method, path, headers={"host": host, **(headers or {})})

        return asyncio.run(ask())

    return get


@pytest.fixture(scope="session")
def get(site: Site) -> Get:
    return client(site)


def tree(answer: httpx.Response) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(answer.text)


def words(element: lxml.html.HtmlElement) -> str:
    """The text of an element with single blanks."""
    return " ".join(" ".join(element.itertext()).split())
