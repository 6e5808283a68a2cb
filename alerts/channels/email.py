"""Mail over SMTP, by the standard library in a thread of its own."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from contextlib import suppress
from datetime import tzinfo
from typing import Literal

from alerts.channels.base import Message
from alerts.channels.dial import Forbidden, dial
from alerts.channels.letter import letter
from alerts.channels.threads import in_thread
from racewire.addresses import Policy
from racewire.errors import ConfigError, DeliveryError

Tls = Literal["starttls", "implicit", "none"]


class Server:
    """The mail server. `user` and `password` where it asks for them; `timeout` is in seconds, for a whole attempt."""

    def __init__(
        self,
        host: str,
        port: int,
        tls: Tls,
        *,
        policy: Policy,
        timeout: float,
        user: str | None = None,
        password: str | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.host, self.port, self.tls, self.timeout = host, port, tls, timeout
        self._policy = policy
        self._user, self._password = user, password
        self._context = context

    def open(self, name: str) -> smtplib.SMTP:
        """A session that is ready for mail. `name` is what we call ourselves. Raises OSError, smtplib's errors, Forbidden."""
        context = self._context or ssl.create_default_context() if self.tls != "none" else None
        session = _Session(self, self._policy, context, name)
        try:
            session.connect(self.host, self.port)
            if self.tls == "starttls":
                session.starttls(context=context)  # raises where the server does not offer it: no mail in the clear
            if self._user is not None:
                session.login(self._user, self._password or "")
        except BaseException:
            session.close()
            raise
        return session


class _Session(smtplib.SMTP):
    """smtplib's session over a socket that the policy allows."""

    def __init__(self, server: Server, policy: Policy, context: ssl.SSLContext | None, name: str) -> None:
        self._server, self._dial_policy, self._tls_context = server, policy, context
        super().__init__(local_hostname=name, timeout=server.timeout)
        self._host = server.host  # what certificates are checked against; set by the base only when it connects itself

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        opened = dial(self._dial_policy, host, port, timeout, loopback_only=self._server.tls == "none")
        if self._server.tls == "implicit" and self._tls_context is not None:
            return self._tls_context.wrap_socket(opened, server_hostname=host)
        return opened


class Email:
    """Mail to a fixed set of boxes. Raises ConfigError for an address that mail cannot carry."""

    in_flight = 8

    def __init__(self, server: Server, *, sender: str, to: tuple[str, ...], zone: tzinfo) -> None:
        self._server = server
        self._sender = _ascii(sender)
        self._to = tuple(_ascii(box) for box in to)
        self._zone = zone
        self._reached: dict[str, set[str]] = {}  # boxes that took a message which others did not

    def compose(self, message: Message) -> str:
        return letter(message, sender=self._sender, to=self._to, zone=self._zone)

    async def send(self, id: str, body: str) -> None:
        waiting = [box for box in self._to if box not in self._reached.get(id, ())]
        attempt = _Attempt(self._server, self._sender, waiting, body.encode("ascii"))
        try:
            async with asyncio.timeout(self._server.timeout):
                refused = await in_thread(attempt.run, name="mail")
        except (TimeoutError, asyncio.CancelledError) as error:
            attempt.abort()
            if isinstance(error, asyncio.CancelledError):
                raise
            raise DeliveryError(f"the mail server {self._server.host} did not finish within {self._server.timeout:g} s") from None
        self._settle(id, waiting, refused)

    def _settle(self, id: str, waiting: list[str], refused: dict[str, tuple[int, str]]) -> None:
        """Raises where a box is still to be tried, or none took the mail."""
        self._reached.setdefault(id, set()).update(box for box in waiting if box not in refused)
        for_now = {box: answer for box, answer in refused.items() if not 500 <= answer[0] < 600}
        if for_now:
            raise DeliveryError(_refusals(for_now))
        reached = self._reached[id]
        if not refused:
            del self._reached[id]
        else:
            raise DeliveryError(
                _refusals(refused) + (f"; {len(reached)} of {len(self._to)} boxes took it" if reached else ""), final=True
            )

    async def close(self) -> None:
        self._reached.clear()


class _Attempt:
    """One try at one mail; `run` is called in a thread, `abort` from outside of it."""

    def __init__(self, server: Server, sender: str, to: list[str], content: bytes) -> None:
        self._server, self._sender, self._to, self._content = server, sender, to, content
        self._session: smtplib.SMTP | None = None
        self._aborted = False

    def run(self) -> dict[str, tuple[int, str]]:
        """The boxes that did not take it, with the server's answers. Raises DeliveryError where nothing can be said about boxes."""
        host = self._server.host
        try:
            self._session = self._server.open(self._sender.rpartition("@")[2])
            if self._aborted:
                self.abort()
            try:
                refused = self._session.sendmail(self._sender, self._to, self._content)
            except smtplib.SMTPRecipientsRefused as error:
                refused = error.recipients
            self._quit()
        except Forbidden:
            raise
        except smtplib.SMTPAuthenticationError as error:
            raise DeliveryError(f"the mail server {host} did not accept the login ({error.smtp_code})") from None
        except smtplib.SMTPResponseException as error:
            raise DeliveryError(f"the mail server {host} answered {error.smtp_code} {_said(error.smtp_error)}") from None
        except smtplib.SMTPServerDisconnected:
            raise DeliveryError(f"the mail server {host} closed the connection") from None
        except smtplib.SMTPNotSupportedError:
            raise DeliveryError(
                f'the mail server {host} does not offer what the config asks for (tls = "{self._server.tls}")'
            ) from None
        except (OSError, ssl.SSLError, smtplib.SMTPException, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise DeliveryError(f"cannot reach the mail server {host}:{self._server.port}: {reason}") from None
        return {box: (code, _said(said)) for box, (code, said) in refused.items()}

    def _quit(self) -> None:
        """Says goodbye; the mail is delivered whatever comes back."""
        with suppress(smtplib.SMTPException, OSError):
            if self._session is not None:
                self._session.quit()

    def abort(self) -> None:
        """Breaks the connection, so that the thread ends."""
        self._aborted = True
        opened = self._session.sock if self._session is not None else None
        if opened is not None:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)


def _refusals(refused: dict[str, tuple[int, str]]) -> str:
    return "; ".join(f"{box}: {code} {said}" for box, (code, said) in list(refused.items())[:3])


def _said(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _ascii(box: str) -> str:
    """The address with its domain in ASCII. Raises ConfigError where the part before the @ is not."""
    name, _, domain = box.rpartition("@")
    try:
        plain_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        plain_domain = ""
    if not name.isascii() or not name or not plain_domain or any(c.isspace() or c in '<>,;"' for c in name):
        raise ConfigError(f"{box!r} is no address that mail can be sent to everywhere: write it in ASCII")
    return f"{name}@{plain_domain}"
