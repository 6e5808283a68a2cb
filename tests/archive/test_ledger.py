"""What the crawler remembers between passes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from racewire.archive import Archive, ledger
from racewire.stories import url_key
from tests.archive.conftest import NOW, raise_report

Rows = Callable[..., list[dict[str, object]]]


@dataclass(frozen=True)
class Source:
    id: str
    url: str = "https://a.example/feed"
    kind: str = "feed"
    every: float = 600.0
    lang: str | None = "en"
    country: str | None = None
    timezone: str | None = None
    enabled: bool = True


@pytest.fixture
def crawl(archive: Archive) -> int:
    archive.write(lambda c: ledger.sync_sources(c, [Source("a"), Source("b")], now=NOW))
    return archive.write(lambda c: ledger.start_crawl(c, "a", now=NOW))


def test_sources_follow_the_config_and_keep_their_row(archive: Archive, rows: Rows, crawl: int) -> None:
    archive.write(lambda c: ledger.sync_sources(c, [replace(Source("a"), every=60.0, lang="vi")], now=NOW + timedelta(days=1)))
    assert rows("select id, lang, every_s, enabled, first_seen_at from sources order by id") == [
        {"id": "a", "lang": "vi", "every_s": 60, "enabled": 1, "first_seen_at": "2026-03-04T12:00:00Z"},
        {"id": "b", "lang": "en", "every_s": 600, "enabled": 0, "first_seen_at": "2026-03-04T12:00:00Z"},
    ]


def test_a_good_pass_clears_the_problem_and_saves_validators(archive: Archive, rows: Rows, crawl: int) -> None:
    bad = ledger.CrawlEnd("failed", problem="timeout")
    archive.write(lambda c: ledger.finish_crawl(c, crawl, bad, now=NOW))
    assert rows("select problem, failures, last_ok_at from sources where id = 'a'") == [
        {"problem": "timeout", "failures": 1, "last_ok_at": None}
    ]
    with closing(archive.reader()) as reader:
        assert not ledger.met_before(reader, "a")
    second = archive.write(lambda c: ledger.start_crawl(c, "a", now=NOW))
    good = ledger.CrawlEnd(
        "ok",
        counts=ledger.CrawlCounts(new=2, requests=3),
        validators=(ledger.Validator("https://a.example/feed", etag='"1"'),),
        next_due_at=NOW + timedelta(minutes=10),
    )
    archive.write(lambda c: ledger.finish_crawl(c, second, good, now=NOW))
    assert rows("select problem, failures, last_new_at, next_due_at from sources where id = 'a'") == [
        {"problem": None, "failures": 0, "last_new_at": "2026-03-04T12:00:00Z", "next_due_at": "2026-03-04T12:10:00Z"}
    ]
    assert rows("select outcome, new, requests from crawls where id = ?", second) == [{"outcome": "ok", "new": 2, "requests": 3}]
    with closing(archive.reader()) as reader:
        assert ledger.validators(reader, "a") == [ledger.Validator("https://a.example/feed", '"1"')]
        assert ledger.validators(reader, "b") == []
        assert ledger.met_before(reader, "a")


def test_validators_are_not_saved_when_the_articles_are_not(archive: Archive, crawl: int) -> None:
    end = ledger.CrawlEnd("ok", validators=(ledger.Validator("https://a.example/feed", etag='"1"'),))

    def finish_and_break(connection: object, added: object) -> None:
        ledger.finish_crawl(connection, crawl, end, now=NOW)  # type: ignore[arg-type]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        archive.add([raise_report("https://a.example/1")], now=NOW, then=finish_and_break)
    with closing(archive.reader()) as reader:
        assert ledger.validators(reader, "a") == []


def test_passes_left_open_are_closed_as_interrupted(archive: Archive, rows: Rows, crawl: int) -> None:
    assert archive.write(lambda c: ledger.close_interrupted(c, now=NOW)) == 1
    assert archive.write(lambda c: ledger.close_interrupted(c, now=NOW)) == 0
    assert rows("select outcome, finished_at from crawls") == [{"outcome": "interrupted", "finished_at": "2026-03-04T12:00:00Z"}]


def test_known_keys_and_links(archive: Archive) -> None:
    archive.add([raise_report("https://www.a.example/1?utm_source=x")], now=NOW)
    known, gone = url_key("https://a.example/1"), url_key("https://a.example/2")
    for _ in range(2):
        archive.write(
            lambda c: ledger.note_link(c, gone, "https://a.example/2", source_id="a", state="failed", problem="timeout", now=NOW)
        )
    with closing(archive.reader()) as reader:
        assert ledger.known_keys(reader, [known, gone, "x"]) == {known}
        assert ledger.known_keys(reader, []) == set()
        states = ledger.link_states(reader, [known, gone])
    assert states == {gone: ledger.Link(gone, "https://a.example/2", "failed", 2, "timeout", "2026-03-04T12:00:00Z")}
    archive.write(lambda c: ledger.forget_links(c, [gone]))
    with closing(archive.reader()) as reader:
        assert ledger.link_states(reader, [gone]) == {}


def test_events_carry_data_as_json(archive: Archive, rows: Rows) -> None:
    archive.write(
        lambda c: ledger.note_event(c, "source-failed", "It failed.", now=NOW, source_id="a", data={"tries": 3, "wort": "Ü"})
    )
    (event,) = rows("select * from events")
    assert (event["kind"], event["data"]) == ("source-failed", '{"tries": 3, "wort": "Ü"}')
