"""Webhooks: signed so that an independent verifier accepts them, never redirected, dialled only where allowed."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook as Verifier

from alerts.channels.base import Message
from alerts.channels.payload import LARGEST, webhook_body
from alerts.channels.signing import read_keys, sign
from alerts.channels.webhook import Webhook
from racewire.addresses import Policy
from racewire.errors import ConfigError, DeliveryError
from tests.alerts.workshop import START, HttpReceiver

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OTHER = "whsec_" + base64.b64encode(bytes(range(32, 64))).decode()


def channel(
    receiver: HttpReceiver, *, secret: str = SECRET, allowed: bool = True, timeout: float = 5, url: str | None = None
) -> Webhook:
    policy = Policy([f"127.0.0.1:{receiver.port}"] if allowed else [])
    return Webhook(url or receiver.url, secret, policy=policy, timeout=timeout)


async def attempt(receiver: HttpReceiver, **more: Any) -> DeliveryError | None:
    """One attempt; the refusal, if it was refused."""
    hook = channel(receiver, **more)
    try:
        await hook.send("msg_abc", '{"type":"test"}')
    except DeliveryError as refusal:
        return refusal
    finally:
        await hook.close()
    return None


async def test_an_independent_verifier_accepts_the_signature() -> None:
    async with HttpReceiver() as receiver:
        assert await attempt(receiver) is None
        headers, body = receiver.calls[0]
    assert Verifier(SECRET).verify(body, headers) == {"type": "test"}
    assert headers["webhook-id"] == "msg_abc"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert headers["content-type"] == "application/json"


async def test_while_a_secret_is_exchanged_both_verify() -> None:
    async with HttpReceiver() as receiver:
        await attempt(receiver, secret=f"{SECRET} {OTHER}")
        headers, body = receiver.calls[0]
    for secret in (SECRET, OTHER):
        Verifier(secret).verify(body, headers)


def test_the_published_vector() -> None:
    """The example of the specification's reference libraries."""
    keys = read_keys("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    found = sign(keys, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_short", "not base64!", "whsec_" + "A" * 400])
def test_a_secret_that_is_none_is_told_without_showing_it(secret: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_keys(secret)
    assert secret.removeprefix("whsec_") == "" or secret not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "final", "said"),
    [
        (410, True, "answered 410"),
        (400, False, "answered 400"),
        (404, False, "answered 404"),
        (500, False, "answered 500"),
        (302, False, "a redirect, which is not followed"),
        (b"HTTP/1.1 503 X\r\nContent-Length: 9\r\n\r\ntoo\x1b[31m ", False, "answered 503: too [31m"),
        (b"", False, "disconnected"),
        (b"NONSENSE\r\n\r\n", False, ""),
        (b"HTTP/1.1 204", False, ""),
    ],
)
async def test_refusals(answer: int | bytes, final: bool, said: str) -> None:
    async with HttpReceiver([answer]) as receiver:
        refusal = await attempt(receiver)
        assert len(receiver.calls) == 1
    assert refusal is not None
    assert refusal.final is final
    assert said in str(refusal)
    assert "hook" not in str(refusal)  # the path of a webhook is often a secret


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7), ("0", 1), ("999999", 86400), ("soon", None), ("-5", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 1)],
)
async def test_a_pause_that_is_asked_for(value: str, seconds: float | None) -> None:
    answer = f"HTTP/1.1 429 X\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n".encode()
    async with HttpReceiver([answer]) as receiver:
        refusal = await attempt(receiver)
    assert refusal is not None
    assert refusal.retry_after == seconds


async def test_only_the_beginning_of_an_answer_is_read() -> None:
    """An endless answer costs neither memory nor time."""
    async with HttpReceiver([b"HTTP/1.1 500 X\r\n\r\n" + b"x" * 3_000_000]) as receiver:
        refusal = await asyncio.wait_for(attempt(receiver), 4)
    assert refusal is not None
    assert len(str(refusal)) < 300


