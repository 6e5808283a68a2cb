"""Tests beside rules, the back-test, and the explanation: all over the engine that fires."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.rules.backtest import backtest
from alerts.rules.explain import explain
from alerts.rules.trial import run_tests
from racewire.archive import open_archive
from racewire.errors import UsageError
from racewire.model import Record
from tests.alerts.workshop import START, Desk, article, desk, money, rule, rules_from

RAISE = 'when.figure = { role = "raised", of = "lumora", usd = ">= 10M" }'


def a_test(text: str, fires: bool, more: str = "") -> str:
    return f'[[rule.test]]\ntext = "{text}"\nlang = "en"\nfires = {str(fires).lower()}\n{more}\n'


def test_texts_go_through_the_whole_reading(tmp_path: Path) -> None:
    text = rule(RAISE) + "".join(
        [
            a_test("Lumora raised $50 million in a seed round.", True, 'usd = 50e6\nentity = "lumora"\nat = 2025-03-03'),
            a_test("Lumora raised $5 million in a seed round.", False),
            a_test("Lumora raised $50 million in a seed round.", False, 'says = "wrong on purpose"'),
            a_test("Norvik raised $50 million in a seed round.", True),
            a_test("Lumora raised $50 million in a seed round.", True, "usd = 40e6"),
            a_test("Lumora raised $50 million in a seed round.", True, 'entity = "norvik"'),
        ]
    )
    found = run_tests(rules_from(tmp_path, text))
    assert [one.trouble for one in found] == [
        "",
        "",
        "it fires",
        "it does not fire",
        "it fires with USD 50000000.0, not 4e+07",
        "it fires for lumora, not for norvik",
    ]
    problem = found[2].problem
    assert problem is not None
    assert (problem.line, problem.message) == (19, "the test 'wrong on purpose' of rule 'r' fails: it fires")
    assert "✗ of Lumora" in "\n".join(line.strip() for step in found[3].steps for line in step.lines())


def test_equal_texts_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each test begins with an empty archive: nothing is a copy, and SQL sees one story."""
    text = rule('when.sql = "select story_id from articles group by story_id having count(*) = 1"')
    rules = rules_from(tmp_path, text + a_test("Lumora raised $50 million.", True) * 3)
    assert [one.passed for one in run_tests(rules)] == [True] * 3


def story(number: int, amount: float) -> Record:
    places = ["north", "south", "east", "west", "centre", "hills"]
    text = f"{'Lumora' if number % 3 else 'Norvik'} raised ${amount:g} million in the {places[number % 6]}, place {number} of {number * 7}."
    who = "lumora" if number % 3 else "norvik"
    return article(
        text, money(text, f"${amount:g} million", amount * 1e6, recipient=who), url=f"https://p{number}.example/{number}"
    )


def filled(folder: Path, text: str, amounts: list[float]) -> Desk:
    here = desk(folder, text, apart=True)
    for number, amount in enumerate(amounts):
        here.add(story(number, amount))
        here.later(hours=30)
    return here


def story_of(here: Desk, article_id: int) -> int:
    return int(here.rows("select story_id from articles where id = ?", article_id)[0]["story_id"])


def test_a_backtest_counts_alerts_matches_and_near_misses(tmp_path: Path) -> None:
    here = filled(tmp_path, rule(RAISE), [1, 20, 7, 30, 2, 11])
    found = here.archive.write(lambda c: backtest(c, here.rules, "r", since=START))
    assert found.matched == 2  # 20 and 11: the fourth is Norvik's
    assert [told.subject for told in found.alerts] == ["Lumora raised $20M", "Lumora raised $11M"]
    assert found.near == (story_of(here, 3),)  # 7 of 10
    assert found.weeks == {"2025-W10": 2}
    assert found.busiest == 2
    later = here.archive.write(lambda c: backtest(c, here.rules, "r", since=START + timedelta(days=3)))
    assert later.matched == 1


