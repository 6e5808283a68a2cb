"""One pass after another over one source: what is asked, what is kept, what is remembered."""

from __future__ import annotations

import asyncio

import pytest

from crawler.problems import Trouble
from tests.crawler.conftest import Desk
from tests.crawler.site import Asked, Page, Site, article, rss


def feed_of(site: Site, *paths: str, etag: str | None = '"1"') -> None:
    site.pages["/feed.xml"] = Page(
        rss(*(site.url(path) for path in paths)), headers={"Content-Type": "application/rss+xml"}, etag=etag
    )
    for path in paths:
        site.pages.setdefault(path, article(f"About {path}"))


async def test_a_feed_is_read_and_its_articles_kept(desk: Desk, site: Site) -> None:
    feed_of(site, "/a", "/b?utm_source=rss")
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.outcome, report.problem, report.new, report.links) == ("ok", None, 2, 2)
    assert report.complete
    assert report.requests == 4
    assert report.bytes > 200
    assert {record.title for record in desk.store.records} == {"About /a", "About /b?utm_source=rss"}
    assert {record.url for record in desk.store.records} == {site.url("/a"), site.url("/b?utm_source=rss")}


async def test_robots_txt_is_asked_first_and_by_name(desk: Desk, site: Site) -> None:
    feed_of(site, "/a")
    await desk.runner.crawl(desk.source("/feed.xml"))
    assert site.asked[0].target == "/robots.txt"
    assert {asked.headers["user-agent"] for asked in site.asked} == {"racewire/0.1.0 (+mailto:desk@example.org)"}
    assert not any("cookie" in asked.headers or "referer" in asked.headers for asked in site.asked)


async def test_the_second_pass_asks_conditionally_and_stops_at_304(desk: Desk, site: Site) -> None:
    feed_of(site, "/a")
    source = desk.source("/feed.xml")
    await desk.runner.crawl(source)
    site.asked.clear()
    report = await desk.runner.crawl(source)
    assert (report.outcome, report.problem, report.links, report.requests) == ("not_modified", None, 0, 1)
    assert [(asked.target, asked.headers["if-none-match"]) for asked in site.asked] == [("/feed.xml", '"1"')]


async def test_the_same_body_again_counts_as_not_modified(desk: Desk, site: Site) -> None:
    feed_of(site, "/a", etag=None)
    source = desk.source("/feed.xml")
    await desk.runner.crawl(source)
    assert (await desk.runner.crawl(source)).outcome == "not_modified"


async def test_only_unknown_links_are_followed(desk: Desk, site: Site) -> None:
    feed_of(site, "/a")
    source = desk.source("/feed.xml")
    await desk.runner.crawl(source)
    feed_of(site, "/b", "/a?utm_medium=feed", etag='"2"')
    site.asked.clear()
    report = await desk.runner.crawl(source)
    assert report.new == 1
    assert site.targets() == ["/feed.xml", "/b"]


async def test_one_article_under_two_addresses_in_one_feed_is_asked_for_once(desk: Desk, site: Site) -> None:
    feed_of(site, "/a", "/a?utm_source=x", "/a#top")
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.links, report.new) == (1, 1)


async def test_newest_first_and_no_more_than_max_items(site: Site) -> None:
    desk = Desk(site, max_items=2)
    dated = {
        "/old": "Mon, 02 Nov 2026 08:00:00 GMT",
        "/new": "Wed, 04 Nov 2026 08:00:00 GMT",
        "/middle": "Tue, 03 Nov 2026 08:00:00 GMT",
    }
    items = "".join(f"<item><link>{site.url(path)}</link><pubDate>{date}</pubDate></item>" for path, date in dated.items())
    site.pages["/feed.xml"] = Page(f"<rss><channel>{items}</channel></rss>".encode())
    site.pages |= {path: article(path) for path in dated}
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert site.targets() == ["/feed.xml", "/new", "/middle"]
    assert report.complete
    assert {state for state, _, _ in desk.store.problems.values()} == {"skipped"}  # what was there before we came
    await desk.runner.stop()


async def test_what_is_left_over_comes_with_the_next_pass(site: Site) -> None:
    desk = Desk(site, max_items=2)
    feed_of(site, "/1", etag='"1"')
    source = desk.source("/feed.xml")
    await desk.runner.crawl(source)
    feed_of(site, "/1", "/2", "/3", "/4", etag='"2"')
    assert not (await desk.runner.crawl(source)).complete
    report = await desk.runner.crawl(source)
    assert (report.new, report.complete) == (1, True)
    assert (await desk.runner.crawl(source)).outcome == "not_modified"
    await desk.runner.stop()


