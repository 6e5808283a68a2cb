"""The daemon: it begins at once, stops in order, survives being killed, and there is only one."""

import asyncio
import random
import signal
import time
from pathlib import Path

from racewire.demo.newsroom import Newsroom
from racewire.demo.papers import BREAKS
from tests.end_to_end.conftest import Receiver, Running, racewire, rows, until


def stored(config: Path) -> int:
    return int(rows(config, "select count(*) from articles")[0][0])


async def test_it_crawls_alerts_and_stops_in_order(config: Path, room: Newsroom, receiver: Receiver) -> None:
    room.heal(BREAKS)
    daemon = await Running.begin(config)
    try:
        await until(lambda: stored(config) == len(room.articles()))
        await until(lambda: rows(config, "select count(*) from deliveries where state <> 'delivered'") == [(0,)])
        before = len(receiver.calls)
        assert before
        room.publish("later")
        await until(lambda: len(receiver.calls) > before)
        second = await racewire(config, "run")
        assert second.code == 75
        assert str(daemon.process.pid) in second.err
    finally:
        began = time.monotonic()
        code = await daemon.end()
    assert code == 0
    assert time.monotonic() - began < 3
    assert daemon.said("crawl source=nhip-so outcome=ok")
    assert daemon.said("stopped")
    assert len(receiver.ids()) == len(set(receiver.ids()))


async def test_a_hanging_paper_does_not_hold_up_the_end(config: Path, room: Newsroom) -> None:
    config.write_text(config.read_text().replace('timeout = "2s"', 'timeout = "60s"\ngrace = "1s"'))
    room.heal(BREAKS)
    room.fail(BREAKS, "hang", forever=True)
    daemon = await Running.begin(config)
    try:
        await until(lambda: any(request.outcome == "hang" for request in room.requests))
        await until(lambda: stored(config) > 5)
    finally:
        began = time.monotonic()
        code = await daemon.end()
    assert code == 0
    assert time.monotonic() - began < 2.5, daemon.lines


async def test_killed_at_any_time_it_loses_nothing_and_has_one_id_for_each(
    config: Path, room: Newsroom, receiver: Receiver
) -> None:
    room.heal(BREAKS)
    chance = random.Random(20)
    for number in range(6):
        daemon = await Running.begin(config)
        if number == 3:
            room.publish("later")
        await asyncio.sleep(chance.uniform(0.5, 2.5))
        await daemon.end(signal.SIGKILL)
    done = await racewire(config, "once")
    assert done.code == 0, done.err
    urls = [url for (url,) in rows(config, "select url from articles")]
    assert len(urls) == len(set(urls)) == len(room.articles())
    assert rows(config, "pragma integrity_check") == [("ok",)]
    known = {id for (id,) in rows(config, "select id from deliveries")}
    assert set(receiver.ids()) == known
    facts = {(body["data"]["rule"]["id"], body["data"]["alert_id"]) for _, body in receiver.calls}
    assert len(facts) == len(known)


async def test_a_broken_rules_file_keeps_the_old_rules(config: Path, room: Newsroom, receiver: Receiver) -> None:
    room.heal(BREAKS)
    daemon = await Running.begin(config)
    try:
        await until(lambda: stored(config) == len(room.articles()))
        rules = config.parent / "rules.toml"
        good = rules.read_text()
        rules.write_text(good.replace('role = "raised"', 'role = "rised"'))
        await until(lambda: daemon.said("rised"))
        assert daemon.said("kept=")
        before = len(receiver.calls)
        room.publish("later")
        await until(lambda: len(receiver.calls) > before)
        rules.write_text(good)
        await until(
            lambda: rows(config, "select count(*) from events where kind = 'config' and message = 'read again'") == [(1,)]
        )
    finally:
        assert await daemon.end() == 0


async def test_a_receiver_that_is_down_gets_it_later(config: Path, room: Newsroom, receiver: Receiver) -> None:
    room.heal(BREAKS)
    config.write_text(
        config.read_text().replace("[delivery]", '[delivery]\nretry = ["200ms", "200ms", "500ms", "1s", "2s", "2s", "2s"]')
    )
    receiver.status = 503
    daemon = await Running.begin(config)
    try:
        await until(lambda: rows(config, "select count(*) from deliveries where attempts >= 2")[0][0] > 0)
        receiver.status = 204
        await until(lambda: rows(config, "select count(*) from deliveries where state <> 'delivered'") == [(0,)])
    finally:
        assert await daemon.end() == 0
    tried, known = set(receiver.ids()), {id for (id,) in rows(config, "select id from deliveries")}
    assert tried == known