def test_a_backtest_of_a_rule_that_is_not_there(tmp_path: Path) -> None:
    here = filled(tmp_path, rule(RAISE), [])
    with pytest.raises(UsageError, match="there are: r"):
        here.archive.write(lambda c: backtest(c, here.rules, "x", since=START))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(st.sampled_from([1.0, 20.0, 30.0]), max_size=8),
    once_per=st.sampled_from(["story", "entity/2d", "rule/40h"]),
    condition=st.sampled_from([RAISE, 'when.entity = "@everything"', 'when.figure = { role = "raised", usd = ">= 20M" }']),
)
def test_a_backtest_says_what_the_live_engine_said(tmp_path: Path, amounts: list[float], once_per: str, condition: str) -> None:
    rules = rules_from(tmp_path, rule(condition, send=f'to = ["me"], once_per = "{once_per}"'))
    here = Desk(open_archive(":memory:"), rules, apart=True)
    for number, amount in enumerate(amounts):
        here.add(story(number, amount))
        here.later(hours=30)
    live = here.rows("select article_id, kind, created_at from alerts order by id")
    found = here.archive.write(lambda c: backtest(c, rules, "r", since=START))
    assert [(told.article_id, told.kind, told.at.strftime("%Y-%m-%dT%H:%M:%SZ")) for told in found.alerts] == [
        (row["article_id"], row["kind"], row["created_at"]) for row in live
    ]
    here.archive.close()  # not at the end of all examples


def test_explaining_what_fired_and_what_did_not(tmp_path: Path) -> None:
    text = (
        rule(RAISE)
        + rule('when.figure = { role = "raised", of = "lumora", usd = ">= 90M" }', id="bigger")
        + rule('when.figure = { role = "fine", of = "norvik" }', id="far")
        + rule('when.entity = "lumora"\nunless.lang = "en"', id="not-english")
        + rule('when.any_of = [{ entity = "norvik" }, { entity = "mirelle" }]', id="others")
    )
    here = filled(tmp_path, text, [1, 20])
    what = str(story_of(here, 2))
    found = here.archive.write(lambda c: explain(c, here.rules, what, now=here.now))
    assert [(one.rule_id, one.verdict) for one in found] == [
        ("r", "fired"),
        ("bigger", "failed"),
        ("not-english", "failed"),
        ("far", "failed"),
        ("others", "failed"),
    ]
    lines = [line.strip() for one in found for line in one.lines()]
    assert "-> me: waiting, attempts 0" in lines
    assert "✗ at least USD 90M" in lines
    assert "✓ role raised" in lines
    assert "✗ a figure: role raised, of Lumora, at least USD 90M   nearest: $20 million (raised, lumora, stated)" in lines
    assert "✗ not unless: the language is en" in lines
    assert "✗ names Mirelle Okono" in lines
    by_address = here.archive.write(lambda c: explain(c, here.rules, "https://p1.example/1?utm_source=x", now=here.now))
    assert [one.verdict for one in by_address] == [one.verdict for one in found]


def test_explaining_what_was_kept_back(tmp_path: Path) -> None:
    here = desk(tmp_path, rule(RAISE))
    here.add(story(1, 20), seen_before_start=True)
    [found] = here.archive.write(lambda c: explain(c, here.rules, "1", now=here.now))
    assert found.verdict == "held back"
    here.archive.write(
        lambda c: c.execute("insert into silences(kind, target, created_at) values ('rule', 'r', '2025-01-01T00:00:00Z')")
    )
    [found] = here.archive.write(lambda c: explain(c, here.rules, "1", now=here.now))
    assert (found.verdict, found.note) == ("silenced", "holds, but is silenced: rule r")


@pytest.mark.parametrize("what", ["99", "https://nowhere.example/x", "not an address", "99999999999999999999"])
def test_explaining_what_is_not_there(tmp_path: Path, what: str) -> None:
    here = desk(tmp_path, rule(RAISE))
    with pytest.raises(UsageError, match="there is no"):
        here.archive.write(lambda c: explain(c, here.rules, what, now=here.now))
