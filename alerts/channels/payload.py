"""The JSON body of a webhook, kept below what the specification asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from alerts.channels.base import Message
from racewire.archive.times import stamp

LARGEST = 20_000  # bytes
_LONGEST_TEXT = 500
_LONGEST_ADDRESS = 1000


def webhook_body(message: Message) -> str:
    """The envelope of Standard Webhooks as compact JSON, at most 20,000 bytes: what matters least is left out first."""
    data = _clipped(message.data)
    for spare in (_nothing, *(_SPARES_OF_DIGEST if message.type == "digest" else _SPARES)):
        spare(data)
        body = json.dumps(
            {"type": message.type, "timestamp": stamp(message.at), "data": data}, ensure_ascii=False, separators=(",", ":")
        )
        body = body.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate would break the sending
        if len(body.encode()) <= LARGEST:
            return body
    raise AssertionError("the last measure always fits")


def _clipped(value: Any, text: int = _LONGEST_TEXT, address: int = _LONGEST_ADDRESS) -> Any:
    """A copy in which no text is longer than a headline needs; longer addresses are left out, as a cut one leads nowhere."""
    if isinstance(value, dict):
        return {key: _address(entry, address) if key == "url" else _clipped(entry, text, address) for key, entry in value.items()}
    if isinstance(value, list):
        return [_clipped(entry, text, address) for entry in value]
    if isinstance(value, str) and len(value) > text:
        return value[: text - 1] + "…"
    return value


def _address(value: Any, longest: int) -> Any:
    return value if isinstance(value, str) and len(value) <= longest else None


def _nothing(data: dict[str, Any]) -> None:
    pass


def _first(key: str, count: int, inside: str | None = None) -> Callable[[dict[str, Any]], None]:
    def keep(data: dict[str, Any]) -> None:
        place = data[inside] if inside else data
        place[key] = place[key][:count]

    return keep


def _without_says(data: dict[str, Any]) -> None:
    for source in data["story"]["sources"]:
        source.pop("says", None)


def _brief(data: dict[str, Any]) -> None:
    """Names and titles of unlikely length, cut; quoted sentences stay, as their marks are places in them."""
    for key in data.keys() - {"evidence"}:
        data[key] = _clipped(data[key], 80, 300)


_SPARES = (
    _first("sources", 10, "story"),
    _first("evidence", 2),
    _without_says,
    _first("sources", 4, "story"),
    _first("figures", 3),
    _first("entities", 6),
    _first("evidence", 1),
    _first("disagreement", 0),
    _first("sources", 1, "story"),
    _first("why", 2),
    _first("figures", 1),
    _brief,
)


def _only(*keys: str) -> Callable[[dict[str, Any]], None]:
    def keep(data: dict[str, Any]) -> None:
        data["alerts"] = [{key: alert[key] for key in keys if key in alert} for alert in data["alerts"]]

    return keep


_SPARES_OF_DIGEST = (
    _only("alert_id", "delivery_id", "rule", "story", "entities", "figures"),
    _only("alert_id", "delivery_id", "rule", "story"),
    _only("alert_id", "delivery_id", "story"),
    _only("alert_id", "delivery_id"),
    _only("alert_id"),
)