async def test_a_page_that_fails_for_now_keeps_the_feed_coming_whole(desk: Desk, site: Site) -> None:
    feed_of(site, "/a", "/b")
    site.pages["/b"] = Page(status=500)
    source = desk.source("/feed.xml")
    report = await desk.runner.crawl(source)
    assert (report.outcome, report.new, report.failed, report.complete) == ("ok", 1, 1, False)
    site.pages["/b"] = article("Back again")
    report = await desk.runner.crawl(source)
    assert (report.new, report.failed, report.complete) == (1, 0, True)
    assert (await desk.runner.crawl(source)).outcome == "not_modified"


async def test_a_page_that_never_comes_is_given_up(desk: Desk, site: Site) -> None:
    feed_of(site, "/a", "/b")
    site.pages["/b"] = Page(status=404)
    source = desk.source("/feed.xml")
    outcomes = [(await desk.runner.crawl(source)).outcome for _ in range(6)]
    assert outcomes == ["ok"] * 5 + ["not_modified"]
    assert site.targets().count("/b") == 5


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (Page(status=410), "http-410"),
        (Page(status=403), "http-403"),
        (Page(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}), "not-html"),
        (Page(b"<html><body></body></html>", headers={"Content-Type": "text/html"}), "empty"),
        (Page(status=302, headers={"Location": "file:///etc/passwd"}), "bad-redirect"),
        (Page(status=302, headers={"Location": "http://169.254.169.254/latest"}), "forbidden-address"),
    ],
)
async def test_a_page_without_an_article_is_settled_and_never_asked_again(desk: Desk, site: Site, page: Page, code: str) -> None:
    feed_of(site, "/a", "/b")
    site.pages["/b"] = page
    source = desk.source("/feed.xml")
    report = await desk.runner.crawl(source)
    assert (report.outcome, report.refused, report.complete) == ("ok", 1, True)
    assert [problem for _, problem, _ in desk.store.problems.values()] == [code]
    feed_of(site, "/a", "/b", etag='"2"')
    site.pages["/b"] = page
    await desk.runner.crawl(source)
    assert site.targets().count("/b") == 1


async def test_what_robots_txt_forbids_is_not_asked_and_hinders_nothing(desk: Desk, site: Site) -> None:
    feed_of(site, "/a", "/private/b")
    source = desk.source("/feed.xml")
    report = await desk.runner.crawl(source)
    assert (report.outcome, report.new, report.refused, report.complete) == ("ok", 1, 1, True)
    assert "/private/b" not in site.targets()
    assert (await desk.runner.crawl(source)).outcome == "not_modified"


async def test_a_redirected_article_is_known_by_both_addresses(desk: Desk, site: Site) -> None:
    feed_of(site, "/short")
    site.pages["/short"] = Page(status=301, headers={"Location": "/long"})
    site.pages["/long"] = article("At length")
    source = desk.source("/feed.xml")
    await desk.runner.crawl(source)
    assert [record.url for record in desk.store.records] == [site.url("/long")]
    feed_of(site, "/short", "/long", etag='"2"')
    assert (await desk.runner.crawl(source)).new == 0
    assert site.targets().count("/short") == 1


async def test_a_source_that_had_links_and_has_none_now_has_failed(desk: Desk, site: Site) -> None:
    feed_of(site, "/a")
    source = desk.source("/feed.xml")
    await desk.runner.crawl(source)
    feed_of(site, etag='"2"')
    for _ in range(2):
        report = await desk.runner.crawl(source)
        assert (report.outcome, report.problem) == ("failed", "no-links")


async def test_a_new_feed_may_be_empty(desk: Desk, site: Site) -> None:
    feed_of(site)
    assert (await desk.runner.crawl(desk.source("/feed.xml"))).outcome == "ok"


async def test_two_sources_of_one_site_take_turns_and_share_what_they_know(desk: Desk, site: Site) -> None:
    feed_of(site, "/a", "/b")
    site.pages["/other.xml"] = site.pages["/feed.xml"]
    sources = [desk.source("/feed.xml"), desk.source("/other.xml", id="other")]
    reports = await asyncio.gather(*(desk.runner.crawl(source) for source in sources))
    assert sum(report.new for report in reports) == 2
    assert sorted(site.targets()) == ["/a", "/b", "/feed.xml", "/other.xml"]
    assert site.most_at_once == 1


async def test_the_pace_counts_from_the_end_of_an_answer(site: Site) -> None:
    desk = Desk(site, delay="60ms")
    feed_of(site, "/a", "/b", "/c")
    await desk.runner.crawl(desk.source("/feed.xml"))
    gaps = [later.at - earlier.at for earlier, later in zip(site.asked, site.asked[1:], strict=False)]
    assert len(gaps) == 4
    assert min(gaps) >= 0.058
    await desk.runner.stop()


async def test_a_date_that_only_the_feed_gives_is_taken_over(desk: Desk, site: Site) -> None:
    site.pages["/feed.xml"] = Page(rss(site.url("/a"), date="<pubDate>Tue, 03 Nov 2026 08:05:00 +0700</pubDate>"))
    site.pages["/a"] = article("Undated")
    await desk.runner.crawl(desk.source("/feed.xml"))
    (record,) = desk.store.records
    assert record.published_at is not None
    assert (record.published_at.isoformat(), record.published_precision) == ("2026-11-03T01:05:00+00:00", "second")


