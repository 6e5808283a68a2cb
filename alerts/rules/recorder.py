"""Writes alerts and their deliveries into the open transaction."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta, tzinfo

from alerts.digests import digest_for, new_delivery_id
from alerts.rules.compile import CompiledRule
from alerts.rules.evidence import Match, alert_data
from alerts.rules.once import Fact, Said, decide
from alerts.rules.silences import Silences
from alerts.story import family, told
from racewire.archive.times import moment, stamp
from racewire.entities import Gazetteer


class Recorder:
    """One transaction's alerts."""

    def __init__(self, connection: sqlite3.Connection, gazetteer: Gazetteer, timezone: tzinfo, now: datetime) -> None:
        self._connection = connection
        self._gazetteer = gazetteer
        self._timezone = timezone
        self._now = now
        self._silences = Silences(connection, now)

    def record(self, rule: CompiledRule, match: Match) -> int | None:
        """The id of the new alert; None where the rule has spoken already or is silenced."""
        stories = family(self._connection, match.article["story_id"])
        history = Stored(self._connection)
        fact = decide(rule, story_id=stories[0], entities=match.entities, figures=match.figures, now=self._now, history=history)
        if fact is None or self._silences.hold(rule.id, stories, match):
            return None
        alert_id = self._insert(rule, match, stories[0], fact)
        if alert_id is not None:
            for channel in dict.fromkeys(rule.rule.send.to):
                self._deliver(rule, alert_id, channel)
        return alert_id

    def _insert(self, rule: CompiledRule, match: Match, story_id: int, fact: Fact) -> int | None:
        data = alert_data(self._connection, rule, match, self._gazetteer) | {"updated": fact.kind == "updated"}
        row = self._connection.execute(
            "insert into alerts(rule_id, title, severity, story_id, article_id, fact, kind, created_at, data) "
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning id",
            (rule.id, rule.title, rule.rule.severity, story_id, match.article["id"], fact.key, fact.kind, stamp(self._now), ""),
        ).fetchone()
        if row is None:
            return None
        alert_id = int(row[0])
        text = json.dumps({"alert_id": alert_id} | data, ensure_ascii=False)
        self._connection.execute("update alerts set data = ? where id = ?", (text, alert_id))
        return alert_id

    def _deliver(self, rule: CompiledRule, alert_id: int, channel: str) -> None:
        digest = self._digest(channel, rule.rule.send.digest) if rule.rule.send.digest else None
        at = stamp(self._now)
        self._connection.execute(
            "insert into deliveries(id, alert_id, channel, created_at, next_at, digest_id) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
            (new_delivery_id(), alert_id, channel, at, None if digest else self._loud(rule), digest),
        )

    def _loud(self, rule: CompiledRule) -> str:
        """When the message may be sent: now, or when the quiet part of the day is over."""
        moment = self._now
        for _ in range(8):  # one window may end inside the next
            end = next(
                (end for window in rule.rule.send.quiet or () if (end := quiet_until(moment, window, self._timezone))), None
            )
            if end is None:
                break
            moment = end
        return stamp(moment)

    def _digest(self, channel: str, hour: str) -> str:
        """The digest of that hour that is still open, made where there is none."""
        due = stamp(next_hour(self._now, hour, self._timezone))
        return digest_for(self._connection, channel, now=stamp(self._now), due=due)

    def rule_failed(self, rule: CompiledRule, message: str) -> None:
        """Notes, at most once a day, that the SQL of a rule could not be run."""
        day = stamp(self._now - timedelta(days=1))
        known = self._connection.execute(
            "select 1 from events where kind = 'rule-failed' and at > ? and json_extract(data, '$.rule') = ?", (day, rule.id)
        ).fetchone()
        if known is None:
            self._connection.execute(
                "insert into events(at, kind, message, data) values (?, 'rule-failed', ?, ?)",
                (stamp(self._now), f"the SQL of rule {rule.id} failed: {message[:200]}", json.dumps({"rule": rule.id})),
            )


def next_hour(now: datetime, hour: str, timezone: tzinfo) -> datetime:
    """The next moment after `now` at which clocks in `timezone` show `hour` ("08:00").

    Where a clock change skips that time, the moment to which it is moved.
    """
    local = now.astimezone(timezone)
    hours, minutes = map(int, hour.split(":"))
    for days in range(3):
        wanted = (local + timedelta(days=days)).replace(hour=hours, minute=minutes, second=0, microsecond=0, fold=0)
        if wanted.timestamp() > now.timestamp():
            return datetime.fromtimestamp(wanted.timestamp(), timezone)
    raise AssertionError("one of three days lies ahead")


def quiet_until(now: datetime, window: str, timezone: tzinfo) -> datetime | None:
    """The end of a part of the day ("22:00-07:00") in which `now` lies, its end left out; None where it does not."""
    start, end = window.split("-")
    if start <= (clock := now.astimezone(timezone).strftime("%H:%M")) < end or (start > end and (clock >= start or clock < end)):
        return next_hour(now, end, timezone)
    return None


class Stored:
    """What was said, from the database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of_story(self, rule_id: str, story_id: int) -> list[Said]:
        alerts = told(self._connection, rule_id, family(self._connection, story_id))
        return [
            Said(one["fact"], moment(one["created_at"]), json.loads(one["data"] or "{}").get("figures") or []) for one in alerts
        ]

    def since(self, rule_id: str, fact: str | None, moment: datetime) -> bool:
        query = "select 1 from alerts where rule_id = ? and (? is null or fact = ?) and created_at >= ? limit 1"
        return self._connection.execute(query, (rule_id, fact, fact, stamp(moment))).fetchone() is not None
