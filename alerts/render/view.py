"""The data of an alert, put into the words and rows that the templates show. Everything here is clean text; the templates only escape."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, tzinfo
from typing import Any
from urllib.parse import urlsplit

from racewire.render import times
from racewire.render.clean import address, cut, language, plain
from racewire.render.marks import pieces
from racewire.render.money import has_usd, large
from racewire.render.words import act, lead, sentence, subject, who

LONGEST_HEADLINE = 200
MOST_ROWS = 12


def alert_view(data: Any, zone: tzinfo) -> dict[str, Any]:
    """Everything that an alert mail shows."""
    figure, story = lead(data), data["story"]
    rows = list(source_rows(story["sources"], zone))
    name = who(data)
    headline = cut(plain(story["headline"]), LONGEST_HEADLINE)
    first = next((entity for entity in data["entities"] if name and plain(entity.get("short") or entity["name"]) == name), None)
    return {
        "subject": subject(data),
        "sentence": sentence(data),
        "severity": plain(data["rule"]["severity"]),
        "when": _when(story, zone),
        "name": name or headline,
        "native": plain(first["native"]) if first and first.get("native") and plain(first["native"]) != name else "",
        "act": act(figure) if figure else "",
        "sum": plain(large(figure)) if figure else "",
        "surface": cut(plain(figure["surface"]), 80) if figure else "",
        "written": _written(figure, zone) if figure else "",
        "headline": headline,
        "evidence": [_quote(entry) for entry in data["evidence"]],
        "disagreement": list(_disagreement(data.get("disagreement") or (), zone)),
        "sources": rows[:MOST_ROWS],
        "source_count": story.get("source_count", len(rows)),
        "first_by": rows[0]["name"] if rows else "",
        "href": address(story["url"]),
        "story_id": story["id"],
        "rule_id": plain(data["rule"]["id"]),
        "rule_title": cut(plain(data["rule"]["title"]), LONGEST_HEADLINE),
        "why": [_capital(cut(plain(reason), 300)) for reason in data["why"]],
        "updated": bool(data.get("updated")),
        "entity_id": plain(data["entities"][0]["id"]) if data["entities"] else "",
        "lang": next((language(entry.get("lang")) for entry in data["evidence"]), ""),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _when(story: Any, zone: tzinfo) -> str:
    reports = [times.read(source["published_at"] or source.get("seen_at")) for source in story["sources"]]
    moment = next((report for report in reports if report), None) or times.read(story["first_seen_at"])
    return times.full(moment, zone) if moment else ""


def _written(figure: Any, zone: tzinfo) -> str:
    """What stands beside the sum in USD: at which rate it was converted, or that it was not."""
    if figure.get("currency") == "USD":
        return ""
    if not has_usd(figure):
        return "could not be converted to USD"
    return _rate(figure)


def _rate(figure: Any) -> str:
    moment = times.read(figure.get("rate_on"))
    source = plain(figure.get("rate_source"))
    on = f" of {times.day(moment, UTC)}" if moment else ""
    return f"at the rate{on}{f' ({source})' if source else ''}" if on or source else "converted"


def _quote(entry: Any) -> dict[str, Any]:
    url = address(entry["url"])
    host = urlsplit(url).hostname if url else ""
    return {
        "pieces": list(pieces(entry)),
        "lang": language(entry.get("lang")),
        "source": cut(plain(entry.get("source")), 60),
        "paragraph": entry.get("paragraph") or 0,
        "href": url,
        "link": "read it there" if not url or host == plain(entry.get("source")) else f"read at {host}",
    }


def source_rows(sources: Any, zone: tzinfo) -> Iterator[dict[str, Any]]:
    """Who reported it, in order, each with the time and how much later than the first that was."""
    first = None
    for source in sources:
        exact = source.get("precision", "second") in ("second", "minute")
        moment = times.read(source["published_at"] if source["published_at"] else source.get("seen_at"))
        exact = exact or not source["published_at"]
        first = first or (moment if exact else None)
        says = source.get("says")
        yield {
            "name": cut(plain(source["name"]), 40),
            "href": address(source["url"]),
            "lang": language(source.get("lang")),
            "says": cut(plain(says["surface"]), 40) if says else "",
            "clock": "" if moment is None else _brief(moment, first, zone) if exact else times.day(moment, zone),
            "later": times.later(first, moment) if first and moment and exact else "",
        }


def _brief(moment: Any, first: Any, zone: tzinfo) -> str:
    clock = times.clock(moment, zone)
    same = first is None or times.day(first, zone) == times.day(moment, zone)
    return clock if same else f"{times.day(moment, zone)} {clock}"


def _disagreement(groups: Any, zone: tzinfo) -> Iterator[dict[str, str]]:
    """One entry a sum: who says it, the words as written, and their worth in USD where that is not what was written."""
    for group in groups:
        names = [cut(plain(name), 40) for name in group["names"]]
        count = len(names)
        said = " and ".join(names) if count < 3 else f"{names[0]} and {count - 1} others"
        figure = group["says"]
        worth = "" if figure.get("currency") == "USD" or not has_usd(figure) else f"{large(figure)} {_rate(figure)}"
        yield {
            "names": said,
            "verb": "writes" if count == 1 else "write",
            "surface": cut(plain(figure["surface"]), 60),
            "worth": worth,
        }


def digest_view(items: Any, zone: tzinfo, *, count: int, since: str | None, until: str | None) -> dict[str, Any]:
    """Everything that a digest shows; `items` are the data of its alerts."""
    entries = [_item(item, zone) for item in items]
    money = sorted((entry for entry in entries if entry["sum"]), key=lambda entry: -entry["worth"])
    others = [entry for entry in entries if not entry["sum"]]
    start, end = times.read(since), times.read(until)
    return {
        "subject": cut(_digest_subject(count, len(money), money[0]["sentence"] if money else ""), 60),
        "count": count,
        "stories": len({entry["story_id"] for entry in entries}),
        "money": money,
        "others": others,
        "left_out": count - len(entries),
        "since": times.full(start, zone) if start else "",
        "until": times.full(end, zone) if end else "",
    }


def _digest_subject(count: int, money: int, first: str) -> str:
    counted = f"{count} alert{'s' if count != 1 else ''}"
    return f"{counted}: {first}" if first else counted


def _item(data: Any, zone: tzinfo) -> dict[str, Any]:
    figure, story = lead(data), data["story"]
    rows = list(source_rows(story["sources"][:1], zone))
    count = story.get("source_count", len(story["sources"]))
    return {
        "sentence": cut(sentence(data), 120),
        "name": who(data),
        "headline": cut(plain(story["headline"]), 140),
        "href": address(story["url"]),
        "sum": plain(large(figure)) if figure else "",
        "worth": float(figure.get("usd_high") or figure.get("usd_low") or 0) if figure else 0.0,
        "written": cut(plain(figure["surface"]), 40) if figure else "",
        "lang": next((language(entry.get("lang")) for entry in data["evidence"]), ""),
        "count": count,
        "first": f"{rows[0]['name']} {rows[0]['clock']}".strip() if rows else "",
        "differ": bool(data.get("disagreement")),
        "rule_id": plain(data["rule"]["id"]),
        "story_id": story["id"],
    }
