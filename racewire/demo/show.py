"""What `racewire demo` prints when a pass is over, as plain text of at most 78 columns.

It only reads the archive, so that it shows what was kept and not what somebody hoped for.
"""

from __future__ import annotations

import json
import sqlite3
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from racewire.stories import current

WIDTH = 78
SAME = 0.03  # share by which two sums may differ and still be called one: rates and rounding
NAME_WIDTH = 14
COUNTS = """select (select count(*) from articles), (select count(distinct domain) from articles),
  (select count(*) from articles where copy_of is not null), (select count(distinct story_id) from articles),
  (select count(*) from figures), (select count(*) from figures where coalesce(usd_low, usd_high) is not null),
  (select count(*) from alerts), (select count(distinct story_id) from rounds where conflicts)"""
NEXT = (
    ("racewire search baichuan", "full text, in every script"),
    ("racewire ask raised since=2023-06-01", "who raised how much"),
    ("racewire alerts list", "what was sent, and why"),
    ("racewire source list", "which paper is down"),
)


@dataclass(frozen=True, slots=True)
class Report:
    """One article of a story: who says it when, in which language, and the sum of the round as it stands there."""

    name: str
    lang: str
    published: datetime | None
    surface: str
    usd: float | None
    conflicts: bool
    copy: bool


def summary(
    connection: sqlite3.Connection, *, mail: Path | None = None, config: Path | None = None, zone: str = "UTC", after: int = 0
) -> str:
    """Counts, then the alerts with an id above `after`, each with its sentence and its reports, then where to look next.

    `connection` is read only; `mail` is the folder with the `.eml` files, `config` the racewire.toml that the next commands
    need, `zone` the IANA name of the time zone to print times in.
    """
    parts = [counts(connection)]
    told = connection.execute("select id from alerts where id > ? order by id", (after,)).fetchall()
    parts += [alert(connection, number, ZoneInfo(zone)) for (number,) in told]
    parts.append(whereto(mail, config))
    return "\n\n".join(part for part in parts if part) + "\n"


def counts(connection: sqlite3.Connection) -> str:
    totals = connection.execute(COUNTS).fetchone()
    articles, papers, reprints, stories, figures, in_dollars, alerts, disputed = (int(total) for total in totals)
    langs = connection.execute("select coalesce(lang, '?'), count(*) n from articles group by 1 order by n desc, 1").fetchall()
    lines = [
        f"{many(articles, 'article')} from {many(papers, 'paper')}: " + ", ".join(f"{n} {lang}" for lang, n in langs),
        f"{many(reprints, 'reprint')}, {many(stories, 'story')}, {many(figures, 'figure')} ({in_dollars} with US dollars)",
        f"{many(alerts, 'alert')}, {many(disputed, 'story')} with figures that disagree",
    ]
    for name, problem in connection.execute("select id, problem from sources where problem is not null order by id"):
        lines.append(f"{name} is in trouble: {problem}")
    return "\n".join(_plain(line) for line in lines)


def alert(connection: sqlite3.Connection, number: int, zone: ZoneInfo) -> str:
    title, story, text = connection.execute("select title, story_id, data from alerts where id = ?", (number,)).fetchone()
    data = json.loads(text)
    figures, evidence = data.get("figures") or [], data.get("evidence") or []
    who = " and ".join(entity["name"] for entity in data.get("entities") or [])
    lines = [f"ALERT  {title}"]
    sum_ = None
    if figures:
        figure = figures[0]
        sum_ = _middle(figure.get("usd_low"), figure.get("usd_high"))
        lines.append(f"  {who}: {figure['role'].replace('_', ' ')} {dollars(sum_)}, as written: {figure['surface']}")
        if figure.get("currency") != "USD" and figure.get("rate_on"):
            lines.append(f"  at the rate of {figure['rate_on']}")
    elif who:
        lines.append(f"  {who}")
    for proof in evidence[:1]:
        start, end = proof["start"], proof["end"]
        marked = f"{proof['text'][:start]}>>{proof['text'][start:end]}<<{proof['text'][end:]}"
        clean = connection.execute("select coalesce(canonical_url, url) from articles where url = ?", (proof["url"],)).fetchone()
        lines += ["", *wrap(_plain(marked), "    "), f"    {clean[0] if clean else proof['url']}"]
    names = [entity["id"] for entity in data.get("entities") or []]
    found = reports(connection, current(connection, story), names)
    lines += ["", *_table(found, sum_, zone)]
    return "\n".join(_plain(line) for line in lines)


