"""Stories are put together and taken apart, by grouping and by hand, and every move can be undone."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from racewire.archive import Archive
from racewire.archive.moving import merge_stories, split_story, story_of, undo_move
from racewire.errors import UsageError
from racewire.model import Record
from racewire.stories import current
from tests.archive.conftest import NOW, raise_report

Rows = Callable[..., list[dict[str, object]]]


def report(host: str, title: str, text: str, lang: str = "en") -> Record:
    return Record(url=f"https://{host}.example/1", title=title, text=text, lang=lang, published_at=NOW)


FERRY = [
    report(
        "a",
        "Ferry Astoria runs aground off Kestrel Point",
        "The ferry Astoria ran aground off Kestrel Point on Monday with 214 passengers, said harbour master Ines Calloway. Nobody was hurt.",
    ),
    report(
        "b",
        "214 passengers taken off stranded ferry at Kestrel Point",
        "Rescuers took 214 passengers off the ferry Astoria after it ran aground at Kestrel Point. Ines Calloway called it a steering fault.",
    ),
    report(
        "c",
        "Stranded Astoria: steering fault suspected",
        "A steering fault may have driven the ferry Astoria onto the rocks at Kestrel Point, harbour master Ines Calloway told reporters.",
    ),
]
TUGS = "Two tugs from the naval base held the ship against the swell until the tide turned, and divers found no hole in her hull."
RUDDER = "The owners have asked an inspector to look at the rudder, which was last repaired in spring by a yard in the south."
BUDGET = report(
    "d",
    "Council passes budget for new library",
    "The town council voted on Tuesday evening for a budget of 12 million to build a library on the old fairground, after a long debate.",
)


def stories(rows: Rows) -> dict[str, object]:
    return {str(row["domain"])[0]: row["story_id"] for row in rows("select domain, story_id from articles")}


def test_reports_of_one_event_meet_and_others_stay_apart(archive: Archive, rows: Rows) -> None:
    archive.add([*FERRY, BUDGET], now=NOW)
    of = stories(rows)
    assert of["a"] == of["b"] == of["c"] != of["d"]


def made_up(host: str, words: list[str]) -> Record:
    return report(host, " ".join(words[:6]).capitalize(), " ".join(words).capitalize() + ".")


def test_a_report_that_brings_two_stories_together_is_counted_once(archive: Archive, rows: Rows) -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices([c + v for c in "bdfgklmnprstvz" for v in "aeiou"], k=3)) for _ in range(70)]
    of_both, of_one, of_other = words[:10], words[10:40], words[40:]
    between = [*of_both, *of_one[:15], *of_other[:15]]
    archive.add([made_up("a", of_one + of_both)], now=NOW)
    archive.add([made_up("b", of_other + of_both)], now=NOW)
    assert len(set(stories(rows).values())) == 2
    chance.shuffle(between)
    archive.add([made_up("c", between)], now=NOW)
    assert len(set(stories(rows).values())) == 1
    assert rows("select articles, sources from stories where merged_into is null") == [{"articles": 3, "sources": 3}]


def test_reports_in_other_languages_meet_by_names_and_numbers(archive: Archive, rows: Rows) -> None:
    german = report(
        "e",
        "Fähre Astoria vor Kestrel Point auf Grund gelaufen",
        "Die Fähre Astoria ist vor Kestrel Point mit 214 Passagieren auf Grund gelaufen, wie Hafenmeisterin Ines Calloway mitteilte.",
        "de",
    )
    archive.add([*FERRY, BUDGET, german], now=NOW)
    of = stories(rows)
    assert of["e"] == of["a"]


def test_a_split_by_hand_holds_against_new_reports_and_can_be_undone(archive: Archive, rows: Rows) -> None:
    answers = archive.add(FERRY[:2], now=NOW)
    story = answers[0].story_id
    assert story is not None
    assert story == answers[1].story_id
    new, move = archive.write(lambda c: split_story(c, story, [answers[1].article_id], now=NOW, reason="not the same"))
    archive.add([FERRY[2]], now=NOW)
    of = stories(rows)
    assert of["a"] == story
    assert of["b"] == new
    assert of["c"] in (story, new)
    archive.write(lambda c: undo_move(c, move, now=NOW))
    assert stories(rows)["b"] == story
    with pytest.raises(UsageError, match="was undone"):
        archive.write(lambda c: undo_move(c, move, now=NOW))


def test_a_merge_by_hand_leads_from_the_old_story_to_the_new(archive: Archive, rows: Rows) -> None:
    answers = archive.add([FERRY[0], BUDGET, raise_report("https://e.example/1")], now=NOW)
    one, two = answers[0].story_id, answers[1].story_id
    assert one is not None
    assert two is not None
    move = archive.write(lambda c: merge_stories(c, one, two, now=NOW))
    assert archive.write(lambda c: current(c, two)) == one
    assert rows("select articles, sources, merged_into from stories where id in (?, ?) order by id", one, two) == [
        {"articles": 2, "sources": 2, "merged_into": None},
        {"articles": 0, "sources": 0, "merged_into": one},
    ]
    assert [row["kind"] for row in rows("select kind from events")] == ["story-merge"]
    (again,) = archive.add([BUDGET], now=NOW)
    assert (again.outcome, again.story_id) == ("unchanged", one)
    archive.write(lambda c: undo_move(c, move, now=NOW))
    assert archive.write(lambda c: current(c, two)) == two
    assert stories(rows)["d"] == two


def test_copies_move_with_their_original_and_counts_follow(archive: Archive, rows: Rows) -> None:
    answers = archive.add([raise_report("https://a.example/1"), raise_report("https://b.example/1"), BUDGET], now=NOW)
    money, budget = answers[0].story_id, answers[2].story_id
    assert money is not None
    assert budget is not None
    archive.write(lambda c: merge_stories(c, budget, money, now=NOW))
    assert {row["story_id"] for row in rows("select story_id from articles")} == {budget}
    assert {row["story_id"] for row in rows("select story_id from rounds")} == {budget}
    assert rows("select articles, stories from mentions_daily") == [{"articles": 2, "stories": 1}]


def test_a_split_takes_all_copies_of_a_text_whichever_was_named(archive: Archive, rows: Rows) -> None:
    first, second, copy = archive.add(
        [*FERRY[:2], replace(FERRY[1], url="https://e.example/1", title="Taken off a ferry at Kestrel Point")], now=NOW
    )
    story = first.story_id
    assert story is not None
    assert (copy.copy_of, copy.story_id) == (second.article_id, story)
    new, _ = archive.write(lambda c: split_story(c, story, [copy.article_id], now=NOW))
    of = stories(rows)
    assert (of["a"], of["b"], of["e"]) == (story, new, new)


def test_a_text_that_holds_both_does_not_join_what_was_taken_apart(archive: Archive, rows: Rows) -> None:
    """Two reports that share a paragraph are copies of each other once a third holds them both."""
    one = report("a", "Ferry Astoria runs aground off Kestrel Point", f"{FERRY[0].text} {FERRY[2].text} {TUGS}")
    two = report("b", "Ferry Astoria aground: rescue at night", f"{TUGS} {FERRY[1].text} {RUDDER}")
    answers = archive.add([one, two], now=NOW)
    story = answers[0].story_id
    assert story is not None
    assert {answer.story_id for answer in answers} == {story}
    assert answers[1].copy_of is None
    new, _ = archive.write(lambda c: split_story(c, story, [answers[1].article_id], now=NOW))
    archive.add([report("c", "Ferry Astoria aground", f"{one.text} {two.text}")], now=NOW)
    of = stories(rows)
    assert (of["a"], of["b"]) == (story, new)


def test_stories_put_together_by_hand_stay_so_and_leave_no_empty_story(archive: Archive, rows: Rows) -> None:
    answers = archive.add([FERRY[0], FERRY[1], BUDGET], now=NOW)
    ferry, budget = answers[0].story_id, answers[2].story_id
    assert ferry is not None
    assert budget is not None
    archive.write(lambda c: merge_stories(c, ferry, budget, now=NOW))
    archive.add([FERRY[2]], now=NOW)
    assert set(stories(rows).values()) == {ferry}
    assert rows("select id from stories where articles = 0 and merged_into is null") == []


def test_what_cannot_be_moved_is_explained(archive: Archive) -> None:
    one, *ferry = archive.add([BUDGET, *FERRY[:2]], now=NOW)
    story, other = one.story_id, ferry[0].story_id
    assert story is not None
    assert other is not None
    for call, says in (
        (lambda c: split_story(c, story, [one.article_id], now=NOW), "is the only one"),
        (lambda c: split_story(c, other, [answer.article_id for answer in ferry], now=NOW), "leave one behind"),
        (lambda c: story_of(c, [one.article_id, ferry[0].article_id]), "of one story"),
        (lambda c: story_of(c, [99]), "no article has the id 99"),
        (lambda c: split_story(c, story, [99], now=NOW), "does not hold article 99"),
        (lambda c: split_story(c, story, [], now=NOW), "none given"),
        (lambda c: split_story(c, 77, [1], now=NOW), "no story 77"),
        (lambda c: merge_stories(c, story, story, now=NOW), "holds both already"),
        (lambda c: undo_move(c, 5, now=NOW), "no move 5"),
    ):
        with pytest.raises(UsageError, match=says):
            archive.write(call)