async def test_a_receiver_that_never_answers() -> None:
    async with HttpReceiver([None]) as receiver:
        refusal = await attempt(receiver, timeout=0.3)
    assert "did not answer within 0.3 s" in str(refusal)


async def test_nobody_there() -> None:
    async with HttpReceiver() as receiver:
        pass
    refusal = await attempt(receiver)
    assert refusal is not None
    assert not refusal.final


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
async def test_private_addresses_are_not_dialled_in_any_spelling(host: str) -> None:
    async with HttpReceiver() as receiver:
        refusal = await attempt(receiver, allowed=False, url=f"http://{host}:{receiver.port}/x")
        assert receiver.calls == []
    assert "is no public address" in str(refusal)


async def test_environment_proxies_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with HttpReceiver() as receiver:
        assert await attempt(receiver) is None


async def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with HttpReceiver([204, 500]) as receiver:
        for _ in range(2):
            await attempt(receiver, url=f"http://127.0.0.1:{receiver.port}/canary-path?key=canary-query")
    text = caplog.text + str(caplog.records)
    assert "canary" not in text
    assert SECRET not in text


async def test_many_at_once_over_few_connections() -> None:
    async with HttpReceiver() as receiver:
        hook = channel(receiver)
        async with asyncio.TaskGroup() as group:
            for number in range(30):
                group.create_task(hook.send(f"msg_{number}", "{}"))
        await hook.close()
        assert len({headers["webhook-id"] for headers, _ in receiver.calls}) == 30


# -- the body ------------------------------------------------------------------------------------------------------------------------
def data(text: str = "x", count: int = 1) -> dict[str, Any]:
    url = "https://paper.example/" + text.replace(" ", "-")
    return {
        "alert_id": 7,
        "rule": {"id": "r", "title": text, "severity": "high"},
        "story": {
            "id": 3,
            "headline": text,
            "url": url,
            "first_seen_at": "2025-03-03T09:00:00Z",
            "sources": [{"name": text, "url": url, "lang": "vi", "published_at": None, "says": {"surface": text}}] * count,
        },
        "disagreement": [{"says": {"surface": text}, "names": [text]}] * count,
        "entities": [{"id": "a", "name": text}] * count,
        "figures": [{"surface": text, "low": 1.0, "role": "raised"}] * count,
        "evidence": [{"text": text[:420], "start": 0, "end": 1, "url": url}] * count,
        "why": [text] * count,
    }


def test_the_envelope() -> None:
    body = json.loads(webhook_body(Message("msg_a", "alert.created", START, data())))
    assert list(body) == ["type", "timestamp", "data"]
    assert (body["type"], body["timestamp"]) == ("alert.created", "2025-03-03T09:00:00Z")
    assert body["data"] == data()


@settings(max_examples=60)
@example("\x00" * 4000, 60)
@example("http://" + "x" * 40_000, 60)
@example("\U0001f600" * 4000, 60)
@example("\ud800" * 4000, 60)
@given(st.text(min_size=1, max_size=4000), st.integers(0, 60))
def test_no_body_is_too_large_whatever_it_says(text: str, count: int) -> None:
    body = webhook_body(Message("msg_a", "alert.created", START, data(text, count)))
    assert len(body.encode()) <= LARGEST
    kept = json.loads(body)["data"]
    assert kept["alert_id"] == 7
    for key in ("rule", "story", "entities", "figures", "evidence", "why"):
        assert key in kept


@pytest.mark.parametrize("count", [1, 30, 500])
def test_a_digest_names_every_alert_however_many(count: int) -> None:
    alerts = [data("Ở Hà Nội, " * 20, 3) | {"alert_id": 100_000 + n, "delivery_id": f"msg_{n:026}"} for n in range(count)]
    body = webhook_body(Message("msg_a", "digest", START, {"count": count, "since": None, "until": None, "alerts": alerts}))
    assert len(body.encode()) <= LARGEST
    assert [alert["alert_id"] for alert in json.loads(body)["data"]["alerts"]] == [100_000 + n for n in range(count)]