def reports(connection: sqlite3.Connection, story: int, companies: Sequence[str] = ()) -> list[Report]:
    """The articles of a story, the earliest first; those without a date last. Sums are what `companies` raised, any when empty.

    Of articles that copy each other the earliest counts as the report, whichever was fetched first.
    """
    rows = connection.execute(
        "select coalesce(a.copy_of, a.id), coalesce(a.site_name, a.source_id, a.domain), coalesce(a.lang, '?'), a.published_at, "
        "r.surface, r.usd_low, r.usd_high, coalesce(r.conflicts, 0) from articles a left join rounds r on r.id = "
        "(select min(id) from rounds where article_id = a.id and (? = '[]' or company in (select value from json_each(?)))) "
        "where a.story_id = ? order by a.published_at is null, a.published_at, a.id",
        (json.dumps(companies), json.dumps(companies), story),
    )
    found: list[Report] = []
    seen: set[int] = set()
    for text, name, lang, published, surface, low, high, conflicts in rows:
        moment = datetime.fromisoformat(published) if published else None
        found.append(Report(name, lang, moment, surface or "", _middle(low, high), bool(conflicts), text in seen))
        seen.add(text)
    return found


def _table(found: Sequence[Report], sum_: float | None, zone: ZoneInfo) -> list[str]:
    first = next((report.published for report in found if report.published), None)
    lines = []
    for report in found:
        if report.copy:
            continue
        at = report.published.astimezone(zone).strftime("%H:%M") if report.published else "  -  "
        row = f"  {at}  {_delay(first, report.published):<8}  {pad(report.name, NAME_WIDTH)}  {report.lang}  {report.surface}"
        if report.conflicts and sum_ and report.usd and abs(report.usd - sum_) > SAME * sum_:
            row += f"  DISAGREES: {dollars(report.usd)}"
        lines.append(row.rstrip())
    copies = [report.name for report in found if report.copy]
    if copies:
        lines.append(f"  {many(len(copies), 'reprint')}: " + ", ".join(dict.fromkeys(copies)))
    return lines


def whereto(mail: Path | None, config: Path | None) -> str:
    lines = []
    if mail is not None:
        lines += [f"mails   {len(list(mail.glob('*.eml')))} in {mail}", ""]
    if config is not None:
        lines.append(f"next    export RACEWIRE_CONFIG={config}")
        lines += [f"        {pad(command, 38)}{what}" for command, what in NEXT]
    return "\n".join(lines).rstrip()


def dollars(sum_: float | None) -> str:
    """50_000_000 -> "US$50M"; three digits are enough to recognise a sum."""
    if sum_ is None:
        return "an unknown sum"
    for scale, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if sum_ >= scale * 0.9995:
            return f"US${sum_ / scale:.3g}{letter}"
    return f"US${sum_:.3g}"


def many(count: int, noun: str) -> str:
    """1, "story" -> "1 story"; 2 -> "2 stories"."""
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("y") else f"{count} {noun}s"


def wrap(text: str, indent: str) -> list[str]:
    """Lines of at most `WIDTH` columns; text without blanks is cut between characters, a wide one counting two."""
    lines: list[str] = []
    for part in textwrap.wrap(text, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False):
        line = ""
        for char in part:
            if columns(line + char) > WIDTH - len(indent):
                lines.append(indent + line)
                line = ""
            line += char
        lines.append(indent + line)
    return lines


def columns(text: str) -> int:
    """How wide a terminal shows it: East Asian characters take two columns, combining marks none."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _delay(first: datetime | None, then: datetime | None) -> str:
    if first is None or then is None or then == first:
        return ""
    minutes = int((then - first).total_seconds()) // 60
    return f"+{minutes} min" if minutes < 60 else f"+{minutes // 60}h{minutes % 60:02}"


def _middle(low: float | None, high: float | None) -> float | None:
    if low is None or high is None:
        return low if high is None else high
    return (float(low) + float(high)) / 2


def _plain(text: str) -> str:
    """Without control and direction characters, which could move a terminal's cursor or hide text."""
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf"))
