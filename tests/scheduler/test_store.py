"""What the crawler's store remembers: settled links, another look at changed articles, quiet first contact."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from crawler.feeds.links import Link
from crawler.store import MOST_ATTEMPTS, CrawlReport, Kept, Validators
from racewire.archive import ledger
from racewire.config import Source
from racewire.model import Added, Record
from scheduler.store import MOST_READINGS, ArchiveStore
from scheduler.writer import Writer

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SOURCE = Source(id="paper", url="http://paper.example/rss", kind="feed", every="10m")
TEXT = (
    "Sao Mai has opened a second office, the company said on Monday. Nobody was hurt, and the weather stayed fine all day long."
)


class World:
    """A store over a fresh archive, with a clock that is set by hand and a list of what the rules would have seen."""

    def __init__(self, writer: Writer, *, quiet: bool) -> None:
        self.now = NOON
        self.seen: list[list[Added]] = []
        self.writer = writer
        self.telling = False
        self.store = ArchiveStore(
            writer, [SOURCE], self._note, quiet_start=quiet, look_again=(3600, 86400), clock=lambda: self.now
        )

    def _note(self, connection: sqlite3.Connection, added: list[Added]) -> list[int]:
        """What the rules do, in short: with `telling` an alert for each new article."""
        self.seen.append(added)
        rows = [one for one in added if self.telling and one.outcome == "new"]
        insert = "insert into alerts(rule_id, title, severity, story_id, article_id, created_at, data) values ('r', 't', 'info', ?, ?, '', '{}') returning id"
        return [connection.execute(insert, (one.story_id, one.article_id)).fetchone()[0] for one in rows]

    async def again(self) -> list[str]:
        return [link.url for link in await self.store.due_again("paper")]

    async def keep(self, link: Link, url: str | None = None, text: str = TEXT) -> Added:
        (added,) = await self.store.keep("paper", [Kept(link, Record(url or link.url, title="Office", text=text))])
        return added

    async def unknown(self, *links: Link) -> list[str]:
        return [link.url for link in await self.store.unknown("paper", links)]


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with Writer(tmp_path / "news.db") as writer:
        await writer.write(lambda connection: ledger.sync_sources(connection, [SOURCE], now=NOON))
        world = World(writer, quiet=False)
        await world.store.memory("paper")
        yield world


async def test_a_stored_article_is_known_under_both_its_addresses(world: World) -> None:
    link = Link("http://paper.example/go/1")
    await world.keep(link, url="http://paper.example/office.html")
    assert await world.unknown(link, Link("http://paper.example/office.html"), Link("http://paper.example/2")) == [
        "http://paper.example/2"
    ]


async def test_a_failed_link_is_tried_a_few_times(world: World) -> None:
    link = Link("http://paper.example/slow")
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert await world.unknown(link) == [link.url]
        settled = await world.store.link_problem("paper", [link], "failed", "timeout")
        assert settled == (attempt == MOST_ATTEMPTS)
    assert await world.unknown(link) == []


@pytest.mark.parametrize("state", ["gone", "skipped", "unreadable"])
async def test_what_gave_no_article_is_settled(world: World, state: str) -> None:
    link = Link("http://paper.example/x")
    assert await world.store.link_problem("paper", [link], state, "http-410")  # type: ignore[arg-type]
    assert await world.unknown(link) == []


async def test_a_refused_link_may_be_asked_for_again_after_a_day(world: World) -> None:
    link = Link("http://paper.example/private/1")
    assert await world.store.link_problem("paper", [link], "refused", "robots")
    assert await world.unknown(link) == []
    world.now += timedelta(days=1, minutes=1)
    assert await world.unknown(link) == [link.url]


async def test_an_article_that_was_touched_is_read_again_but_not_for_ever(world: World) -> None:
    url = "http://paper.example/office.html"
    await world.keep(Link(url, updated=NOON - timedelta(hours=3)))
    assert await world.unknown(Link(url, updated=NOON - timedelta(hours=3))) == []
    assert await world.unknown(Link(url)) == []
    for hour in range(MOST_READINGS - 1):
        again = Link(url, updated=NOON + timedelta(hours=hour))
        assert await world.unknown(again) == [url]
        await world.keep(again)
    assert await world.unknown(Link(url, updated=NOON + timedelta(days=2))) == []


async def test_a_site_that_dates_everything_anew_is_not_believed(world: World) -> None:
    urls = [f"http://paper.example/{number}" for number in range(8)]
    for url in urls:
        await world.keep(Link(url, updated=NOON), text=TEXT + url)
    assert await world.unknown(*(Link(url, updated=NOON + timedelta(hours=1)) for url in urls)) == []


async def test_validators_are_saved_with_the_end_and_only_then(world: World) -> None:
    assert (await world.store.memory("paper")).validators == {}
    await world.store.finish(CrawlReport("paper", "ok", complete=True), {SOURCE.url: Validators(etag='"1"')})
    assert (await world.store.memory("paper")).validators == {SOURCE.url: Validators(etag='"1"')}
    await world.store.finish(CrawlReport("paper", "failed", "timeout", "too slow"), None)
    assert (await world.store.memory("paper")).validators == {SOURCE.url: Validators(etag='"1"')}
    await world.store.finish(CrawlReport("paper", "ok"), None)


async def test_trouble_is_one_event_when_it_begins_and_one_when_it_ends(world: World) -> None:
    for problem in ("timeout", "timeout", None, None):
        outcome = "failed" if problem else "ok"
        await world.store.finish(CrawlReport("paper", outcome, problem, "too slow" if problem else ""), None)  # type: ignore[arg-type]
        await world.store.memory("paper")
    kinds = await world.writer.write(lambda connection: connection.execute("select kind from events order by id").fetchall())
    assert [kind for (kind,) in kinds] == ["failing", "working"]


async def test_first_contact_is_quiet_until_a_pass_came_to_its_end(tmp_path: Path) -> None:
    async with Writer(tmp_path / "news.db") as writer:
        await writer.write(lambda connection: ledger.sync_sources(connection, [SOURCE], now=NOON))
        world = World(writer, quiet=True)
        await world.store.memory("paper")
        await world.keep(Link("http://paper.example/1"))
        await world.store.finish(CrawlReport("paper", "failed", "stopped"), None)
        await world.store.memory("paper")
        await world.keep(Link("http://paper.example/2"), text=TEXT[:60])
        await world.store.finish(CrawlReport("paper", "ok"), {})
        await world.store.memory("paper")
        await world.keep(Link("http://paper.example/3"), text=TEXT[30:])
        seen = await writer.write(
            lambda connection: connection.execute("select seen_before_start from articles order by id").fetchall()
        )
    assert [flag for (flag,) in seen] == [1, 1, 0]


async def test_a_pause_that_the_site_asked_for_moves_the_next_time(world: World) -> None:
    await world.store.finish(CrawlReport("paper", "failed", "http-429", "slow down", retry_after=7200.0), None)
    due = await world.writer.write(lambda connection: connection.execute("select next_due_at from sources").fetchone()[0])
    assert datetime.fromisoformat(due) > NOON + timedelta(hours=2)


async def test_what_people_were_told_of_is_due_again(world: World) -> None:
    told, other = Link("http://paper.example/1"), Link("http://paper.example/2")
    world.telling = True
    await world.keep(told)
    world.telling = False
    await world.keep(other, text=TEXT.replace("office", "factory") + " It will make chips for cars, and later for phones.")
    assert await world.again() == []
    world.now += timedelta(hours=1)
    assert await world.again() == [told.url]
    assert await world.store.due_again("other") == []
    await world.store.looked_again("paper", told)
    assert await world.again() == []
    world.now += timedelta(days=1)
    assert await world.again() == [told.url]
    await world.store.looked_again("paper", told)
    world.now += timedelta(days=30)
    assert await world.again() == []


async def test_looks_that_were_missed_are_made_up_for_by_one(world: World) -> None:
    world.telling = True
    await world.keep(Link("http://paper.example/1"))
    world.now += timedelta(days=2)
    (link,) = await world.store.due_again("paper")
    await world.store.looked_again("paper", link)
    assert await world.again() == []


async def test_a_withdrawn_article_is_told_once_and_let_be(world: World) -> None:
    world.telling = True
    added = await world.keep(Link("http://paper.example/1"))
    world.now += timedelta(hours=1)
    (link,) = await world.store.due_again("paper")
    await world.store.looked_again("paper", link, withdrawn=True)
    query = "select source_id, article_id, story_id, message from events where kind = 'withdrawn'"
    events = await world.writer.read(lambda connection: connection.execute(query).fetchall())
    assert [tuple(event) for event in events] == [
        ("paper", added.article_id, added.story_id, "“Office” is no longer at its address")
    ]
    world.now += timedelta(days=2)
    assert await world.again() == []


async def test_looks_nobody_came_for_are_let_go(world: World) -> None:
    world.telling = True
    await world.keep(Link("http://paper.example/1"))
    world.now += timedelta(days=9)
    await world.writer.run(lambda archive: archive.upkeep(now=world.now))
    assert await world.again() == []
