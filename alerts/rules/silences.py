"""What somebody asked not to hear about."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import datetime

from alerts.rules.evidence import Match
from racewire.archive.times import stamp


class Silences:
    """The silences that are in force at one moment."""

    def __init__(self, connection: sqlite3.Connection, now: datetime) -> None:
        self._targets: dict[str, set[str]] = defaultdict(set)
        query = "select kind, target from silences where until is null or until > ?"
        for kind, target in connection.execute(query, (stamp(now),)):
            self._targets[kind].add(target)

    def hold(self, rule_id: str, stories: list[int], match: Match) -> str | None:
        """The silence that keeps an alert back, such as `story 7`; None where none does.

        An entity's silence holds where nobody else is in the match.
        """
        if not self._targets:
            return None
        if rule_id in self._targets["rule"]:
            return f"rule {rule_id}"
        for story in stories:
            if str(story) in self._targets["story"]:
                return f"story {story}"
        source = match.article["source_id"]
        if source in self._targets["source"]:
            return f"source {source}"
        entities = match.entities
        if entities and all(entity in self._targets["entity"] for entity in entities):
            return f"entity {entities[0]}"
        return None
