"""What the outbox asks of a channel, and the message that it hands over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

MessageType = Literal["alert.created", "alert.updated", "digest", "test"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one channel, before it is put into the channel's form.

    `id` is the same on every retry, restart and replay. `data` is that of the webhook. `thread` is the id of the first message to
    this channel about the same story, None for the first itself.
    """

    id: str
    type: MessageType
    at: datetime
    data: dict[str, Any]
    thread: str | None = None


class Channel(Protocol):
    """A way to somebody. `in_flight` is how many attempts may run at once."""

    in_flight: int

    def compose(self, message: Message) -> str:
        """The body as it will be sent, on the first attempt and on every later one. Pure."""

    async def send(self, id: str, body: str) -> None:
        """One attempt. Raises DeliveryError: `final` where no later attempt can help, `retry_after` where the other side asked for a pause."""

    async def close(self) -> None:
        """Lets go of connections."""