async def test_a_crawl_of_a_store_that_fails_raises_what_the_store_raised(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from racewire.errors import StoreError

    async def full(*_: object) -> None:
        raise StoreError("the disk is full")

    feed_of(site, "/a", "/b", "/c")
    monkeypatch.setattr(desk.store, "keep", full)
    with pytest.raises(StoreError, match="disk is full"):
        await desk.runner.crawl(desk.source("/feed.xml"))
    assert desk.store.reports == []


async def test_the_encoding_and_the_hints_reach_the_reader(desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from racewire.model import Record

    seen: dict[str, object] = {}

    def reader(body: bytes, url: str, **told: object) -> Record:
        seen.update(told)
        return Record(url, title="x", text="y")

    monkeypatch.setattr("crawler.articles.read_article", reader)
    feed_of(site, "/a")
    site.pages["/a"] = Page("<p>Đà Nẵng</p>".encode(), headers={"Content-Type": 'text/html; charset="windows-1258"'})
    await desk.runner.crawl(desk.source("/feed.xml", lang="vi", country="VN", timezone="Asia/Ho_Chi_Minh"))
    assert {key: seen[key] for key in ("encoding", "lang", "country", "timezone")} == {
        "encoding": "windows-1258",
        "lang": "vi",
        "country": "VN",
        "timezone": "Asia/Ho_Chi_Minh",
    }


async def test_a_mistake_of_ours_costs_one_page_and_is_told(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from tests.crawler.conftest import plain_reader

    def reader(body: bytes, url: str, **told: object) -> object:
        if url.endswith("/b"):
            raise ZeroDivisionError("in the reader")
        return plain_reader(body, url)

    monkeypatch.setattr("crawler.articles.read_article", reader)
    feed_of(site, "/a", "/b")
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.outcome, report.new, report.failed) == ("ok", 1, 1)
    assert "ZeroDivisionError" in caplog.text


def answered_once_then(first: Page, then: Page) -> object:
    left = [first]

    def answer(_: Asked) -> Page:
        return left.pop() if left else then

    return answer


@pytest.mark.parametrize(
    "hiccup",
    [Page(status=502), Page(broken="reset"), Page(b"x" * 90, broken="cut"), Page(status=503, headers={"Retry-After": "1"})],
)
async def test_a_hiccup_is_tried_once_more(desk: Desk, site: Site, hiccup: Page) -> None:
    feed_of(site, "/a")
    site.pages["/a"] = answered_once_then(hiccup, article("Here after all"))  # type: ignore[assignment]
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.new, site.targets().count("/a")) == (1, 2)


async def test_a_pause_that_a_site_asks_for_is_kept_and_reported(desk: Desk, site: Site) -> None:
    feed_of(site, "/a")
    site.pages["/feed.xml"] = Page(status=429, headers={"Retry-After": "3600"})
    source = desk.source("/feed.xml")
    report = await desk.runner.crawl(source)
    assert (report.outcome, report.problem, report.retry_after) == ("failed", "http-429", 3600)
    asked = len(site.asked)
    report = await desk.runner.crawl(source)
    assert (report.problem, len(site.asked)) == ("backing-off", asked)
    assert report.retry_after is not None
    assert 3500 < report.retry_after <= 3600


async def test_a_host_that_stops_answering_is_left_alone_for_the_rest_of_the_pass(desk: Desk, site: Site) -> None:
    paths = [f"/{number}" for number in range(12)]
    feed_of(site, *paths)
    site.pages |= dict.fromkeys(paths, Page(status=504))
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.outcome, report.problem, report.failed) == ("failed", "http-504", 12)
    assert len(site.targets()) < 2 + 2 * 6
    assert all(attempts <= 1 for _, _, attempts in desk.store.problems.values())


def test_troubles_survive_the_way_between_processes() -> None:
    import pickle

    trouble = pickle.loads(pickle.dumps(Trouble("too-slow", "it took too long", "unreadable", 3.0)))
    assert (trouble.problem, str(trouble), trouble.state, trouble.retry_after) == (
        "too-slow",
        "it took too long",
        "unreadable",
        3.0,
    )


async def test_a_password_in_an_address_is_sent_and_never_told(desk: Desk, site: Site) -> None:
    feed_of(site, "/a")
    source = desk.source("/feed.xml")
    source = source.model_copy(update={"url": source.url.replace("://", "://reader:hunter2@")})
    assert (await desk.runner.crawl(source)).new == 1
    assert site.asked[1].headers["authorization"].startswith("Basic ")
    assert "authorization" not in site.asked[2].headers
    site.pages["/feed.xml"] = Page(status=500)
    report = await desk.runner.crawl(source)
    assert report.problem == "http-500"
    assert "hunter2" not in report.message
