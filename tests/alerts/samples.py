"""Data of alerts for the tests of rendering: an invented raise in three languages, and the same by hostile hands."""

from __future__ import annotations

import copy
from typing import Any

EVIL = "<script>alert(1)</script>\r\nBcc: all@wire.example\x00\x1b[31m\u202eevil\u2066 {{ 7*7 }} {% raw %} @everyone \ud800 &amp; ' \""


def says(surface: str, amount: float, currency: str, usd: float | None) -> dict[str, Any]:
    return {
        "surface": surface, "low": amount, "high": amount, "currency": currency, "approx": 0, "usd_low": usd, "usd_high": usd,
        "certainty": "stated", "rate_on": "2025-03-03",
    }  # fmt: skip


def source(name: str, lang: str, at: str, said: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name, "url": f"https://{name.lower()}.example/a", "lang": lang, "published_at": at, "seen_at": at,
        "precision": "minute", "says": said,
    }  # fmt: skip


SOURCES = [
    source("Morning", "vi", "2025-03-03T01:12:00Z", says("50 triệu USD", 5e7, "USD", 5e7)),
    source("Herald", "en", "2025-03-03T01:31:00Z", says("$50 million", 5e7, "USD", 5e7)),
    source("Rihbao", "zh", "2025-03-04T02:04:00Z", says("3亿元", 3e8, "CNY", 41.4e6)),
]
RAISE: dict[str, Any] = {
    "alert_id": 7,
    "rule": {"id": "big-raise", "title": "Somebody raises USD 50M or more", "severity": "high"},
    "story": {
        "id": 17,
        "headline": "Lumora khởi đầu với 50 triệu USD",
        "url": "https://morning.example/a",
        "first_seen_at": "2025-03-03T01:15:00Z",
        "sources": SOURCES,
        "source_count": 3,
    },
    "disagreement": [
        {"says": SOURCES[0]["says"], "names": ["Morning", "Herald"]},
        {"says": SOURCES[2]["says"], "names": ["Rihbao"]},
    ],
    "entities": [{"id": "lumora", "name": "Lumora Research", "short": "Lumora", "native": "流墨科技", "country": "CN"}],
    "figures": [
        {
            "surface": "50 triệu USD", "low": 5e7, "high": 5e7, "currency": "USD", "usd_low": 5e7, "usd_high": 5e7, "role": "raised",
            "certainty": "stated", "rate_on": "2025-03-03", "rate_source": "ECB", "round": "seed", "per": None, "bound": "none",
            "recipient": "lumora", "payer": None, "recipient_name": "Lumora", "payer_name": None, "approx": False,
        }
    ],
    "evidence": [
        {
            "text": "Lumora của bà Okono khởi đầu với 50 triệu USD vốn hạt giống.", "start": 33, "end": 45, "names": [[0, 6]],
            "url": "https://morning.example/a", "lang": "vi", "source": "Morning", "paragraph": 4,
        }
    ],
    "why": ["a figure: role raised, of one of @makers, at least USD 50M: 50 triệu USD"],
    "updated": False,
}  # fmt: skip


def raise_with(**figure: Any) -> dict[str, Any]:
    """The same with another figure."""
    data = copy.deepcopy(RAISE)
    data["figures"][0].update(figure)
    return data


def names_only(*names: str, headline: str = "A day at sea") -> dict[str, Any]:
    data = copy.deepcopy(RAISE)
    data["figures"], data["disagreement"] = [], []
    data["entities"] = [{"id": name.lower(), "name": name, "short": name, "native": None, "country": None} for name in names]
    data["story"]["headline"] = headline
    return data


def hostile() -> dict[str, Any]:
    """Every text replaced by one that tries to break out, every address by one that must not be followed."""

    def spoil(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: spoil(entry, name) for name, entry in value.items()}
        if isinstance(value, list):
            return [spoil(entry, key) for entry in value]
        if key == "url":
            return "javascript:alert(1)//https://x"
        if key in ("published_at", "seen_at", "first_seen_at", "rate_on", "role", "certainty", "precision", "bound"):
            return value
        return EVIL if isinstance(value, str) else value

    data: dict[str, Any] = spoil(copy.deepcopy(RAISE))
    data["evidence"][0].update(start=3, end=9, names=[[0, 2]])
    data["rule"]["id"], data["rule"]["severity"] = "big-raise", "high"
    return data
