"""How often a rule speaks, and what keeps it quiet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alerts.rules.recorder import next_hour
from racewire.model import Record
from tests.alerts.workshop import START, Desk, article, desk, money, rule

NAMED = rule('when.entity = "@everything"')


def raise_of(amount: float, paper: str, *, surface: str | None = None) -> Record:
    """One report of a raise; reports of the same raise by different papers are copies of each other but for the sum."""
    said = surface or f"${amount / 1e6:g} million"
    text = (
        f"Lumora raised {said} in a round that closed on Monday, said people close to the company in the capital. "
        "The maker of language models wants to build a second centre for its machines near the coast and to hire engineers. "
        "It was founded four years ago by two teachers and sells its models to banks, hospitals and publishers."
    )
    figure = money(text, said, amount, recipient="lumora")
    return article(
        text, figure, url=f"https://{paper}.example/lumora-{amount:g}", title="Lumora raises money for a second centre"
    )


def into_one_story(here: Desk, story_id: int = 1) -> None:
    """Moves all articles into one story, the others merged into it: what the merging of stories does."""
    here.archive.write(lambda c: c.execute("update articles set story_id = ?", (story_id,)))
    here.archive.write(lambda c: c.execute("update stories set merged_into = ? where id <> ?", (story_id, story_id)))


def test_one_alert_a_story_however_many_report_it(tmp_path: Path) -> None:
    here = desk(tmp_path, NAMED)
    assert len(here.add(raise_of(50e6, "first"))) == 1
    here.later(minutes=5)
    assert here.add(raise_of(50e6, "second")) == []
    assert len(here.rows("select distinct story_id from articles")) == 1


def test_each_alert_goes_to_each_channel_once(tmp_path: Path) -> None:
    here = desk(tmp_path, rule('when.entity = "lumora"', send='to = ["me", "desk", "me"]'))
    here.add(raise_of(50e6, "first"))
    rows = here.rows("select id, alert_id, channel, kind, state, attempts from deliveries order by channel")
    assert [(row["channel"], row["kind"], row["state"], row["attempts"]) for row in rows] == [
        ("desk", "alert", "waiting", 0),
        ("me", "alert", "waiting", 0),
    ]
    assert all(len(row["id"]) == 30 and row["id"].startswith("msg_") and "." not in row["id"] for row in rows)


def test_evaluating_again_says_nothing_new(tmp_path: Path) -> None:
    here = desk(tmp_path, NAMED)
    here.add(raise_of(50e6, "first"))
    assert here.archive.write(lambda c: here.rules.evaluate(c, [1, 1, 99], now=here.now)) == []


def test_a_story_merged_after_sending_is_not_told_again(tmp_path: Path) -> None:
    here = desk(tmp_path, NAMED)
    here.add(article("Norvik opened a plant in the north of the country."))
    here.add(article("Lumora hired a quite different person for its board."))
    into_one_story(here, 1)
    here.add(article("Tessel Works closed its shop in the capital city."))
    assert len(here.rows("select * from alerts")) == 3
    here.archive.write(lambda c: c.execute("update articles set story_id = 2 where id = 3"))
    assert here.archive.write(lambda c: here.rules.evaluate(c, [1, 2, 3], now=here.now)) == []


def test_the_first_alert_of_a_story_that_was_told_under_its_other_number(tmp_path: Path) -> None:
    """The alert hangs on the story that was merged away; the one that lives on has none of its own."""
    here = desk(tmp_path, rule('when.entity = "norvik"'))
    here.add(article("Lumora hired a quite different person for its board."))
    here.add(article("Norvik opened a plant in the north of the country."))
    into_one_story(here, 1)
    assert here.archive.write(lambda c: here.rules.evaluate(c, [2], now=here.now)) == []


def test_a_changed_figure_is_told_again_when_asked_for(tmp_path: Path) -> None:
    here = desk(tmp_path, rule('when.figure = { role = "raised" }', send='to = ["me"], again_when = "figure_changes"'))
    here.add(raise_of(50e6, "first"))
    here.add(raise_of(50e6, "second", surface="50 million dollars"))
    here.add(raise_of(80e6, "third"))
    into_one_story(here)
    here.archive.write(lambda c: here.rules.evaluate(c, [1, 2, 3], now=here.now))
    kinds = [(row["kind"], row["fact"] != "") for row in here.rows("select kind, fact from alerts order by id")]
    assert kinds == [("created", False), ("updated", True)]


@pytest.mark.parametrize(("wait", "alerts"), [({"days": 6}, 1), ({"days": 8}, 2)])
def test_once_an_entity_in_a_week(tmp_path: Path, wait: dict[str, float], alerts: int) -> None:
    here = desk(tmp_path, rule('when.entity = "@everything"', send='to = ["me"], once_per = "entity/7d"'))
    here.add(article("Norvik opened a plant in the north of the country."))
    here.add(article("Lumora hired a quite different person for its board."))
    here.later(**wait)
    here.add(article("Norvik sold all its ships to a bank on an island."))
    assert len(here.rows("select * from alerts where fact = 'entity:norvik'")) == alerts
    assert len(here.rows("select * from alerts where fact = 'entity:lumora'")) == 1


def test_once_a_rule_in_an_hour(tmp_path: Path) -> None:
    here = desk(tmp_path, rule('when.entity = "@everything"', send='to = ["me"], once_per = "rule/1h"'))
    for minutes, text, told in (
        (0, "Norvik opened a plant in the north of the country.", 1),
        (30, "Lumora hired a quite different person for its board.", 0),
        (45, "Tessel Works closed its shop in the capital city.", 1),
    ):
        here.later(minutes=minutes)
        assert len(here.add(article(text))) == told


def test_what_a_source_shows_at_first_contact_is_quiet(tmp_path: Path) -> None:
    here = desk(tmp_path, NAMED)
    assert here.add(raise_of(50e6, "first"), seen_before_start=True) == []
    assert here.rows("select * from alerts") == []


@pytest.mark.parametrize(
    ("kind", "target", "quiet"),
    [
        ("rule", "r", True),
        ("rule", "other", False),
        ("story", "1", True),
        ("story", "2", False),
        ("entity", "lumora", True),
        ("entity", "norvik", False),
        ("source", "alpha", True),
        ("source", "beta", False),
    ],
)
def test_silences(tmp_path: Path, kind: str, target: str, quiet: bool) -> None:
    here = desk(tmp_path, NAMED)
    here.archive.write(
        lambda c: c.execute(
            "insert into silences(kind, target, created_at) values (?, ?, ?)", (kind, target, "2025-01-01T00:00:00Z")
        )
    )
    assert (here.add(raise_of(50e6, "first"), source_id="alpha") == []) is quiet


def test_a_silence_that_is_over_holds_nothing_back(tmp_path: Path) -> None:
    here = desk(tmp_path, NAMED)
    here.archive.write(
        lambda c: c.execute(
            "insert into silences(kind, target, created_at, until) values ('rule', 'r', '2025-01-01T00:00:00Z', '2025-03-03T08:59:59Z')"
        )
    )
    assert len(here.add(raise_of(50e6, "first"))) == 1


def test_a_digest_rule_collects_for_its_hour(tmp_path: Path) -> None:
    here = desk(tmp_path, rule('when.entity = "@everything"', send='to = ["me"], digest = "08:00"'), timezone="Asia/Ho_Chi_Minh")
    here.add(article("Norvik opened a plant in the north of the country."), article("Lumora hired a quite different person."))
    digests = here.rows("select * from deliveries where kind = 'digest'")
    assert [row["next_at"] for row in digests] == ["2025-03-04T01:00:00Z"]
    items = here.rows("select * from deliveries where kind = 'alert'")
    assert [(row["digest_id"], row["next_at"], row["state"]) for row in items] == [(digests[0]["id"], None, "waiting")] * 2


@pytest.mark.parametrize(
    ("now", "zone", "due"),
    [
        ("2025-03-03T09:00:00+00:00", "UTC", "2025-03-04T08:00:00+00:00"),
        ("2025-03-03T07:59:59+00:00", "UTC", "2025-03-03T08:00:00+00:00"),
        ("2025-03-03T08:00:00+00:00", "UTC", "2025-03-04T08:00:00+00:00"),
        ("2025-03-29T12:00:00+01:00", "Europe/Berlin", "2025-03-30T06:00:00+00:00"),  # clocks go forward in the night
        ("2025-10-25T12:00:00+02:00", "Europe/Berlin", "2025-10-26T07:00:00+00:00"),  # and back
        ("2025-03-03T23:30:00+00:00", "Asia/Ho_Chi_Minh", "2025-03-04T01:00:00+00:00"),
    ],
)
def test_the_hour_is_that_of_the_wall_clock(now: str, zone: str, due: str) -> None:
    assert next_hour(datetime.fromisoformat(now), "08:00", ZoneInfo(zone)) == datetime.fromisoformat(due)


def test_an_hour_that_the_clock_skips() -> None:
    due = next_hour(datetime(2025, 3, 29, 23, 0, tzinfo=UTC), "02:30", ZoneInfo("Europe/Berlin"))
    assert due.astimezone(UTC) == datetime(2025, 3, 30, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "next_at"),
    [
        ("08:00-12:00", "2025-03-03T12:00:00Z"),
        ("22:00-10:00", "2025-03-03T10:00:00Z"),
        ("09:00-09:01", "2025-03-03T09:01:00Z"),
        ("08:00-09:00", "2025-03-03T09:00:00Z"),
        ("10:00-08:00", "2025-03-03T09:00:00Z"),
        ('08:00-10:00", "10:00-11:30', "2025-03-03T11:30:00Z"),
    ],
)
def test_quiet_holds_the_sending_and_not_the_alert(tmp_path: Path, quiet: str, next_at: str) -> None:
    here = desk(tmp_path, rule('when.entity = "lumora"', send=f'to = ["me"], quiet = ["{quiet}"]'))
    assert len(here.add(raise_of(50e6, "first"))) == 1
    assert here.rows("select next_at from deliveries") == [{"next_at": next_at}]


def test_a_rolled_back_transaction_leaves_no_alert(tmp_path: Path) -> None:
    here = desk(tmp_path, NAMED)

    def fail(connection: object, added: list[object]) -> None:
        here.rules.evaluate(connection, [one.article_id for one in added], now=START)  # type: ignore[attr-defined,arg-type]
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        here.archive.add([raise_of(50e6, "first")], then=fail)  # type: ignore[arg-type]
    assert [here.rows(f"select count(*) as n from {table}")[0]["n"] for table in ("articles", "alerts", "deliveries")] == [
        0,
        0,
        0,
    ]
