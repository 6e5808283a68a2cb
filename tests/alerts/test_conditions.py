"""On what a rule fires: one line a case, the rule's condition first, then what the article holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.rules.ruleset import RuleSet, matching
from racewire.archive import open_archive
from racewire.model import Added, Record
from tests.alerts.workshop import START, article, desk, money, rule, rules_from

RAISED = "Lumora raised $50 million from Harbor Fund."


def raised(amount: float | None = 50e6, currency: str | None = "USD", **more: Any) -> Record:
    return article(
        RAISED, money(RAISED, "$50 million", amount, currency, **{"recipient": "lumora", "payer": "harbor-fund", **more})
    )


CASES: list[tuple[str, str, Record, bool]] = [
    ("role and party", 'when.figure = { role = "raised", of = "lumora" }', raised(), True),
    ("another role", 'when.figure = { role = "revenue", of = "lumora" }', raised(), False),
    ("one of several roles", 'when.figure = { role = ["revenue", "raised"] }', raised(), True),
    ("another party", 'when.figure = { role = "raised", of = "tessel" }', raised(), False),
    ("a party on a list", 'when.figure = { of = "@makers" }', raised(), True),
    ("any party", 'when.figure = { of = "@everything" }', raised(), True),
    ("no party known", 'when.figure = { of = "@everything" }', raised(recipient=None), False),
    ("the payer", 'when.figure = { by = "harbor-fund" }', raised(), True),
    ("the payer is not the receiver", 'when.figure = { by = "lumora" }', raised(), False),
    ("a fine is of who pays it", 'when.figure = { role = "fine", of = "lumora" }', raised(role="fine", recipient=None, payer="lumora"), True),
    ("at the limit", 'when.figure = { usd = ">= 50M" }', raised(), True),
    ("beyond the limit", 'when.figure = { usd = "> 50M" }', raised(), False),
    ("exactly", 'when.figure = { usd = "== 50M" }', raised(), True),
    ("below", 'when.figure = { usd = "< 60M" }', raised(), True),
    ("a range", 'when.figure = { usd = "40M..60M" }', raised(), True),
    ("outside a range", 'when.figure = { usd = "60M..90M" }', raised(), False),
    ("an interval reaches the limit", 'when.figure = { usd = ">= 50M" }', raised(low=40e6, usd_low=40e6), True),
    ("up to the limit", 'when.figure = { usd = ">= 50M" }', raised(low=None, usd_low=None, bound="at_most"), True),
    ("more than less", 'when.figure = { usd = ">= 60M" }', raised(high=None, usd_high=None, bound="at_least"), False),
    ("cannot be converted", 'when.figure = { role = "raised", usd = ">= 50M" }', raised(900, "XAF"), True),
    ("nothing to convert", 'when.figure = { role = "raised", usd = ">= 50M" }', raised(None, "XAF"), False),
    ("written in that currency", 'when.figure = { cny = ">= 300M" }', raised(300e6, "CNY"), True),
    ("written in another", 'when.figure = { cny = ">= 1M" }', raised(), False),
    ("the round", 'when.figure = { round = "seed" }', raised(round="seed"), True),
    ("no round", 'when.figure = { round = "seed" }', raised(), False),
    ("planned", 'when.figure = { role = "raised" }', raised(certainty="planned"), True),
    ("denied", 'when.figure = { role = "raised" }', raised(certainty="denied"), False),
    ("denied, asked for", 'when.figure = { role = "raised", certainty = "denied" }', raised(certainty="denied"), True),
    ("only what is stated", 'when.figure = { role = "raised", certainty = "stated" }', raised(certainty="planned"), False),
    ("a total so far", 'when.figure = { role = "raised" }', raised(cumulative=True), False),
    ("a total so far, asked for", 'when.figure = { role = "raised", cumulative = true }', raised(cumulative=True), True),
    ("no figure", 'when.figure = { role = "raised" }', article("Lumora raised its voice."), False),
    ("a name", 'when.entity = "lumora"', article("A day with Lumora."), True),
    ("another name", 'when.entity = "tessel"', article("A day with Lumora."), False),
    ("an uncertain name", 'when.entity = "lumora"', article("A day with Lumora.", uncertain=("lumora",)), False),
    ("any name", 'when.entity = "@everything"', article("A day with Norvik."), True),
    ("no name", 'when.entity = "@everything"', article("A day at sea."), False),
    ("one sentence", 'when.together = { entities = ["lumora", "norvik"] }', article("Lumora met Norvik."), True),
    ("two sentences", 'when.together = { entities = ["lumora", "norvik"] }', article("Lumora came. Norvik went."), False),
    ("one paragraph", 'when.together = { entities = ["lumora", "norvik"], within = "paragraph" }', article("Lumora came. Norvik went."), True),
    ("two paragraphs", 'when.together = { entities = ["lumora", "norvik"], within = "paragraph" }', article("Lumora came.\nNorvik went."), False),
    ("one article", 'when.together = { entities = ["lumora", "norvik"], within = "article" }', article("Lumora came.\nNorvik went."), True),
    ("one name for two lists", 'when.together = { entities = ["@makers", "@makers"] }', article("Lumora and Lumora."), False),
    ("two names of one list", 'when.together = { entities = ["@makers", "@makers"] }', article("Lumora and Tessel Works."), True),
    ("all keys", 'when.entity = "lumora"\nwhen.figure = { usd = ">= 50M" }', raised(), True),
    ("all but one key", 'when.entity = "norvik"\nwhen.figure = { usd = ">= 50M" }', raised(), False),
    ("one alternative", 'when.any_of = [{ entity = "norvik" }, { figure = { usd = ">= 50M" } }]', raised(), True),
    ("no alternative", 'when.any_of = [{ entity = "norvik" }, { figure = { usd = ">= 60M" } }]', raised(), False),
    ("a key and alternatives", 'when.lang = "de"\nwhen.any_of = [{ entity = "lumora" }]', raised(), False),
    ("the language", 'when.entity = "lumora"\nwhen.lang = ["de", "en-GB"]', raised(), True),
    ("unless", 'when.entity = "lumora"\nunless.entity = "harbor-fund"', raised(), False),
    ("unless another", 'when.entity = "lumora"\nunless.entity = "norvik"', raised(), True),
    ("unless a figure", 'when.entity = "lumora"\nunless.figure = { role = ["price", "raised"] }', raised(), False),
    ("one of two exceptions", 'when.entity = "lumora"\nunless.entity = "norvik"\nunless.lang = "en"', raised(), False),
    ("SQL", "when.sql = \"select story_id from articles where title like '%Lumora%' -- mine\"", raised(), True),
    ("SQL that finds nothing", 'when.sql = "select story_id from articles where id < 0"', raised(), False),
]  # fmt: skip
LISTS = '[list.makers]\nentities = ["lumora", "tessel"]\n'


@pytest.mark.parametrize(("says", "when", "record", "fires"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_fires_on(says: str, when: str, record: Record, fires: bool, tmp_path: Path) -> None:
    here = desk(tmp_path, LISTS + rule(when))
    assert bool(here.add(record, source_id=None)) is fires


@pytest.mark.parametrize(
    ("conflict", "fires"),
    [
        ('{ ratio = ">= 1.2", sources = ">= 2" }', True),
        ('{ role = "raised", of = "lumora" }', True),
        ('{ of = "@everything" }', True),
        ('{ of = "norvik" }', False),
        ('{ ratio = ">= 2" }', False),
        ('{ sources = ">= 3" }', False),
    ],
)
def test_sources_that_disagree(conflict: str, fires: bool, tmp_path: Path) -> None:
    here = desk(tmp_path, rule(f"when.conflict = {conflict}"))
    for paper, amount in (("alpha", 50e6), ("beta", 80e6)):
        text = f"Lumora raised ${amount / 1e6:g} million from Harbor Fund for a second centre by the coast, two people said on Monday."
        figure = money(text, f"${amount / 1e6:g} million", amount, recipient="lumora")
        here.add(article(text, figure, url=f"https://{paper}.example/lumora", title="Lumora raises money"), source_id=paper)
    assert len(here.rows("select distinct story_id from articles")) == 1
    assert bool(here.rows("select * from alerts")) is fires


def test_the_source_of_an_article(tmp_path: Path) -> None:
    here = desk(
        tmp_path,
        rule('when.entity = "lumora"\nwhen.source = "alpha"') + rule('when.entity = "lumora"\nunless.source = "alpha"', id="s"),
    )
    here.add(article("Lumora is here today."), source_id="alpha")
    assert [row["rule_id"] for row in here.rows("select rule_id from alerts")] == ["r"]


def test_a_rule_whose_sql_fails_at_run_time_stops_nobody(tmp_path: Path) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as story_id from n where i < 0"
    here = desk(tmp_path, rule(f'when.sql = "{endless}"', id="endless") + rule('when.entity = "lumora"'))
    assert len(here.add(article("Lumora is here today."))) == 1
    here.add(article("Lumora and Norvik, a quite different matter of the next day."))
    events = here.rows("select kind, message from events where kind = 'rule-failed'")
    assert len(events) == 1
    assert "endless" in events[0]["message"]
    assert here.rows("pragma integrity_check")[0]["integrity_check"] == "ok"


@pytest.mark.parametrize(
    ("select", "trouble"),
    [
        ("select id as story_id from stories", None),
        ("select story_id from figures f join articles a on a.id = f.article_id where f.role = 'price' group by 1", None),
        ("with x as (select 1 as story_id) select * from x", None),
        ("select rowid as story_id from articles_fts where articles_fts match 'lumora'", None),
        ("select id from stories", "no column story_id"),
        ("update stories set headline = 'x'", "syntax error"),
        ("select 1 as story_id) q; drop table stories; --", ""),
        ("select key as story_id from rw_meta", "not public"),
        ("select sql as story_id from sqlite_master", "not public"),
        ("select load_extension('x') as story_id", "not allowed"),
        ("select zeroblob(1000000000) as story_id", "not allowed"),
        ("select story_id from nowhere", "no such table"),
        ("pragma table_info(stories)", "syntax error"),
        ("select 1 as story_id; select 2", ""),
    ],
)
def test_what_a_select_may_do(select: str, trouble: str | None) -> None:
    from alerts.rules.sandbox import check_select

    found = check_select(select)
    assert (found is None) if trouble is None else (found is not None and trouble in found)


# -- the index of rules hides nothing -----------------------------------------------------------------------------------------------
IDS = ["lumora", "tessel", "norvik", "harbor-fund", "mirelle"]
WORDS = {
    "lumora": "Lumora",
    "tessel": "Tessel Works",
    "norvik": "Norvik",
    "harbor-fund": "Harbor Fund",
    "mirelle": "Mirelle Okono",
}
ids = st.sampled_from(IDS)
leaves = st.one_of(
    st.builds(lambda one: f'entity = "{one}"', ids),
    st.builds(lambda role, one: f'figure = {{ role = "{role}", of = "{one}" }}', st.sampled_from(["raised", "revenue"]), ids),
    st.builds(lambda one: f'figure = {{ by = "{one}" }}', ids),
    st.lists(ids, min_size=2, max_size=2, unique=True).map(lambda two: f'together = {{ entities = ["{two[0]}", "{two[1]}"] }}'),
    st.just('lang = "en"'),
)
whens = st.one_of(
    leaves.map(lambda leaf: f"when.{leaf}"),
    st.lists(leaves, min_size=1, max_size=3).map(
        lambda many: "when.any_of = [" + ", ".join(f"{{ {leaf} }}" for leaf in many) + "]"
    ),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    conditions=st.lists(whens, min_size=1, max_size=6),
    named=st.lists(ids, max_size=4),
    sums=st.lists(st.tuples(st.sampled_from(["raised", "revenue"]), st.none() | ids, st.none() | ids), max_size=3),
)
def test_no_rule_that_holds_is_overlooked(
    tmp_path: Path, conditions: list[str], named: list[str], sums: list[tuple[str, str | None, str | None]]
) -> None:
    rules = rules_from(tmp_path, "".join(rule(when, id=f"r{number}") for number, when in enumerate(conditions)))
    text = (
        " and ".join([*(WORDS[name] for name in named), "others"])
        + "."
        + "".join(f" It had ${n + 1} million." for n in range(len(sums)))
    )
    figures = [money(text, f"${n + 1} million", 1e6, role=role, recipient=of, payer=by) for n, (role, of, by) in enumerate(sums)]
    with open_archive(":memory:") as archive:
        archive.add([article(text, *figures)], now=START, then=lambda c, added: _same(rules, c, added))


def _same(rules: RuleSet, connection: Any, added: list[Added]) -> None:
    article_ids = [one.article_id for one in added]
    woken = {one.id for one, candidates in rules._candidates(connection, article_ids) if candidates}
    for one in rules.rules:
        if matching(connection, one, article_ids):
            assert one.id in woken, one.where


def test_a_thousand_rules_do_not_cost_a_thousand_queries(tmp_path: Path) -> None:
    """An article wakes only the rules that ask for somebody it names and for a role it has."""
    sleeping = [rule(f'when.figure = {{ role = "raised", of = "lumora", usd = ">= {n + 1}M" }}', id=f"a{n}") for n in range(500)]
    sleeping += [rule(f'when.entity = "mirelle"\nwhen.source = "s{n}"', id=f"c{n}") for n in range(500)]
    here = desk(tmp_path, "".join(sleeping) + rule('when.entity = "lumora"', id="awake"))
    statements: list[str] = []

    def then(connection: sqlite3.Connection, added: list[Added]) -> None:
        connection.set_trace_callback(statements.append)
        here.rules.evaluate(connection, [one.article_id for one in added], now=START)
        connection.set_trace_callback(None)

    here.archive.add([article("Lumora opened a school for 200 children in the hills.")], now=START, then=then)
    assert [row["rule_id"] for row in here.rows("select rule_id from alerts")] == ["awake"]
    assert len(statements) < 40
