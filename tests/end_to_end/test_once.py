"""One pass over the newsroom, then another: what is stored, what is sent, and what is not done twice."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from racewire.demo.newsroom import Newsroom
from racewire.demo.papers import BREAKS
from tests.end_to_end.conftest import SECRET, Receiver, racewire, rows


@pytest.fixture(autouse=True)
def all_papers_work(room: Newsroom) -> None:
    room.heal(BREAKS)


async def test_two_passes(config: Path, room: Newsroom, receiver: Receiver) -> None:
    first = await racewire(config, "once")
    assert first.code == 0, first.err
    out = {article.url for article in room.articles()}
    stored = [url for (url,) in rows(config, "select url from articles")]
    assert len(stored) == len(set(stored)) == len(out)

    alerts = rows(config, "select rule_id, story_id from alerts")
    assert alerts
    assert len(alerts) == len(set(alerts))
    assert rows(config, "select distinct state from deliveries") == [("delivered",)]
    assert sorted(receiver.ids()) == sorted(id for (id,) in rows(config, "select id from deliveries"))
    for (headers, call), body in zip(receiver.calls, receiver.bodies, strict=True):
        Webhook(SECRET).verify(body, headers)
        assert call["type"] == "alert.created"

    asked = len(room.requests)
    second = await racewire(config, "once")
    assert second.code == 0, second.err
    assert len(receiver.calls) == len(alerts)
    again = [request for request in list(room.requests)[asked:] if request.path != "/robots.txt"]
    assert again
    assert {request.outcome for request in again} == {"304"}
    assert rows(config, "pragma integrity_check") == [("ok",)]


async def test_the_seed_round_says_who_and_how_much(config: Path, receiver: Receiver) -> None:
    await racewire(config, "once")
    told = [body["data"] for _, body in receiver.calls if body["data"]["rule"]["id"] == "cn-llm-raise"]
    (baichuan,) = [data for data in told if "baichuan" in [entity["id"] for entity in data["entities"]]]
    figure = baichuan["figures"][0]
    assert (figure["role"], figure["currency"], float(figure["usd_low"])) == ("raised", "USD", 50e6)
    proof = baichuan["evidence"][0]
    assert "50" in proof["text"][proof["start"] : proof["end"]] or "5000" in proof["text"][proof["start"] : proof["end"]]
    assert len(baichuan["story"]["sources"]) >= 1
    assert not [data for data in told if "sogou" in [figure.get("recipient") for figure in data["figures"]]]


async def test_a_correction_is_a_revision_and_an_event(config: Path, room: Newsroom, receiver: Receiver) -> None:
    await racewire(config, "once")
    sent = len(receiver.calls)
    changed = set(room.publish("correction"))
    assert (await racewire(config, "once")).code == 0
    revised = {url for (url,) in rows(config, "select a.url from revisions r join articles a on a.id = r.article_id")}
    assert revised
    assert {url.split("?")[0] for url in revised} <= changed
    ((message, data),) = rows(config, "select message, data from events where kind = 'correction'")
    assert "150" in message + data
    assert "250" in message + data
    assert len(receiver.calls) == sent, "the rule is told once for the story"


async def test_a_broken_paper_is_named_and_the_others_go_on(config: Path, room: Newsroom) -> None:
    room.fail(BREAKS, "500", forever=True)
    done = await racewire(config, "once")
    assert done.code == 4
    assert BREAKS in done.err
    assert rows(config, f"select problem from sources where id = '{BREAKS}'") == [("http-500",)]
    assert rows(config, "select kind from events where source_id = 'le-fil'") == [("failing",)]
    assert rows(config, "select count(*) from sources where problem is null")[0][0] >= 6
    room.heal(BREAKS)
    assert (await racewire(config, "once", BREAKS)).code == 0
    assert rows(config, "select kind from events where source_id = 'le-fil' order by id") == [("failing",), ("working",)]


async def test_a_dry_run_leaves_nothing(config: Path, receiver: Receiver) -> None:
    done = await racewire(config, "once", "--dry-run")
    assert done.code == 0, done.err
    assert "ALERT" in done.out
    assert not (config.parent / "racewire.db").exists()
    assert receiver.calls == []


async def test_first_contact_is_quiet_unless_asked(config: Path, room: Newsroom, receiver: Receiver) -> None:
    config.write_text(config.read_text().replace('first_contact = "alert"', 'first_contact = "quiet"'))
    assert (await racewire(config, "once")).code == 0
    assert rows(config, "select count(*) from articles where seen_before_start = 0") == [(0,)]
    assert receiver.calls == []
    room.publish("later")
    assert (await racewire(config, "once")).code == 0
    assert receiver.calls


async def test_an_unknown_source_is_a_wrong_call(config: Path) -> None:
    done = await racewire(config, "once", "no-such-paper")
    assert done.code == 2
    assert "no-such-paper" in done.err


async def test_a_foreign_database_is_left_alone(config: Path) -> None:
    other = config.parent / "racewire.db"
    with contextlib.closing(sqlite3.connect(other)) as connection:
        connection.execute("create table notes (text)")
        connection.commit()
    before = other.read_bytes()
    done = await racewire(config, "once")
    assert done.code == 3
    assert "not a racewire database" in done.err
    assert other.read_bytes() == before
