"""Dates and times as people and machines write them: one line of text to the moments in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from racewire.model import Precision
from racewire.reading import date_words as words
from racewire.reading.month_names import FIRST, LATER, marked
from racewire.reading.zones import NAMES, fixed
from racewire.text.case import small

Kind = Literal["published", "modified", "unknown"]
FIRST_YEAR, LAST_YEAR = 1990, 2199
MAX_LINE = 400


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written: `when` is naive where no zone stands beside it. `start` and `end` are offsets in the line."""

    when: datetime
    precision: Precision
    kind: Kind = "unknown"
    start: int = 0
    end: int = 0
    raw: str = ""

    @property
    def stated(self) -> bool:
        """Whether a zone stands beside the date."""
        return self.when.tzinfo is not None


_ISO = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)(?:(?:\s*[Tt]\s*|\s+)(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?)?\s*"
    r"(?:([Zz]|UTC|GMT)|(?:GMT|UTC)?\s*([+-])\s*(\d\d):?(\d\d)?)?\s*"
)
_EPOCH = re.compile(r"\s*(\d{10})(\d{3})?(?:\.0+)?\s*")
_YMD = r"(?P<y1>(?:19|20)\d\d)\s?(?P<s1>[-/.年년])\s?(?P<m1>\d{1,2})\s?[-/.月월]\s?(?P<d1>\d{1,2})(?:\s?[日일](?!\d)|(?![\d]))\.?"
_DMY = r"(?<![\d/.,-])(?P<a2>\d{1,2})\s?(?P<s2>[-/.])\s?(?P<b2>\d{1,2})\s?(?P=s2)\s?(?P<y2>(?:19|20|25)\d\d|\d\d(?=[\s,;|·–-]|$))(?![\d])"
_VI = r"(?:ngày\s+)?(?P<d5>\d{1,2})\s+tháng\s+(?P<m5>\d{1,2})(?:\s*,?\s*năm|\s*,)?\s+(?P<y5>20\d\d)"
_CLOCK = re.compile(
    r"""(?:(?P<half>[^\W\d_]{1,4}\.?[^\W\d_]?\.?)\s?)??
        (?<![\d:.])(?P<h>[01]?\d|2[0-4])
        (?:\s?(?P<sep>[:hH時时點点시]|giờ|\.(?=\d\d(?:\s?(?:Uhr|h|kl|น)|(?=\s*$|[\s|,)]))))\s?(?P<m>[0-5]\d)(?!\d)\s?[分분]?(?::(?P<s>[0-5]\d)(?:\.\d{1,6})?|\s?(?P<s2>[0-5]?\d)\s?[秒초])?
          |\s?[時时點点시](?!\d)|\s?(?=[ap]\.?\s?m\b)|\s?(?=Uhr\b|h\b|giờ\b))
        (?:\s?(?P<half2>[ap]\.?\s?m\b\.?|(?:CH|SA|ÖÖ|ÖS)\b))?""",
    re.X | re.I,
)
_ZONE = re.compile(
    r"[\s(\[,]*(?:(?:GMT|UTC)\s?(?P<sign>[+-])\s?(?P<h>\d{1,2})(?::?(?P<m>[0-5]\d))?|(?P<sign2>[+-])(?P<h2>\d\d):?(?P<m2>[0-5]\d)(?!\d)"
    r"|(?P<name>[A-Za-zА-Яа-я]{2,4})(?![\w:]))[)\]]?"
)
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W\d_]+)*\.?")
_HALVES = dict.fromkeys(words.BEFORE_NOON, False) | dict.fromkeys(words.AFTER_NOON, True)


def _stems(stems: tuple[str, ...]) -> re.Pattern[str]:
    latin = "|".join(re.escape(s).replace(r"\.", r"\s") for s in stems if s[0] < "\u2e80")
    signs = "|".join(re.escape(s) for s in stems if s[0] >= "\u2e80")
    return re.compile(rf"(?<![^\W_])(?:{latin})|(?:{signs})", re.I)


_MODIFIED, _PUBLISHED = _stems(words.MODIFIED), _stems(words.PUBLISHED)


