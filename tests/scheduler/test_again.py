"""A paper changes a sum and says nothing: the way from the page to the event and the alert."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.channels import Channel
from scheduler.setup import load_setup
from scheduler.station import Station
from tests.crawler.site import Page, open_site, rss

CONFIG = """
database = "racewire.db"
rules = "rules.toml"

[crawl]
contact = "ops@example.org"
delay = "0ms"
first_contact = "alert"
allow_private = ["127.0.0.1:{port}"]

[[source]]
id = "paper"
url = "http://127.0.0.1:{port}/feed.xml"
kind = "feed"

[channel.desk]
webhook = {{ url = "https://desk.example.org/", secret = {{ file = "desk.secret" }} }}
"""
RULES = """
[[rule]]
id = "rounds"
title = "A round of Baichuan"
when.figure = { role = "raised", of = "baichuan" }
send = { to = ["desk"], once_per = "story", again_when = "figure_changes" }
"""
TEXT = (
    "<p>BEIJING, May 4 - Baichuan has raised ${amount} million in a new funding round, the company said on Monday.</p>"
    "<p>The start-up builds large language models and wants to spend the money on chips and on people, its founder told reporters.</p>"
    "<p>Several investors from the region took part. The company was founded three years ago and has two offices.</p>"
)


def page(amount: int) -> Page:
    html = (
        "<html lang=en><head><title>Baichuan raises money</title></head>"
        f"<body><article><h1>Baichuan raises money</h1>{TEXT.format(amount=amount)}</article></body></html>"
    )
    return Page(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


async def test_a_sum_that_changed_without_a_word_is_found_and_told(tmp_path: Path) -> None:
    async with open_site() as site:
        (tmp_path / "desk.secret").write_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        (tmp_path / "rules.toml").write_text(RULES)
        config = tmp_path / "racewire.toml"
        config.write_text(CONFIG.format(port=site.port))
        site.pages["/feed.xml"] = Page(rss(site.url("/a")), headers={"Content-Type": "application/rss+xml"}, etag='"1"')
        site.pages["/a"] = page(50)
        now = datetime.now(UTC)
        nobody: Mapping[str, Channel] = {}
        async with Station(load_setup(config), channels=nobody, clock=lambda: now) as station:

            async def all_of(query: str) -> list[tuple[object, ...]]:
                return await station.write(lambda connection: [tuple(row) for row in connection.execute(query)])

            report = await station.crawl("paper")
            assert (report.new, await all_of("select kind from alerts")) == (1, [("created",)])
            site.pages["/a"] = page(80)
            now += timedelta(minutes=30)
            await station.crawl("paper")
            assert await all_of("select kind from events where kind = 'correction'") == []

            now += timedelta(minutes=31)
            report = await station.crawl("paper")
            assert (report.outcome, report.revisions) == ("not_modified", 1)
            ((data,),) = await all_of("select data from events where kind = 'correction'")
            assert json.loads(str(data)) == {"before": "$50 million", "after": "$80 million"}
            assert await all_of("select kind from alerts order by id") == [("created",), ("updated",)]

            site.asked.clear()
            await station.crawl("paper")
            assert site.targets() == ["/feed.xml"]
