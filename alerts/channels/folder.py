"""Mails as files in a folder, for looking at without a mail server."""

from __future__ import annotations

import os
from datetime import tzinfo
from pathlib import Path

from alerts.channels.base import Message
from alerts.channels.letter import letter
from racewire.errors import DeliveryError


class Folder:
    """Writes each mail to `ID.eml`, whole or not at all; the same id again replaces the file."""

    in_flight = 1

    def __init__(self, path: Path, *, to: str, sender: str = "racewire@localhost", zone: tzinfo) -> None:
        self._path, self._to, self._sender, self._zone = path, to, sender, zone

    def compose(self, message: Message) -> str:
        return letter(message, sender=self._sender, to=(self._to,), zone=self._zone)

    async def send(self, id: str, body: str) -> None:
        target = self._path / f"{id}.eml"
        draft = target.with_suffix(".part")
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(body.encode("ascii"))
            os.replace(draft, target)
        except OSError as error:
            raise DeliveryError(f"cannot write {target}: {error.strerror}") from None

    async def close(self) -> None:
        pass
