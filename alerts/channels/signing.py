"""Signatures after the Standard Webhooks specification 1.0.0: HMAC-SHA256 over `id.timestamp.body`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from racewire.errors import ConfigError

PREFIX = "whsec_"


def read_keys(secret: str) -> tuple[bytes, ...]:
    """The keys of a secret; several, separated by white space, while a new one takes over. Raises ConfigError without telling any."""
    keys = []
    for part in secret.split():
        try:
            key = base64.b64decode(part.removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if not 16 <= len(key) <= 128:
            raise ConfigError(
                'a webhook secret is "whsec_" and 24 to 64 random bytes in base64: make one with `openssl rand -base64 32`'
            )
        keys.append(key)
    if not keys:
        raise ConfigError("a webhook secret is empty")
    return tuple(keys)


def sign(keys: tuple[bytes, ...], id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`: one `v1` signature a key."""
    signed = f"{id}.{timestamp}.".encode("ascii") + body
    digests = [hmac.new(key, signed, hashlib.sha256).digest() for key in keys]
    return " ".join("v1," + base64.b64encode(digest).decode("ascii") for digest in digests)
