"""`racewire story`: what it shows, what it moves, and that it is taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from alerts.rules import RuleSet, load_rules
from racewire.archive import Archive, open_archive, store
from racewire.config import load
from racewire.entities import find_mentions
from racewire.figures import find_figures
from racewire.model import Record
from tests.cli.conftest import NOW, TEXT, Run

HARBOUR = (
    "The ferry Astoria ran aground off Kestrel Point on Monday with 214 passengers, said harbour master Ines Calloway.",
    "Rescuers took 214 passengers off the ferry Astoria after it ran aground at Kestrel Point, said Ines Calloway.",
    "A fault in steering drove the ferry Astoria aground at Kestrel Point, harbour master Ines Calloway told reporters.",
)


def harbour(number: int) -> Record:
    return Record(
        url=f"https://paper{number}.example/ferry",
        title="Ferry Astoria aground at Kestrel Point",
        text=HARBOUR[number],
        lang="en",
        published_at=NOW,
        published_precision="second",
    )


def again() -> Record:
    """Another report of what article 1 tells."""
    return Record(
        url="https://gamma.example/1",
        title="=Baichuan raised money",
        text=TEXT,
        lang="en",
        published_at=NOW,
        mentions=tuple(find_mentions(TEXT, "en")),
        figures=tuple(find_figures(TEXT, "en")),
    )


@pytest.fixture
def daemon(stored: Path) -> Iterator[Archive]:
    """The archive as a daemon holds it: stories 1 and 2 with an article each, story 3 with articles 3 and 4."""
    with open_archive(stored / "wire.db") as archive:
        assert [added.story_id for added in archive.add([harbour(0), harbour(1)], source_id="alpha", now=NOW)] == [3, 3]
        yield archive


def rules() -> RuleSet:
    config = load(env={})
    assert config.rules is not None
    return load_rules(config.rules, channels=config.channel)


def story_of(run: Run, article: int) -> int:
    [row] = json.loads(run("ask", f"select story_id from articles where id = {article}", "--json").out)
    return int(row["story_id"])


def test_show_lists_the_articles_of_the_story_that_holds_now(run: Run, daemon: Archive) -> None:
    done = run("story", "show", "3", "--json")
    assert done.code == 0
    assert [(row["id"], row["story_id"], row["domain"]) for row in json.loads(done.out)] == [
        (3, 3, "paper0.example"),
        (4, 3, "paper1.example"),
    ]
    assert done.err == "story 3: Ferry Astoria aground at Kestrel Point; 2 articles from 2 sites\n"
    assert run("story", "merge", "1", "3").code == 0
    after = run("story", "show", "3")
    assert "story 1 (story 3 was merged into it)" in after.err
    assert "3 articles from 3 sites" in after.err
    assert "Kestrel" in after.out


def test_a_merge_and_its_undo_while_a_daemon_holds_the_database(run: Run, daemon: Archive) -> None:
    done = run("story", "merge", "1", "2", "--reason", "one event")
    assert (done.code, done.out) == (0, "")
    assert done.err == "story 2 stands in story 1 now; `racewire story undo 1` takes it back\n"
    assert story_of(run, 2) == 1
    [move] = json.loads(run("story", "moves", "--json").out)
    assert (move["kind"], move["from_story"], move["to_story"], move["reason"], move["by_hand"]) == (
        "merge", 2, 1, "one event", 1,
    )  # fmt: skip
    assert daemon.add([harbour(2)], now=NOW)[0].story_id == 3
    undone = run("story", "undo", "1")
    assert undone.err == "move 1 is undone: 1 article of story 1 back in story 2\n"
    assert story_of(run, 2) == 2
    back, first = json.loads(run("story", "moves", "2", "--json").out)
    assert (back["kind"], back["undone_at"]) == ("undo", None)
    assert first["undone_at"] is not None
    assert json.loads(run("story", "moves", "3", "--json").out) == []


def test_what_was_taken_out_stays_apart_when_more_reports_come(run: Run, daemon: Archive) -> None:
    done = run("story", "split", "4")
    assert (done.code, done.err) == (0, "out of story 3 came story 4; `racewire story undo 1` takes it back\n")
    (third,) = daemon.add([harbour(2)], now=NOW)
    assert third.story_id in (3, 4)
    assert (story_of(run, 3), story_of(run, 4)) == (3, 4)
    assert run("story", "undo", "1").code == 0
    assert story_of(run, 4) == 3


def test_a_merge_sends_nothing_and_keeps_what_was_sent_from_being_sent_again(run: Run, daemon: Archive) -> None:
    before = run("alerts", "list", "--json").out, run("deliveries", "--json").out
    assert len(json.loads(before[1])) == 2
    assert run("story", "merge", "2", "1").code == 0
    told: list[int] = []
    (added,) = daemon.add(
        [again()],
        now=NOW,
        then=lambda connection, added: told.extend(rules().evaluate(connection, [added[0].article_id], now=NOW)),
    )
    assert (added.story_id, told) == (2, [])
    assert (run("alerts", "list", "--json").out, run("deliveries", "--json").out) == before


def test_what_was_told_of_an_article_is_not_told_again_where_it_was_moved_to(run: Run, daemon: Archive) -> None:
    """The alert hangs on story 2, which held the article for a while; the article is back in a story of its own."""
    assert run("story", "merge", "2", "1").code == 0
    with closing(sqlite3.connect(daemon.path)) as connection, connection:
        connection.execute("update alerts set story_id = 2")
    assert run("story", "undo", "1").code == 0
    told: list[int] = []
    (added,) = daemon.add(
        [again()],
        now=NOW,
        then=lambda connection, added: told.extend(rules().evaluate(connection, [added[0].article_id], now=NOW)),
    )
    assert (added.story_id, told) == (1, [])
    assert "raise: fired at" in run("explain", "1").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "99"), "there is no story 99"),
        (("merge", "1", "99"), "there is no story 99"),
        (("merge", "3", "3"), "story 3 holds both already"),
        (("split", "99"), "no article has the id 99"),
        (("split", "1"), "article 1 is the only one of story 1"),
        (("split", "3", "4"), "these are all articles of story 3"),
        (("split", "1", "3"), "article 1 in story 1, article 3 in story 3"),
        (("undo", "7"), "there is no move 7: `racewire story moves` lists them"),
        (("split",), "Missing argument 'ARTICLE...'"),
        (("show", "first"), "'first' is not a valid integer"),
        (("undo", "9" * 30), "is not in the range"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(
    run: Run, daemon: Archive, arguments: tuple[str, ...], says: str
) -> None:
    done = run("story", *arguments)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert json.loads(run("story", "moves", "--json").out) == []


def test_a_move_is_undone_once_and_in_order(run: Run, daemon: Archive) -> None:
    for arguments in (("split", "4"), ("merge", "1", "4")):
        assert run("story", *arguments).code == 0
    early = run("story", "undo", "1")
    assert early.code == 2
    assert "undo what came after it first" in early.err
    assert run("story", "undo", "2").code == 0
    assert run("story", "undo", "1").code == 0
    twice = run("story", "undo", "1")
    assert twice.code == 2
    assert "was undone at" in twice.err
    assert (story_of(run, 3), story_of(run, 4)) == (3, 3)


def test_a_database_that_another_program_keeps_locked(run: Run, daemon: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_MS", 50)
    with closing(sqlite3.connect(daemon.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        done = run("story", "merge", "1", "2")
    assert done.code == 3
    assert "is locked by another program" in done.err
    assert story_of(run, 2) == 2
