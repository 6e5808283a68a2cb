"""The outbox: at least once, one id, each channel for itself, whatever fails and whenever the process ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import ledger
from alerts.outbox import Outbox, send_test
from racewire.config import Delivery, Rate
from racewire.errors import DeliveryError, StoreError
from tests.alerts.senders import SECONDS, FakeChannel, filled, more, outbox, states


async def test_everything_due_is_sent_once(tmp_path: Path) -> None:
    here = filled(tmp_path, 3)
    me, desk_ = FakeChannel(), FakeChannel()
    box = outbox(here, me=me, desk=desk_)
    tally = await box.deliver_due()
    assert (tally.delivered, tally.failed, tally.later) == (6, 0, 0)
    assert await box.deliver_due() == type(tally)()
    assert states(here) == {("me", "delivered"): 3, ("desk", "delivered"): 3}
    rows = here.rows("select * from deliveries")
    assert {row["id"] for row in rows} == {id for channel in (me, desk_) for id, _ in channel.taken}
    assert all(
        row["attempts"] == 1 and row["delivered_at"] and row["next_at"] is None and row["last_error"] is None for row in rows
    )


async def test_retries_follow_the_schedule_under_one_id_and_with_one_body(tmp_path: Path) -> None:
    here = filled(tmp_path)
    me = FakeChannel([DeliveryError("no"), DeliveryError("no")])
    box = outbox(here, me=me)
    began = here.now
    for wait, attempts, state in (
        (0, 1, "waiting"),
        (4, 1, "waiting"),
        (1, 2, "waiting"),
        (59, 2, "waiting"),
        (1, 3, "delivered"),
    ):
        here.later(seconds=wait)
        await box.deliver_due()
        row = here.rows("select * from deliveries where channel = 'me'")[0]
        assert (row["attempts"], row["state"]) == (attempts, state), here.now - began
        here.rows("update articles set url = ?", f"https://later.example/{wait}")  # the story changes meanwhile
    assert len(set(me.tried)) == 1
    assert "later.example" not in me.taken[0][1]


async def test_after_the_last_wait_it_has_failed_and_is_listed(tmp_path: Path) -> None:
    here = filled(tmp_path)
    me = FakeChannel([DeliveryError(f"no {n}") for n in range(9)])
    box = outbox(here, me=me)
    for _ in range(6):
        await box.deliver_due()
        here.later(hours=2)
    row = here.rows("select * from deliveries where channel = 'me'")[0]
    assert (row["state"], row["attempts"], row["last_error"], row["next_at"]) == ("failed", 4, "no 3", None)
    assert len(me.tried) == 4


async def test_a_final_refusal_fails_at_once(tmp_path: Path) -> None:
    here = filled(tmp_path)
    box = outbox(here, me=FakeChannel([DeliveryError("gone", final=True)]))
    tally = await box.deliver_due()
    assert (tally.failed, states(here)["me", "failed"]) == (1, 1)


@pytest.mark.parametrize(("asked", "wait"), [(2.0, 5), (90.0, 90), (86400.0, 86400)])
async def test_a_pause_that_the_other_side_asks_for_is_kept(tmp_path: Path, asked: float, wait: int) -> None:
    here = filled(tmp_path)
    await outbox(here, me=FakeChannel([DeliveryError("busy", retry_after=asked)])).deliver_due()
    row = here.rows("select next_at from deliveries where channel = 'me'")[0]
    assert row["next_at"] == (here.now + timedelta(seconds=wait)).strftime("%Y-%m-%dT%H:%M:%SZ")


async def test_a_channel_that_hangs_keeps_nobody_waiting(tmp_path: Path) -> None:
    here = filled(tmp_path, 3)
    stuck, free = FakeChannel(wait=asyncio.Event()), FakeChannel()
    round = asyncio.create_task(outbox(here, me=stuck, desk=free).deliver_due())
    while len(free.taken) < 3:
        await asyncio.sleep(0.01)
    assert states(here) == {("desk", "delivered"): 3, ("me", "waiting"): 3}
    stuck.wait.set()  # type: ignore[union-attr]
    await round
    assert states(here)["me", "delivered"] == 3


async def test_messages_go_out_in_order_one_at_a_time(tmp_path: Path) -> None:
    here = filled(tmp_path, 20)
    me = FakeChannel()
    await outbox(here, me=me).deliver_due()
    assert me.most == 1
    assert [json.loads(body)["data"]["alert_id"] for _, body in me.taken] == list(range(1, 21))


async def test_beside_a_slow_attempt_others_begin_but_only_so_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.line.PATIENCE", 0.001)
    here = filled(tmp_path, 20)
    me = FakeChannel(in_flight=3, wait=asyncio.Event())
    round = asyncio.create_task(outbox(here, me=me).deliver_due())
    while me.most < 3:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    assert me.most == 3
    me.wait.set()  # type: ignore[union-attr]
    await round
    assert len(me.taken) == 20


async def test_a_fault_of_a_channel_is_a_failed_attempt(tmp_path: Path) -> None:
    here = filled(tmp_path, 2)
    me = FakeChannel([ValueError("a bug, with a secret in it")])
    await outbox(here, me=me).deliver_due()
    errors = [row["last_error"] for row in here.rows("select last_error from deliveries where channel = 'me' order by rowid")]
    assert sorted(filter(None, errors)) == ["ValueError in the channel"]
    assert len(me.taken) == 1


async def test_one_message_that_cannot_be_composed_stops_no_other(tmp_path: Path) -> None:
    here = filled(tmp_path, 3)
    here.archive.write(lambda c: c.execute("update alerts set data = '{}' where id = 2"))
    me = FakeChannel()
    tally = await outbox(here, me=me).deliver_due()
    assert (tally.delivered, tally.failed) == (2, 1)
    assert states(here) == {("me", "delivered"): 2, ("me", "failed"): 1, ("desk", "waiting"): 3}


async def test_a_crash_between_sending_and_writing_repeats_the_same_id(tmp_path: Path) -> None:
    here = filled(tmp_path)
    me = FakeChannel()

    class Crash(Exception):
        pass

    async def dying(function: Callable[[Any], Any]) -> Any:
        if getattr(function, "func", None) is ledger.delivered:
            raise Crash
        return here.archive.write(function)

    with pytest.raises(Crash):
        await Outbox(
            dying, here.write, {"me": me}, Delivery.model_construct(retry=SECONDS, burst=None), lambda: here.now
        ).deliver_due()
    assert len(me.taken) == 1
    await outbox(here, me=me).deliver_due()
    assert [id for id, _ in me.taken] == [me.taken[0][0]] * 2
    assert me.taken[0] == me.taken[1]


async def test_the_database_failing_is_told_as_such(tmp_path: Path) -> None:
    here = filled(tmp_path)

    async def broken(function: Callable[[Any], Any]) -> Any:
        raise StoreError("the disk is full")

    with pytest.raises(StoreError, match="disk"):
        await Outbox(broken, broken, {"me": FakeChannel()}, Delivery(), lambda: here.now).deliver_due()


async def test_replay_sends_again_under_the_same_id(tmp_path: Path) -> None:
    here = filled(tmp_path)
    me = FakeChannel([DeliveryError("gone", final=True)])
    box = outbox(here, me=me)
    await box.deliver_due()
    id = me.tried[0]
    assert here.archive.write(lambda c: ledger.replay(c, here.now)) == [id]
    await box.deliver_due()
    assert [sent for sent, _ in me.taken] == [id]
    assert here.archive.write(lambda c: ledger.replay(c, here.now, id=id)) == [id]
    assert here.archive.write(lambda c: ledger.replay(c, here.now, id="msg_unknown")) == []
    await box.deliver_due()
    assert [sent for sent, _ in me.taken] == [id, id]


# -- the daemon ------------------------------------------------------------------------------------------------------------------------
async def test_the_loop_delivers_what_comes_and_stops_at_once(tmp_path: Path) -> None:
    here = filled(tmp_path)
    me = FakeChannel()
    box, stop = outbox(here, me=me), asyncio.Event()
    running = asyncio.create_task(box.run(stop))
    while not me.taken:
        await asyncio.sleep(0.01)
    more(here, 1)
    box.wake()
    while len(me.taken) < 2:
        await asyncio.sleep(0.01)
    stop.set()
    await asyncio.wait_for(running, 1)


async def test_the_loop_tries_again_when_it_is_time(tmp_path: Path) -> None:
    here = filled(tmp_path)
    me = FakeChannel([DeliveryError("no")])
    box, stop = outbox(here, me=me, retry=(1.0,)), asyncio.Event()
    running = asyncio.create_task(box.run(stop))
    while not me.tried:
        await asyncio.sleep(0.01)
    here.later(seconds=1)
    box.wake()
    while not me.taken:
        await asyncio.sleep(0.01)
    stop.set()
    await running


async def test_a_stop_breaks_off_what_hangs_and_the_next_start_goes_on(tmp_path: Path) -> None:
    here = filled(tmp_path, 3)
    me = FakeChannel(wait=asyncio.Event(), in_flight=1)
    stop = asyncio.Event()
    running = asyncio.create_task(outbox(here, me=me).run(stop, grace=0.1))
    while not me.tried:
        await asyncio.sleep(0.01)
    stop.set()
    await asyncio.wait_for(running, 1)
    assert states(here)["me", "waiting"] == 3
    again = FakeChannel()
    await outbox(here, me=again).deliver_due()
    assert me.tried[0] in [id for id, _ in again.taken]
    assert len({id for id, _ in again.taken}) == 3


async def test_a_stop_within_the_grace_lets_an_attempt_end(tmp_path: Path) -> None:
    here = filled(tmp_path, 3)
    me = FakeChannel(wait=asyncio.Event(), in_flight=1)
    stop = asyncio.Event()
    running = asyncio.create_task(outbox(here, me=me).run(stop, grace=5))
    while not me.tried:
        await asyncio.sleep(0.01)
    stop.set()
    await asyncio.sleep(0.02)
    me.wait.set()  # type: ignore[union-attr]
    await asyncio.wait_for(running, 1)
    assert states(here) == {("me", "delivered"): 1, ("me", "waiting"): 2, ("desk", "waiting"): 3}


async def test_an_error_of_the_database_ends_the_loop(tmp_path: Path) -> None:
    here = filled(tmp_path)

    async def broken(function: Callable[[Any], Any]) -> Any:
        raise StoreError("the disk is full")

    with pytest.raises(StoreError):
        await asyncio.wait_for(
            Outbox(broken, broken, {"me": FakeChannel()}, Delivery(), lambda: here.now).run(asyncio.Event()), 1
        )


async def test_a_test_message_is_marked_and_not_stored(tmp_path: Path) -> None:
    here = filled(tmp_path, 0)
    me = FakeChannel()
    id = await send_test(me, "me", here.now)
    assert [sent for sent, _ in me.taken] == [id]
    assert json.loads(me.taken[0][1])["type"] == "test"
    assert here.rows("select * from deliveries") == []


# -- whatever happens ------------------------------------------------------------------------------------------------------------------
class Ambiguous(FakeChannel):
    """Sometimes takes a message and then says that it did not."""

    async def send(self, id: str, body: str) -> None:
        trouble = self.troubles[0] if self.troubles else None
        if isinstance(trouble, TimeoutError):
            self.troubles.pop(0)
            self.taken.append((id, body))
            raise DeliveryError("no answer")
        await super().send(id, body)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    troubles=st.lists(st.sampled_from(["ok", "refused", "lost", "broken"]), max_size=14),
    burst=st.none() | st.integers(1, 3),
    restarts=st.lists(st.booleans(), max_size=10),
)
async def test_nothing_is_lost_and_nothing_has_two_ids(
    tmp_path_factory: pytest.TempPathFactory, troubles: list[str], burst: int | None, restarts: list[bool]
) -> None:
    here = filled(tmp_path_factory.mktemp("box"), 4)
    kinds: dict[str, BaseException | None] = {"refused": DeliveryError("no"), "lost": TimeoutError(), "broken": ValueError("x")}
    me = Ambiguous([kinds[name] for name in troubles if name != "ok"])  # type: ignore[misc]
    rate = Rate(burst, 60.0) if burst else None
    box = outbox(here, burst=rate, retry=(1.0,) * 20, me=me)
    for restart in [*restarts, *([False] * 25)]:
        await box.deliver_due()
        here.later(seconds=61)
        if restart:
            box = outbox(here, burst=rate, retry=(1.0,) * 20, me=me)
    assert states(here)["me", "delivered"] == 4
    carried: list[int] = []
    for body in dict(me.taken).values():
        data = json.loads(body)["data"]
        carried += [item["alert_id"] for item in data["alerts"]] if "alerts" in data else [data["alert_id"]]
    assert sorted(carried) == [1, 2, 3, 4]  # by the ids of the messages each alert came exactly once
    for id in {id for id, _ in me.taken}:
        assert len({body for sent, body in me.taken if sent == id}) == 1
    here.archive.close()  # not at the end of all examples