_MONTH = f"{FIRST}{LATER}*"
# Dates in any writing, in a line whose names of months are marked.
_DATE = re.compile(
    rf"{_YMD}|{_DMY}|{_VI}"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:\.|º|er|st|nd|rd|th|ος|-?го|-?ந்)?[\s-]*(?:de\s+|d['’]|of\s+|ngày\s+)?(?P<n3>{_MONTH})(?![^\W\d_])\.?,?[\s-]*(?:de\s+|del\s+|năm\s+)?,?\s*(?P<y3>(?:19|20|25)\d\d)(?!\d)"
    rf"|(?<![^\W_])(?P<n4>{_MONTH})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y4>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<y6>(?:19|20)\d\d)\.?\s+(?P<n6>{_MONTH})\.?\s+(?P<d6>\d{{1,2}})(?!\d)",
    re.I,
)


def parse_machine(text: object) -> Moment | None:
    """A date from an attribute or a data field: ISO 8601 and its sloppy kin, RFC 2822, seconds or milliseconds since 1970."""
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return None
    raw = str(text).strip()[:100]
    if found := _ISO.fullmatch(raw):
        return _from_iso(found, raw)
    if found := _EPOCH.fullmatch(raw):
        return _moment(datetime.fromtimestamp(int(found[1]), fixed(0)), "second", raw)
    if found := _ISO.match(raw):
        rest = raw[found.end() :]
        if not rest or rest[0] in "[.+ -(":
            return _from_iso(found, raw)
    lines = parse_line(raw, month_first=True)
    return lines[0] if lines else None


def _from_iso(found: re.Match[str], raw: str) -> Moment | None:
    year, month, day, hour, minute, second, zulu, sign, zh, zm = found.groups()
    zone: tzinfo | None = fixed(0) if zulu else None
    if sign and hour:
        zone = _offset(sign, zh, zm)
    try:
        when = datetime(
            int(year), int(month), int(day), int(hour or 0) % 24, int(minute or 0), min(int(second or 0), 59), tzinfo=zone
        )
    except ValueError:
        return None
    if not hour:
        return _moment(when.replace(tzinfo=None), "day", raw)
    return _moment(when, "second" if second else "minute", raw)


def _offset(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    total = int(hours) * 60 + int(minutes or 0)
    return fixed(-total if sign == "-" else total) if total <= 14 * 60 else None


def _moment(
    when: datetime, precision: Precision, raw: str, kind: Kind = "unknown", start: int = 0, end: int = 0
) -> Moment | None:
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        return None
    return Moment(when, precision, kind, start, end, raw)


def parse_line(line: str, *, lang: str | None = None, month_first: bool = False) -> list[Moment]:
    """All dates of a short line, in order, each with the time beside it and the word before it.

    `month_first` decides 6/7/2023 only; 29/6/2023 decides itself. Lines are read up to 400 characters.
    """
    line = line[:MAX_LINE]
    names = words.months(lang)
    dates: list[tuple[date, int, int]] = []
    for found in _DATE.finditer(marked(line)):
        day = _day(found, line, names, month_first)
        if day is not None:
            dates.append((day, *found.span()))
    if not dates:
        return []
    clocks = list(_CLOCK.finditer(line))
    moments: list[Moment] = []
    for index, (day, start, end) in enumerate(dates):
        floor = dates[index - 1][2] if index else 0
        ceiling = dates[index + 1][1] if index + 1 < len(dates) else len(line)
        moment = _assemble(line, day, (start, end), (floor, ceiling), clocks)
        if moment is not None:
            moments.append(moment)
    return moments


def _day(found: re.Match[str], line: str, names: dict[str, int], month_first: bool) -> date | None:
    group = found.groupdict()
    try:
        if group["y1"]:
            return date(int(group["y1"]), int(group["m1"]), int(group["d1"]))
        if group["y2"]:
            return _numeric(int(group["a2"]), int(group["b2"]), _year(group["y2"]), month_first and group["s2"] != ".")
        if group["y5"]:
            return date(int(group["y5"]), int(group["m5"]), int(group["d5"]))
        for n in "346":
            if group["y" + n]:
                name = line[slice(*found.span("n" + n))]
                month = names[" ".join(small(name).split())]
                return date(_year(group["y" + n]), month, int(group["d" + n]))
    except (ValueError, KeyError):
        pass
    return None


def _year(text: str) -> int:
    year = int(text)
    if year < 100:
        return year + 2000
    return year - 543 if year > 2450 else year


def _numeric(first: int, second: int, year: int, month_first: bool) -> date:
    if second > 12 or (month_first and first <= 12):
        first, second = second, first
    return date(year, second, first)


def _assemble(line: str, day: date, span: tuple[int, int], limits: tuple[int, int], clocks: list[re.Match[str]]) -> Moment | None:
    start, end = span
    clock = next((c for c in clocks if end <= c.start("h") <= limits[1] and _joined(line[end : c.start("h")])), None)
    if clock is None:
        clock = next(
            (c for c in reversed(clocks) if limits[0] <= c.start("h") and c.end() <= start and _joined(line[c.end() : start])),
            None,
        )
    hour, minute, second, zone = 0, 0, 0, None
    precision: Precision = "day"
    first, last = start, end
    if clock is not None:
        hour, minute = _hour(clock), int(clock["m"] or 0)
        second = int(clock["s"] or clock["s2"] or 0)
        precision = "second" if clock["s"] or clock["s2"] else "minute"
        first, last = min(start, clock.start("h")), max(end, clock.end())
        zone = _zone_after(line, clock.end()) or _zone_after(line, last)
    moment = datetime(day.year, day.month, day.day, tzinfo=zone)
    if hour < 24:
        moment = moment.replace(hour=hour, minute=minute, second=second)
    return _moment(moment, precision, line[first:last], _kind(line[limits[0] : first]), first, last)


def _joined(gap: str) -> bool:
    if len(gap) > 40:
        return False
    return all(
        word.rstrip(".") in words.JOINERS
        or word in words.JOINERS
        or word.rstrip(".") in words.WEEKDAYS
        or word.rstrip(".") in _HALVES
        for word in (w.lower() for w in _WORD.findall(gap))
    )


def _hour(clock: re.Match[str]) -> int:
    hour = int(clock["h"])
    for name in ("half2", "half"):
        word = (clock[name] or "").lower().replace(" ", "").rstrip(".")
        if word in _HALVES:
            if _HALVES[word]:
                return hour + 12 if hour < 12 else hour
            return 0 if hour == 12 else hour
    return hour


def _zone_after(line: str, at: int) -> tzinfo | None:
    found = _ZONE.match(line, at)
    if not found:
        return None
    if found["sign"]:
        return _offset(found["sign"], found["h"], found["m"])
    if found["sign2"]:
        return _offset(found["sign2"], found["h2"], found["m2"])
    minutes = NAMES.get(found["name"].lower())
    return fixed(minutes) if minutes is not None and found["name"] != "Z" else None


def _kind(before: str) -> Kind:
    modified = max((m.start() for m in _MODIFIED.finditer(before)), default=-1)
    published = max((m.start() for m in _PUBLISHED.finditer(before)), default=-1)
    if modified < 0 and published < 0:
        return "unknown"
    return "modified" if modified >= published else "published"
