"""Too many alerts at once become digests, in which none is missing, and messages about one story hang together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alerts import ledger
from racewire.config import Rate
from racewire.errors import DeliveryError
from tests.alerts.senders import NAMED, FakeChannel, filled, more, outbox, states
from tests.alerts.workshop import rule


async def test_what_is_beyond_the_burst_becomes_one_digest(tmp_path: Path) -> None:
    here = filled(tmp_path, 25)
    me = FakeChannel()
    box = outbox(here, burst=Rate(10, 60.0), me=me)
    await box.deliver_due()
    assert len(me.taken) == 10
    here.later(seconds=30)
    more(here, 3)
    await box.deliver_due()
    assert len(me.taken) == 10
    here.later(seconds=30)
    await box.deliver_due()
    assert len(me.taken) == 11
    digest = json.loads(me.taken[10][1])
    assert (digest["type"], digest["data"]["count"]) == ("digest", 18)
    assert [item["alert_id"] for item in digest["data"]["alerts"]] == list(range(11, 29))
    assert states(here)["me", "delivered"] == 28
    items = {row["id"] for row in here.rows("select id from deliveries where digest_id is not null")}
    assert {item["delivery_id"] for item in digest["data"]["alerts"]} == items


async def test_one_pass_sends_the_digest_before_it_ends(tmp_path: Path) -> None:
    here = filled(tmp_path, 25)
    me = FakeChannel()
    box = outbox(here, burst=Rate(10, 60.0), me=me)
    await box.deliver_due()
    await box.deliver_due(flush=True)
    assert [json.loads(body)["type"] for _, body in me.taken] == ["alert.created"] * 10 + ["digest"]
    assert states(here)["me", "delivered"] == 25


async def test_the_burst_is_remembered_over_a_restart(tmp_path: Path) -> None:
    here = filled(tmp_path, 10)
    me = FakeChannel()
    await outbox(here, burst=Rate(10, 60.0), me=me).deliver_due()
    more(here, 5)
    here.later(seconds=1)
    await outbox(here, burst=Rate(10, 60.0), me=me).deliver_due()
    assert len(me.taken) == 10
    here.later(seconds=61)
    await outbox(here, burst=Rate(10, 60.0), me=me).deliver_due()
    assert len(me.taken) == 11


async def test_a_digest_that_fails_fails_with_all_it_carries_and_is_replayed_whole(tmp_path: Path) -> None:
    here = filled(tmp_path, 5)
    me = FakeChannel()
    box = outbox(here, burst=Rate(2, 60.0), me=me)
    await box.deliver_due()
    me.troubles = [DeliveryError("gone", final=True)]
    await box.deliver_due(flush=True)
    assert states(here) == {("me", "delivered"): 2, ("me", "failed"): 3, ("desk", "waiting"): 5}
    item = here.rows("select id, digest_id from deliveries where digest_id is not null limit 1")[0]
    assert here.archive.write(lambda c: ledger.replay(c, here.now, id=item["id"])) == [item["digest_id"]]
    await box.deliver_due()
    assert states(here)["me", "delivered"] == 5


async def test_a_digest_of_the_hour_goes_out_at_its_hour(tmp_path: Path) -> None:
    here = filled(tmp_path, 3, rule('when.entity = "@everything"', send='to = ["me"], digest = "09:30"'))
    me = FakeChannel()
    box = outbox(here, burst=Rate(1, 60.0), me=me)
    await box.deliver_due(flush=True)
    assert me.taken == []
    here.later(minutes=30)
    await box.deliver_due()
    assert json.loads(me.taken[0][1])["data"]["count"] == 3


async def test_a_digest_leaves_out_what_was_sent_one_by_one(tmp_path: Path) -> None:
    digest = 'to = ["me"], digest = "09:30", leave_out = ["already-sent"]'
    here = filled(
        tmp_path, 3, rule('when.entity = "@everything"', send=digest) + rule('when.sql = "select 1000002 as story_id"', id="one")
    )
    me = FakeChannel()
    box = outbox(here, me=me)
    await box.deliver_due()
    here.later(minutes=30)
    await box.deliver_due()
    assert [json.loads(body)["type"] for _, body in me.taken] == ["alert.created", "digest"]
    assert [item["story"]["id"] for item in json.loads(me.taken[1][1])["data"]["alerts"]] == [1_000_001, 1_000_003]
    assert states(here) == {("me", "delivered"): 4}


async def test_a_digest_with_nothing_left_is_not_sent(tmp_path: Path) -> None:
    digest = 'to = ["me"], digest = "09:30", leave_out = ["already-sent"]'
    here = filled(tmp_path, 1, rule('when.entity = "@everything"', send=digest) + rule('when.entity = "norvik"', id="one"))
    me = FakeChannel()
    box = outbox(here, me=me)
    await box.deliver_due()
    here.later(minutes=30)
    await box.deliver_due()
    assert len(me.taken) == 1
    assert states(here) == {("me", "delivered"): 2}


async def test_more_than_one_digest_can_carry_makes_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.digests.MOST_ITEMS", 4)
    here = filled(tmp_path, 10)
    me = FakeChannel()
    await outbox(here, burst=Rate(1, 60.0), me=me).deliver_due(flush=True)
    assert [json.loads(body)["data"].get("count") for _, body in me.taken] == [None, 4, 4, 1]


async def test_later_news_of_a_story_refers_to_the_first_message(tmp_path: Path) -> None:
    here = filled(tmp_path)
    me = FakeChannel()
    box = outbox(here, me=me)
    await box.deliver_due()
    here.archive.write(
        lambda c: c.execute(
            "insert into alerts(rule_id, title, severity, story_id, article_id, fact, kind, created_at, data) "
            "select rule_id, title, severity, story_id, article_id, 'figure:x', 'updated', created_at, data from alerts"
        )
    )
    here.archive.write(
        lambda c: c.execute(
            "insert into deliveries(id, alert_id, channel, created_at, next_at) values ('msg_second', 2, 'me', ?, ?)",
            ("2025-03-03T09:00:00Z", "2025-03-03T09:00:00Z"),
        )
    )
    await box.deliver_due()
    second = json.loads(me.taken[1][1])
    assert (second["type"], second["thread"]) == ("alert.updated", me.taken[0][0])


async def test_mails_of_two_rules_about_one_story_hang_together(tmp_path: Path) -> None:
    here = filled(tmp_path, 2, NAMED + rule('when.entity = "norvik"', id="other"))
    me = FakeChannel()
    await outbox(here, me=me).deliver_due()
    threads = [json.loads(body)["thread"] for _, body in me.taken]
    assert threads == [None, me.taken[0][0], None, me.taken[2][0]]
