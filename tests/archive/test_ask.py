"""Prepared questions answer, and SQL of a person can only read, and not for long."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from racewire.archive import Archive
from racewire.archive.ask import run_sql
from racewire.archive.questions import NAMES, ask, questions
from racewire.errors import UsageError
from tests.archive.conftest import NOW, raise_report


@pytest.fixture
def reader(archive: Archive) -> Iterator[sqlite3.Connection]:
    earlier = NOW - timedelta(minutes=40)
    archive.add(
        [
            raise_report("https://a.example/1", published_at=earlier),
            raise_report("https://liar.example/1", "$500 million", 500_000_000),
            raise_report("https://b.example/1"),
        ],
        now=NOW + timedelta(hours=2),
    )
    with closing(archive.reader()) as connection:
        yield connection


@pytest.mark.parametrize("name", NAMES)
def test_each_question_has_a_title_and_answers(reader: sqlite3.Connection, name: str) -> None:
    question = questions()[name]
    assert question.title.endswith("?")
    answer = ask(reader, name, now=NOW + timedelta(days=1))
    assert answer.columns
    assert len(set(answer.columns)) == len(answer.columns)


def test_raised_takes_the_first_own_report(reader: sqlite3.Connection) -> None:
    (row,) = ask(reader, "raised", now=NOW).as_dicts()
    assert (row["company"], row["surface"], row["reports"], row["conflicts"]) == ("lumenova", "$50 million", 3, 1)


def test_conflicts_show_every_report_with_what_its_digits_allow(reader: sqlite3.Connection) -> None:
    answer = ask(reader, "conflicts", now=NOW).as_dicts()
    assert [(row["domain"], row["surface"], row["least"], row["most"]) for row in answer] == [
        ("a.example", "$50 million", 49_500_000, 50_500_000),
        ("liar.example", "$500 million", 499_500_000, 500_500_000),
        ("b.example", "$50 million", 49_500_000, 50_500_000),
    ]


def test_first_tells_who_was_ahead_and_by_how_much(reader: sqlite3.Connection) -> None:
    (row,) = ask(reader, "first", now=NOW).as_dicts()
    assert (row["first_domain"], row["lag_s"], row["sites"]) == ("a.example", 40 * 60, 3)


def test_late_counts_from_publishing_to_first_sight(reader: sqlite3.Connection) -> None:
    assert [row["late_s"] for row in ask(reader, "late", now=NOW).as_dicts()] == [9600, 7200, 7200]
    assert ask(reader, "late", {"least_s": "9000"}, now=NOW).as_dicts()[0]["late_s"] == 9600


def test_totals_count_a_raise_once(reader: sqlite3.Connection) -> None:
    assert [(row["company"], row["usd"]) for row in ask(reader, "totals", now=NOW).as_dicts()] == [("lumenova", 50_000_000)]


def test_said_gives_the_sentence(reader: sqlite3.Connection) -> None:
    rows = ask(reader, "said", {"entity": "lumenova", "domain": "a.example"}, now=NOW).as_dicts()
    assert len(rows) == 1
    assert str(rows[0]["sentence"]).startswith("Lumenova, a maker")
    assert str(rows[0]["sentence"]).rstrip().endswith("on Tuesday.")


def test_mentions_by_week_begin_on_monday(reader: sqlite3.Connection) -> None:
    assert ask(reader, "mentions", now=NOW).as_dicts() == [
        {"week": "2026-03-02", "entity_id": "lumenova", "articles": 3, "stories": 1}
    ]


def test_new_goes_on_after_the_id_that_was_seen(reader: sqlite3.Connection) -> None:
    (row,) = ask(reader, "new").as_dicts()
    assert ask(reader, "new", {"after": str(row["id"])}).rows == ()


def test_new_goes_back_before_an_id_and_takes_a_language(reader: sqlite3.Connection) -> None:
    (row,) = ask(reader, "new", {"lang": "en", "before": "999"}).as_dicts()
    assert ask(reader, "new", {"before": str(row["id"])}).rows == ()
    assert ask(reader, "new", {"lang": "vi"}).rows == ()


def test_reports_give_each_article_of_a_story_with_its_sum_in_its_sentence(reader: sqlite3.Connection) -> None:
    rows = ask(reader, "reports", {"story": "1"}).as_dicts()
    assert [(row["domain"], row["surface"], row["conflicts"]) for row in rows] == [
        ("a.example", "$50 million", 1),
        ("liar.example", "$500 million", 1),
        ("b.example", "$50 million", 1),
    ]
    for row in rows:
        sentence = str(row["sentence"])
        assert sentence.startswith("Lumenova, a maker")
        assert sentence[int(str(row["mark_start"])) : int(str(row["mark_end"]))] == row["surface"]


def test_reports_without_a_sum_show_the_name(archive: Archive) -> None:
    archive.add([raise_report("https://a.example/1", figures=())], now=NOW)
    with closing(archive.reader()) as connection:
        (row,) = ask(connection, "reports", {"story": "1"}).as_dicts()
    assert row["surface"] is None
    assert str(row["sentence"])[int(str(row["mark_start"])) : int(str(row["mark_end"]))] == "Lumenova"


def test_about_lists_the_stories_of_an_entity(reader: sqlite3.Connection) -> None:
    (row,) = ask(reader, "about", {"entity": "lumenova"}).as_dicts()
    assert (row["id"], row["articles"], row["sources"]) == (1, 3, 3)
    assert ask(reader, "about", {"entity": "nobody"}).rows == ()


def test_arrivals_count_by_day_and_source(archive: Archive) -> None:
    for days in (20, 1, 0):
        archive.add([raise_report(f"https://a.example/{days}")], source_id="a", now=NOW - timedelta(days=days))
    with closing(archive.reader()) as connection:
        rows = ask(connection, "arrivals", now=NOW).as_dicts()
    assert [(row["day"], row["source_id"], row["articles"], row["copies"]) for row in rows] == [
        ("2026-03-04", "a", 1, 1),
        ("2026-03-03", "a", 1, 1),
    ]


def test_lists_can_be_taken_apart(reader: sqlite3.Connection) -> None:
    assert run_sql(reader, "select count(*) from articles, json_each(authors), json_tree(authors)").rows == ((0,),)


def test_told_counts_alerts_and_their_messages(archive: Archive) -> None:
    archive.add([raise_report("https://a.example/1")], now=NOW)

    def alert(connection: sqlite3.Connection) -> None:
        for number, at in enumerate(("2026-01-01T00:00:00Z", "2026-03-04T00:00:00Z", "2026-03-04T01:00:00Z"), 1):
            connection.execute(
                "insert into alerts(id, rule_id, title, severity, story_id, article_id, fact, kind, created_at, data) "
                "values (?, 'r', 'R', 'high', 1, 1, ?, ?, ?, '{}')",
                (number, str(number), "updated" if number == 3 else "created", at),
            )
        for id, state in (("a", "delivered"), ("b", "failed")):
            connection.execute(
                "insert into deliveries(id, alert_id, channel, state, created_at) values (?, 2, ?, ?, '2026-03-04T00:00:00Z')",
                (id, id, state),
            )

    archive.write(alert)
    with closing(archive.reader()) as connection:
        (row,) = ask(connection, "told", now=NOW).as_dicts()
    assert (row["alerts"], row["updates"], row["delivered"], row["waiting"], row["failed"]) == (2, 1, 1, 0, 1)


@pytest.mark.parametrize("since", ["0d", "99999999999d", "2020-01-01", "3w"])
def test_since_takes_spans_and_dates(reader: sqlite3.Connection, since: str) -> None:
    ask(reader, "raised", {"since": since}, now=NOW)


@pytest.mark.parametrize(
    ("since", "raises"),
    [
        ("2026", 1),
        ("2026-03", 1),
        ("2026-03-04", 1),
        ("2026-03-05", 0),
        ("2026-03-04T00:00:00Z", 1),
        ("2026-03-05T02:00:00+14:00", 0),
        ("2026-03-04T14:00:00+14:00", 1),
        ("2026-03-04T13:00", 0),
        ("0m", 0),
        ("1w", 1),
        ("999999999w", 1),
    ],
)
def test_times_are_understood(reader: sqlite3.Connection, since: str, raises: int) -> None:
    assert len(ask(reader, "raised", {"since": since}, now=NOW).rows) == raises


@pytest.mark.parametrize(
    ("question", "values", "says"),
    [
        ("raised", {"since": "nonsense"}, "since: 'nonsense' is neither"),
        ("raised", {"since": "90"}, "neither"),
        ("raised", {"since": "90x"}, "neither"),
        ("raised", {"since": "²d"}, "neither"),
        ("raised", {"since": "2026-13"}, "neither"),
        ("raised", {"since": "9" * 5000 + "d"}, "neither"),
        ("new", {"after": "first"}, "after: 'first' is not a whole number"),
        ("rising", {"days": "1.5"}, "days: '1.5' is not a whole number such as 7"),
        ("late", {"least_s": "9" * 40}, "least_s"),
    ],
)
def test_a_value_that_is_none_is_refused(reader: sqlite3.Connection, question: str, values: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=re.escape(says)):
        ask(reader, question, values, now=NOW)


def test_unknown_names_and_parameters_are_explained(reader: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match="no question is called 'raise'"):
        ask(reader, "raise")
    with pytest.raises(UsageError, match="it takes since, company"):
        ask(reader, "raised", {"until": "1d"})


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("delete from articles", "only reading"),
        ("update articles set title = 'x'", "only reading"),
        ("create table t (x)", "only reading"),
        ("create temp table t (x)", "only reading"),
        ("pragma journal_mode = delete", "only reading"),
        ("attach 'x.db' as x", "only reading"),
        ("vacuum into 'x.db'", "only reading"),
        ("select load_extension('x')", "only reading"),
        ("select zeroblob(900000000)", "only reading"),
        ("select replace(printf('%.*c', 900000, 'a'), 'a', printf('%.*c', 900000, 'b'))", "too large"),
        ("select 1; select 2", "one statement"),
        ("select * from nowhere", "no such table"),
        ("selec", "syntax error"),
        ("", "write a SELECT"),
    ],
)
def test_sql_may_only_read(reader: sqlite3.Connection, sql: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        run_sql(reader, sql)
    assert run_sql(reader, "select count(*) from articles").rows == ((3,),)


def test_sql_is_stopped_in_time(reader: sqlite3.Connection) -> None:
    started = time.monotonic()
    with pytest.raises(UsageError, match=r"took more than 0\.2 s"):
        run_sql(reader, "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c", seconds=0.2)
    assert time.monotonic() - started < 5


def test_answers_are_cut_and_say_so(reader: sqlite3.Connection) -> None:
    answer = run_sql(reader, "select id from articles order by id", limit=2)
    assert (answer.rows, answer.cut) == (((1,), (2,)), True)
    assert not run_sql(reader, "select id from articles", limit=3).cut


def test_full_text_can_be_asked_in_sql(reader: sqlite3.Connection) -> None:
    assert run_sql(reader, "select count(*) from articles_fts where articles_fts match 'haiphong'").rows == ((3,),)
