"""The process is killed while it sends: every alert arrives, none under a second id, and few twice."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

from alerts.digests import new_delivery_id
from racewire.archive import open_archive
from tests.alerts.test_webhook import SECRET
from tests.alerts.workshop import Desk, HttpReceiver, article, rule, rules_from

ALERTS, KILLS = 60, 5
DAEMON = """
import asyncio, sys
from datetime import UTC, datetime
from alerts.channels.webhook import Webhook
from alerts.outbox import Outbox
from racewire.addresses import Policy
from racewire.archive import open_archive
from racewire.config import Delivery

path, url, secret, port = sys.argv[1:]

async def main():
    with open_archive(path) as archive:
        async def write(function):
            return archive.write(function)
        hook = Webhook(url, secret, policy=Policy([f"127.0.0.1:{port}"]), timeout=5)
        delivery = Delivery.model_construct(retry=(1.0,), burst=None)
        print("ready", flush=True)
        outbox = Outbox(write, write, {"desk": hook}, delivery, lambda: datetime.now(UTC))
        await outbox.deliver_due()
        await outbox.close()

asyncio.run(main())
"""


def filled(path: Path) -> None:
    """One alert, and its like many times over: what matters here is only how they are sent."""
    with open_archive(path) as archive:
        here = Desk(archive, rules_from(path.parent, rule('when.entity = "lumora"', send='to = "desk"')))
        here.add(article("Lumora opened a school in the hills."))
        for n in range(1, ALERTS):
            here.rows(
                "insert into alerts select id + ?, rule_id, title, severity, story_id, article_id, ?, kind, created_at, data from alerts where id = 1",
                n,
                f"f{n}",
            )
            here.rows(
                "insert into deliveries(id, alert_id, channel, created_at, next_at) select ?, ?, channel, created_at, next_at from deliveries where alert_id = 1",
                new_delivery_id(),
                1 + n,
            )


async def test_killed_while_sending(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    filled(path)
    seed = random.randrange(10**6)
    dice = random.Random(seed)
    async with HttpReceiver(delay=0.004) as receiver:
        for kill in range(KILLS + 1):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", DAEMON, path, receiver.url, SECRET, str(receiver.port), stdout=subprocess.PIPE
            )
            assert process.stdout is not None
            await process.stdout.readline()
            if kill < KILLS:
                enough = len(receiver.calls) + dice.randint(0, 12)
                while len(receiver.calls) < enough and process.returncode is None:
                    await asyncio.sleep(0.001)
                await asyncio.sleep(dice.uniform(0, 0.004))
                process.kill()
            assert await asyncio.wait_for(process.wait(), 30) in (0, -9)
    got = Counter(headers["webhook-id"] for headers, _ in receiver.calls)
    with sqlite3.connect(path) as connection:
        known = {row[0] for row in connection.execute("select id from deliveries where state = 'delivered'")}
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    connection.close()
    assert len(known) == ALERTS, seed
    assert set(got) == known, seed
    assert sum(got.values()) - len(got) <= 2 * KILLS, (
        seed
    )  # one whose answer was not written down, at each kill; two where the machine is slow
    bodies = {
        headers["webhook-id"]: {body for h, body in receiver.calls if h["webhook-id"] == headers["webhook-id"]}
        for headers, _ in receiver.calls
    }
    assert all(len(one) == 1 for one in bodies.values()), seed
