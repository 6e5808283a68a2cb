"""Every mistake of a rules file in one pass, each in its place and with what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from alerts.rules.model import RulesFile
from racewire.errors import ConfigError
from tests.alerts.workshop import rule, rules_from

MANY = """\
timezone = "Asia/Ho_Chi_Min"

[list.makers]
entities = ["lumora", "tesel"]

[[rule]]
id = "big-raise"
severity = "hgih"
when.figure = { rol = "raised", of = "@maker", usd = "=> 50M" }
send = { to = ["mee"], once_per = "storey" }

[[rule]]
id = "big-raise"
when.entity = "Tessel Works"
when.together = { entities = ["lumora", "lumora"] }
send = { to = "me", digest = "8:00" }

[[rule]]
id = "sql"
when.sql = "delete from stories"
send = { to = "me" }
"""


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        rules_from(folder, text)
    return [f"{p.line}:{p.column} {p.message} | {p.help}" for p in caught.value.problems]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    assert problems(tmp_path, MANY) == [
        "1:12 unknown time zone 'Asia/Ho_Chi_Min' | did you mean 'Asia/Ho_Chi_Minh'?",
        "4:23 unknown entity 'tesel' | did you mean 'tessel'?",
        "8:12 'severity' cannot be 'hgih' | did you mean 'high'?",
        "9:17 unknown key 'rol' in [rule.when.figure] | did you mean 'role'?",
        "9:38 unknown list '@maker' | did you mean '@makers'?",
        "9:54 '=> 50M' is not a comparison | write '>= 50M'",
        "10:16 unknown channel 'mee' | did you mean 'me'?",
        "10:35 'storey' is no rhythm | write 'story', 'entity/7d' or 'rule/1h'",
        "13:6 the id 'big-raise' is taken by the rule in line 7 | None",
        "14:15 unknown entity 'Tessel Works' | did you mean 'tessel'?",
        "15:41 'lumora' twice: a name cannot stand together with itself | None",
        "16:30 '8:00' is no time of day | write it like '08:00'",
        '20:12 this SELECT cannot be used: near "delete": syntax error | None',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (rule("when.entity = []"), "must not be empty"),
        (rule("when = {}"), "an empty condition would hold always"),
        (rule('when.any_of = [{ entity = "lumora" }, {}]'), "an empty condition would hold always"),
        (rule("when.figure = { usd = 50 }"), "50 is not a comparison"),
        (rule('when.figure = { role = "rasied" }'), "'role'"),
        (rule('when.together = { entities = ["lumora"] }'), "too short"),
        (
            rule('when.entity = "lumora"', send='to = ["me"], once_per = "entity/7d", again_when = "figure_changes"'),
            "goes with once_per",
        ),
        (rule('when.entity = "lumora"', send='to = ["me"], leave_out = ["already-sent"]'), "'leave_out' goes with 'digest'"),
        (rule('when.entity = "lumora"', send='to = ["me"], quiet = ["night"]'), "'night' is no part of a day"),
        (rule('when.lang = "vietnamese!"'), "is no language code"),
        (rule('when.entity = "lumora"', id="Big Raise"), "is no id"),
        (rule('when.entity = "@everyone"'), "unknown list '@everyone'"),
        (rule('when.entity = "makers"') + '[list.makers]\nentities = ["lumora"]', "unknown entity 'makers'"),
        ("[list.a]\nunion = ['b']\n[list.b]\nentities = ['@a']\n", "the list 'a' contains itself"),
        ("[list.a]\nmatch = {}\n", "an empty 'match' would be every entity"),
        ("[list.a]\n", "an empty list"),
        ("[list.a]\nunion = ['c']\n[list.b]\nentities = ['lumora']", "unknown list 'c'"),
    ],
)
def test_single_mistakes(tmp_path: Path, text: str, said: str) -> None:
    found = problems(tmp_path, text)
    assert any(said in problem for problem in found), found


def test_lists_take_names_properties_and_other_lists(tmp_path: Path) -> None:
    text = """
    [list.chips]
    match = { tag = "chip" }
    [list.all]
    entities = ["mirelle", "@llm"]
    union = ["chips"]
    [list.llm]
    match = { country = "cn", kind = "company", tag = "llm" }
    [list.nobody]
    match = { country = "SE" }
    """
    rules = rules_from(tmp_path, text + rule('when.entity = "@all"') + rule('when.entity = "@everything"', id="e"))
    assert rules.rules[0].anchor == frozenset({"mirelle", "lumora", "tessel", "norvik"})
    assert rules.rules[1].anchor is None
    assert [w.message for w in rules.warnings] == ["the list 'nobody' is empty: no tracked entity fits"]


def test_one_name_may_stand_without_brackets(tmp_path: Path) -> None:
    rules = rules_from(tmp_path, rule('when.figure = { role = "raised", of = "lumora" }', send='to = "me"'))
    assert rules.rules[0].rule.send.to == ("me",)
    assert rules.channels == {"me"}


def test_every_key_is_described_for_editors() -> None:
    schema = RulesFile.model_json_schema(by_alias=True)
    for name, table in schema["$defs"].items():
        assert table.get("description"), name
    sums = schema["$defs"]["FigureCondition"]["properties"]
    assert all(key in sums for key in ("usd", "eur", "cny", "vnd"))
    assert "Comparison" not in schema["$defs"]
