"""What we are to a site, and which parts of Scrapy are at work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.middlewares import retry_after
from crawler.settings import scrapy_settings, user_agent
from racewire.config import Crawl
from tests.crawler.conftest import Desk
from tests.crawler.site import Page, Site, rss


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", "racewire/0.1.0"),
        ("ops@example.org", "racewire/0.1.0 (+mailto:ops@example.org)"),
        ("https://example.org/bot", "racewire/0.1.0 (+https://example.org/bot)"),
        ("ops@example.org\r\nX-Evil: 1", "racewire/0.1.0 (+mailto:ops@example.orgX-Evil: 1)"),
    ],
)
def test_the_user_agent_says_who_to_write_to(contact: str, agent: str) -> None:
    assert user_agent(contact) == agent


def test_the_limits_of_the_config_are_those_of_scrapy() -> None:
    settings = scrapy_settings(Crawl.model_validate({"timeout": "7s", "max_size": "2MB"}))
    assert (settings["DOWNLOAD_TIMEOUT"], settings["DOWNLOAD_MAXSIZE"]) == (7, 2_000_000)
    assert settings["DOWNLOAD_VERIFY_CERTIFICATES"] is True


async def test_only_the_listed_parts_of_scrapy_are_at_work(desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, list[str]] = {}

    def look(self: object) -> str:
        crawler = self.crawler  # type: ignore[attr-defined]
        managers = {
            "downloader": crawler.engine.downloader.middleware,
            "spider": crawler.engine.scraper.spidermw,
            "extensions": crawler.extensions,
        }
        seen.update({name: [type(part).__name__ for part in manager.middlewares] for name, manager in managers.items()})
        seen["schemes"] = sorted(crawler.engine.downloader.handlers._schemes)
        return site.url("/feed.xml")

    from crawler.spiders import FeedSpider

    async def links(self: FeedSpider) -> list[object]:
        await self.document(look(self))
        return []

    monkeypatch.setattr(FeedSpider, "links", links)
    site.pages["/feed.xml"] = Page(rss())
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert report.outcome == "ok"
    assert seen == {
        "downloader": ["Gate", "DefaultHeadersMiddleware", "UserAgentMiddleware", "Retries", "Redirects"],
        "spider": [],
        "extensions": ["CoreStats"],
        "schemes": ["http", "https"],
    }


NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"3", 3),
        (b"0", 1),
        (b"999999999", 86_400),
        (b"9" * 400, 86_400),
        (b"Wed, 25 Nov 2026 12:01:00 GMT", 60),
        (b"Wed, 25 Nov 2020 12:01:00 GMT", 1),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
        (b"Wed, 25 Nov 2026 12:01:00", None),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(value: bytes | None, seconds: float | None) -> None:
    assert retry_after(value, lambda: NOW) == seconds


def test_scrapy_runs_under_its_reactor_as_well() -> None:
    """The fallback, should the loop without a reactor ever fail us: the same crawl, in a process of its own."""
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "tests.crawler.under_reactor"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["ok", "1", "not_modified"]
