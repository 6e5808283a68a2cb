"""Each page says what the database knows, and is built so that everybody can read it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from racewire.archive import open_archive
from racewire.web.site import Rulebook, Site
from tests.web.conftest import Get, client, tree, words

PAGES = (
    "/",
    "/?lang=en",
    "/story/1",
    "/story/2",
    "/names",
    "/names?type=company&country=CN&tag=llm",
    "/name/baichuan",
    "/name/nvidia",
    "/money",
    "/money?since=30d&country=CN",
    "/rules",
    "/sources",
    "/alerts",
    "/alerts?rule=raise",
    "/search",
    "/search?q=%E7%99%BE%E5%B7%9D",
)
WRONG = ("/nothing", "/story/99", "/?lang=%00")


@pytest.mark.parametrize("path", PAGES)
def test_it_is_there(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "racewire" in tree(answer).findtext(".//title")


@pytest.mark.parametrize("path", [*PAGES, *WRONG])
def test_it_is_accessible(get: Get, path: str) -> None:
    page = tree(get(path))
    assert page.get("lang") == "en"
    assert len(page.findall(".//h1")) == 1
    assert page.find(".//main").get("id") == page.find(".//a[@class='skip']").get("href").removeprefix("#")
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for field in page.findall(".//input"):
        assert page.xpath("//label[@for=$id]", id=field.get("id"))
    for cell in page.findall(".//th"):
        assert cell.get("scope") == "col"
        assert words(cell)
    for table in page.findall(".//table"):
        assert table.get("aria-labelledby") in ids
    for picture in page.findall(".//svg"):
        assert picture.get("aria-hidden") == "true" or (picture.get("role") == "img" and picture.get("aria-label"))
    for link in page.findall(".//a"):
        assert words(link)
    for element in page.xpath("//*[@lang]"):
        assert re.fullmatch(r"[a-zA-Z]{2,3}(-\w+)?", element.get("lang"))


@pytest.mark.parametrize("path", [*PAGES, *WRONG])
def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(get: Get, path: str) -> None:
    answer = get(path)
    page = tree(answer)
    assert not page.xpath("//script | //style | //iframe | //object | //embed | //img | //base")
    assert not page.xpath("//@style | //@src | //@srcset | //@*[starts-with(name(), 'on')]")
    for link in page.findall(".//link"):
        assert link.get("href") in ("/style.css", "data:,")
    for link in page.findall(".//a"):
        to = urlsplit(link.get("href"))
        assert to.scheme in ("", "http", "https")
        if to.scheme:
            assert link.get("rel") == "noopener noreferrer"
        else:
            assert not to.netloc
    assert "url(" not in get("/style.css").text
    assert "@import" not in get("/style.css").text


def test_stories_come_newest_first_with_names_sums_and_alerts(get: Get) -> None:
    page = tree(get("/"))
    first, last = page.xpath("//ol[@class='stories']/li")[0], page.xpath("//ol[@class='stories']/li")[-1]
    assert "alert(1)" in words(first)
    assert "Baichuan raises money" in words(last)
    assert "4 reports from 4 sites" in words(last)
    assert "$50M raised, sources disagree" in words(last)
    assert "1 alert" in words(last)
    assert "Baichuan Intelligence" in words(last)
    assert "zh" not in words(tree(get("/?lang=en")).find(".//ol[@class='stories']"))


def test_a_story_shows_who_said_what_in_order(get: Get) -> None:
    page = tree(get("/story/1"))
    rows = page.xpath("//table[@aria-labelledby='said']/tbody/tr")
    assert [words(row.xpath("td")[1].find("b")) for row in rows] == ["One", "Two", "Three"]
    assert [words(row.find(".//mark")) for row in rows] == ["$50 million", "3亿元", "50 triệu USD"]
    assert [row.find(".//div[@class='evidence']").get("lang") for row in rows] == ["en", "zh", "vi"]
    assert [words(row.xpath("td")[0].find("b")) for row in rows] == ["first", "+60 min", "+2 h"]
    assert "printed again by Four (+6 h)" in words(rows[0])
    assert "CNY, rate of 2026-0" in words(rows[1].xpath("td")[4])
    assert [("differs" in words(row)) for row in rows] == [False, True, False]
    warning = words(page.find(".//p[@class='warning']"))
    assert "Sources disagree" in warning
    assert "$50 million from One" in warning


def test_a_story_shows_its_alerts_and_what_became_of_them(get: Get) -> None:
    table = words(tree(get("/story/1")).xpath("//table[@aria-labelledby='alerts']")[0])
    assert "Somebody raises" in table
    assert "delivered me" in table
    assert "failed desk" in table
    assert "<u>410</u> gone" in table


def test_a_story_that_was_merged_is_shown_where_it_is_now(site: Site, tmp_path: str) -> None:
    from racewire.archive.moving import merge_stories

    path = site.database.with_name("merged.db")
    path.write_bytes(site.database.read_bytes())
    with open_archive(path) as archive:
        archive.write(lambda connection: merge_stories(connection, 1, 2, now=site.clock(), reason="<b>the same</b>"))
    page = words(tree(client(replace(site, database=path))("/story/2")))
    assert "Story 1 (story 2 was merged into it)" in page
    assert "by hand: <b>the same</b>" in page


def test_a_name_shows_weeks_raises_and_stories(get: Get) -> None:
    page = tree(get("/name/baichuan"))
    assert "百川智能" in words(page)
    labels = [picture.get("aria-label") for picture in page.findall(".//svg")]
    assert labels[0] == "1 raise in US dollars on a logarithmic scale, Mar 2026"
    assert "4 articles from" in labels[2]
    row = words(page.xpath("//table[@aria-labelledby='raised']/tbody/tr")[0])
    assert "$50 million" in row
    assert "⚠ $4" in row


def test_money_is_kept_to_a_country(get: Get) -> None:
    everything, china, usa = (
        words(tree(get(path)).find(".//main")) for path in ("/money", "/money?country=CN", "/money?country=US")
    )
    assert "Baichuan Intelligence" in everything
    assert "Baichuan Intelligence" in china
    assert "racewire entity list --country CN" in china
    assert "Baichuan Intelligence" not in usa


def test_rules_say_what_they_sent(get: Get, site: Site) -> None:
    rows = [words(row) for row in tree(get("/rules")).xpath("//tbody/tr")]
    assert len(rows) == 2
    assert "Somebody <b>raises</b>" in rows[0]
    assert "once per story 1 1 0 1" in rows[0]
    assert "not: a date" in rows[1]
    assert "0 0 0 0 –" in rows[1]
    broken = client(replace(site, rulebook=lambda: Rulebook(problem="The file cannot be read.")))
    page = tree(broken("/rules"))
    assert words(page.find(".//p[@class='warning']")) == "The file cannot be read."
    assert "Somebody raises" in words(page.find(".//tbody"))


def test_sources_say_what_is_wrong_with_them(get: Get) -> None:
    page = tree(get("/sources"))
    rows = [words(row) for row in page.xpath("//tbody/tr")]
    assert "1 source fails" in words(page.find(".//p[@class='warning']"))
    assert rows[0].startswith("beta listing")
    assert "timeout 2 failed passes in a row https://beta.example/ did not <i>answer</i> in time" in rows[0]
    assert "well 4 Mar 2026, 18:00" in rows[1]
    assert page.xpath("//svg/@aria-label")[1] == "4 articles from 2026-02-26 to 2026-03-04, by day; at most 4"
    assert "last pass 2 min ago · 1 of 2 sources well" in words(page.find(".//header"))


@pytest.mark.parametrize(
    ("words_", "titles"),
    [
        ("百川", ["百川智能完成融资"]),
        ("huy dong", ["Baichuan huy động vốn"]),
        ('"seed round"', ["Baichuan raises money"] * 2),
        ("nowhere", []),
    ],
)
def test_search_finds_every_script(get: Get, words_: str, titles: list[str]) -> None:
    page = tree(get(f"/search?q={words_}"))
    assert [words(title) for title in page.xpath("//ol/li/h2")] == titles
    assert page.find(".//input").get("value") == words_


def test_older_pages_go_on_where_the_newer_ones_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("stories", "searching", "alerts"):
        monkeypatch.setattr(f"racewire.web.pages.{module}.ROWS", 1)
    get = client(site)
    older = tree(get("/")).xpath("//a[@rel='next']/@href")[0]
    assert older == "/?before=2"
    assert "Baichuan raises money" in words(tree(get(older)).find(".//ol"))
    assert tree(get("/search?q=baichuan")).xpath("//a[@rel='next']/@href") == ["/search?q=baichuan&before=4"]
