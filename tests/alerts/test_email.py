"""Mail over SMTP: refusals that are final and those that are not, encryption, and only one mail for one id."""

from __future__ import annotations

import asyncio
import datetime
import ssl
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from alerts.channels.base import Message
from alerts.channels.email import Email, Server
from alerts.channels.folder import Folder
from racewire.addresses import Policy
from racewire.errors import ConfigError, DeliveryError
from tests.alerts.workshop import START, MailReceiver

BODY = "Message-ID: <msg_a@wire.example>\r\nSubject: x\r\n\r\n.hello\r\n"
ZONE = datetime.UTC


def channel(receiver: MailReceiver, *boxes: str, allowed: bool = True, timeout: float = 5, **server: Any) -> Email:
    policy = Policy([f"127.0.0.1:{receiver.port}", f"localhost:{receiver.port}"] if allowed else [])
    settings: dict[str, Any] = {"host": "127.0.0.1", "port": receiver.port, "tls": "none", "policy": policy, "timeout": timeout}
    made = Server(**settings | server)
    return Email(made, sender="racewire@wire.example", to=boxes or ("me@wire.example",), zone=ZONE)


async def attempt(mail: Email, id: str = "msg_a") -> DeliveryError | None:
    try:
        await mail.send(id, BODY)
    except DeliveryError as refusal:
        return refusal
    return None


async def test_a_mail_arrives_as_it_was_composed() -> None:
    async with MailReceiver() as receiver:
        assert await attempt(channel(receiver)) is None
    assert receiver.mails == [(["me@wire.example"], BODY.removesuffix("\r\n").encode())]


@pytest.mark.parametrize(("code", "final"), [(550, True), (552, True), (450, False), (451, False), (421, False), (452, False)])
async def test_what_a_box_answers_decides(code: int, final: bool) -> None:
    async with MailReceiver({"me@wire.example": [code]}) as receiver:
        refusal = await attempt(channel(receiver))
    assert refusal is not None
    assert refusal.final is final
    assert str(code) in str(refusal)


async def test_boxes_that_took_it_are_not_asked_again() -> None:
    boxes = ("one@wire.example", "two@wire.example", "three@wire.example")
    async with MailReceiver({"two@wire.example": [451], "three@wire.example": [550, 550]}) as receiver:
        mail = channel(receiver, *boxes)
        first = await attempt(mail)
        assert first is not None
        assert not first.final
        second = await attempt(mail)
    assert second is not None
    assert second.final
    assert "2 of 3 boxes took it" in str(second)
    assert [to for to, _ in receiver.mails] == [["one@wire.example"], ["two@wire.example"]]


async def test_a_connection_that_breaks_after_the_mail_is_tried_again_under_the_same_id() -> None:
    async with MailReceiver(after_data=1) as receiver:
        mail = channel(receiver)
        refusal = await attempt(mail)
        assert refusal is not None
        assert not refusal.final
        assert await attempt(mail) is None
    assert receiver.received() == {"msg_a": 2}


async def test_a_server_that_says_nothing_is_left_in_time() -> None:
    async with MailReceiver(silent=True) as receiver:
        began = time.monotonic()
        refusal = await attempt(channel(receiver, timeout=0.3))
        assert time.monotonic() - began < 2
    assert "did not finish within 0.3 s" in str(refusal)


async def test_a_cancelled_attempt_lets_go_at_once() -> None:
    async with MailReceiver(silent=True) as receiver:
        task = asyncio.create_task(attempt(channel(receiver)))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 1)


async def test_private_servers_are_not_dialled() -> None:
    async with MailReceiver() as receiver:
        refusal = await attempt(channel(receiver, allowed=False))
    assert "is no public address" in str(refusal)
    assert receiver.mails == []


async def test_no_mail_in_the_clear_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    async with MailReceiver() as receiver:
        policy = Policy(["10.0.0.9:25"])
        refusal = await attempt(channel(receiver, host="10.0.0.9", port=25, policy=policy))
    assert 'tls = "none"' in str(refusal)


async def test_no_mail_in_the_clear_where_encryption_was_asked_for() -> None:
    async with MailReceiver() as receiver:
        refusal = await attempt(channel(receiver, tls="starttls"))
    assert 'does not offer what the config asks for (tls = "starttls")' in str(refusal)
    assert receiver.mails == []


async def test_nobody_there() -> None:
    async with MailReceiver() as receiver:
        pass
    refusal = await attempt(channel(receiver))
    assert refusal is not None
    assert not refusal.final
    assert "cannot reach the mail server" in str(refusal)


@pytest.mark.parametrize(
    "box", ["người@wire.example", "a b@wire.example", "@wire.example", "a@", "a,b@wire.example", "x\r\n@wire.example"]
)
async def test_addresses_that_mail_cannot_carry(box: str) -> None:
    async with MailReceiver() as receiver:
        with pytest.raises(ConfigError):
            channel(receiver, box)


# -- encryption ------------------------------------------------------------------------------------------------------------------------
@pytest.fixture
def tls(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context for `localhost`, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


async def test_implicit_tls(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    async with MailReceiver(tls=tls[0]) as receiver:
        assert await attempt(channel(receiver, host="localhost", tls="implicit", context=tls[1])) is None
        assert len(receiver.mails) == 1


@pytest.mark.parametrize(("password", "accepted"), [("password", True), ("wrong", False)])
async def test_starttls_and_login(tls: tuple[ssl.SSLContext, ssl.SSLContext], password: str, accepted: bool) -> None:
    async with MailReceiver(starttls=tls[0], offers="STARTTLS") as receiver:
        mail = channel(receiver, host="localhost", tls="starttls", context=tls[1], user="login", password=password)
        refusal = await attempt(mail)
        assert len(receiver.mails) == accepted
        assert len(receiver.logins) == 1
    if not accepted:
        assert "did not accept the login (535)" in str(refusal)
        assert "wrong" not in str(refusal)


@pytest.mark.parametrize(("host", "trusted"), [("localhost", False), ("127.0.0.1", True)])
async def test_a_certificate_that_does_not_fit(tls: tuple[ssl.SSLContext, ssl.SSLContext], host: str, trusted: bool) -> None:
    async with MailReceiver(tls=tls[0]) as receiver:
        refusal = await attempt(channel(receiver, host=host, tls="implicit", context=tls[1] if trusted else None))
    assert "certificate" in str(refusal).lower()
    assert receiver.mails == []


async def test_a_folder_takes_mails_whole_and_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "mail", to="me@wire.example", zone=ZONE)
    message = Message("msg_a", "test", START, {"message": "hello", "channel": "me"})
    body = folder.compose(message)
    for _ in range(2):
        await folder.send("msg_a", body)
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["msg_a.eml"]
    assert (tmp_path / "mail" / "msg_a.eml").read_bytes() == body.encode("ascii")


async def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file")
    with pytest.raises(DeliveryError, match="cannot write"):
        await Folder(tmp_path / "mail", to="me@wire.example", zone=ZONE).send("msg_a", "x")
