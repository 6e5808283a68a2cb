"""robots.txt by RFC 9309: what each answer allows, and for how long it counts."""

from __future__ import annotations

import pytest

from crawler.problems import Trouble
from crawler.robots import Robots, read_rules
from tests.crawler.conftest import Desk
from tests.crawler.site import Page, Site, article, rss

FORBIDS = b"User-agent: *\nDisallow: /private/\n"


@pytest.mark.parametrize(
    ("status", "body", "open_page", "private_page"),
    [
        (200, FORBIDS, True, False),
        (200, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /private/\r\n", True, False),
        (200, b"user-agent: racewire\ndisallow: /\n\nuser-agent: *\nallow: /", False, False),
        (200, b"User-agent: RaceWire/2.0\nDisallow: /private", True, False),
        (200, b"User-agent: otherbot\nDisallow: /", True, True),
        (200, b"User-agent: *\nDisallow: /private/\nAllow: /private/page", True, True),
        (200, b"User-agent: *\nDisallow: /*/page$", True, False),
        (200, b"", True, True),
        (200, b"<!doctype html><html><body>Not found</body></html>", True, True),
        (200, b"User-agent: *\x00\nDisallow: /private/\n", True, False),
        (200, b"# " + b"x" * 600_000 + b"\nUser-agent: *\nDisallow: /", True, True),
        (200, FORBIDS + b"# " + b"x" * 600_000, True, False),
        (404, FORBIDS, True, True),
        (403, FORBIDS, True, True),
        (302, b"", True, True),
        (500, b"", False, False),
        (503, FORBIDS, False, False),
        (429, b"", False, False),
    ],
)
async def test_what_an_answer_allows(status: int, body: bytes, open_page: bool, private_page: bool) -> None:
    rules = await read_rules(status, body)
    assert rules.allow("http://a.example/page") is open_page
    assert rules.allow("http://a.example/private/page") is private_page


async def test_delay_and_sitemaps_are_read() -> None:
    rules = await read_rules(200, b"User-agent: *\nCrawl-delay: 2.5\nSitemap: http://a.example/s.xml\n")
    assert (rules.delay, rules.sitemaps) == (2.5, ("http://a.example/s.xml",))


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Origin:
    """Answers for robots.txt in order, the last one for ever."""

    def __init__(self, *answers: tuple[int, bytes] | Trouble) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def fetch(self, url: str) -> tuple[int, bytes]:
        self.asked.append(url)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Trouble):
            raise answer
        return answer


async def test_an_answer_counts_for_hours_and_each_origin_has_its_own() -> None:
    clock, origin = Clock(), Origin((200, FORBIDS))
    robots = Robots(clock)
    for url in ("http://a.example/1", "http://a.example/2?q", "https://a.example/1", "http://a.example:81/1"):
        await robots.rules(url, origin.fetch)
    assert origin.asked == ["http://a.example/robots.txt", "https://a.example/robots.txt", "http://a.example:81/robots.txt"]
    clock.now = 5 * 3600
    await robots.rules("http://a.example/1", origin.fetch)
    assert len(origin.asked) == 4


async def test_while_a_site_cannot_be_reached_the_last_good_answer_counts_for_a_day() -> None:
    clock, origin = Clock(), Origin((200, FORBIDS), (500, b""))
    robots = Robots(clock)
    await robots.rules("http://a.example/", origin.fetch)
    clock.now = 20 * 3600
    rules = await robots.rules("http://a.example/", origin.fetch)
    assert rules.allow("http://a.example/page")
    assert not rules.allow("http://a.example/private/page")
    clock.now = 30 * 3600
    assert not (await robots.rules("http://a.example/", origin.fetch)).allow("http://a.example/page")


async def test_an_unreachable_site_is_asked_again_soon_but_not_at_once() -> None:
    clock, origin = Clock(), Origin(Trouble("timeout", "no answer"), (200, b""))
    robots = Robots(clock)
    assert not (await robots.rules("http://a.example/", origin.fetch)).allow("http://a.example/")
    assert not (await robots.rules("http://a.example/", origin.fetch)).allow("http://a.example/")
    assert len(origin.asked) == 1
    clock.now = 601
    assert (await robots.rules("http://a.example/", origin.fetch)).allow("http://a.example/")


async def test_a_crawl_that_is_stopped_says_nothing_about_the_site() -> None:
    origin = Origin(Trouble("stopped", "the end"), (200, b""))
    robots = Robots(Clock())
    with pytest.raises(Trouble, match="the end"):
        await robots.rules("http://a.example/", origin.fetch)
    assert (await robots.rules("http://a.example/", origin.fetch)).allow("http://a.example/")


async def test_many_at_once_ask_only_once() -> None:
    import asyncio

    origin = Origin((200, FORBIDS))
    robots = Robots(Clock())
    await asyncio.gather(*(robots.rules(f"http://a.example/{n}", origin.fetch) for n in range(20)))
    assert len(origin.asked) == 1


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Page(b"User-agent: *\nDisallow: /feed.xml"), "robots"),
        (Page(status=503), "robots-unreachable"),
        (Page(broken="reset"), "robots-unreachable"),
        (Page(status=302, headers={"Location": "http://10.0.0.1/robots.txt"}), "robots-unreachable"),
        (Page(b"<html>none</html>"), None),
        (Page(status=404), None),
    ],
)
async def test_a_crawl_obeys(desk: Desk, site: Site, answer: Page, problem: str | None) -> None:
    site.pages |= {"/robots.txt": answer, "/feed.xml": Page(rss(site.url("/a"))), "/a": article("A")}
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert report.problem == problem
    assert ("/feed.xml" in site.targets()) is (problem is None)


async def test_redirected_robots_txt_is_followed(desk: Desk, site: Site) -> None:
    site.pages |= {
        "/robots.txt": Page(status=301, headers={"Location": "/elsewhere.txt"}),
        "/elsewhere.txt": Page(b"User-agent: *\nDisallow: /feed.xml"),
        "/feed.xml": Page(rss()),
    }
    assert (await desk.runner.crawl(desk.source("/feed.xml"))).problem == "robots"


async def test_crawl_delay_slows_us_down(desk: Desk, site: Site) -> None:
    site.pages |= {
        "/robots.txt": Page(b"User-agent: *\nCrawl-delay: 0.1"),
        "/feed.xml": Page(rss(site.url("/a"))),
        "/a": article("A"),
    }
    await desk.runner.crawl(desk.source("/feed.xml"))
    feed, page = (asked.at for asked in site.asked[1:])
    assert page - feed >= 0.095
