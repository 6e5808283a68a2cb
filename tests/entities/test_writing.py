"""The user's file is changed where it is meant, and nowhere else."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.entities.writing import to_toml, with_values, without
from racewire.errors import UsageError

FILE = """\
# my names

[entity.acme]   # the robots
name = "Acme AI"  # for short
aliases = [
  "Acme AI",  # in Latin letters
  '艾克米',
]
country = "US"

[entity."beta-labs"]
off = true
[entity.beta-labs.within]
"Beta" = ["beta version"]
"""


def test_a_text_is_replaced_and_items_are_added_in_their_place() -> None:
    got = with_values(FILE, {"acme": {"country": "FR", "aliases": ("ACME", 'A"B'), "tags": ("llm",)}, "beta-labs": {"name": "β"}})
    assert got == FILE.replace('"US"', '"FR"\ntags = ["llm"]').replace("'艾克米'", '\'艾克米\', "ACME", "A\\"B"').replace(
        "off = true", 'off = true\nname = "β"'
    )


def test_a_key_goes_behind_the_last_one_or_before_it_where_that_takes_several_lines() -> None:
    file = '[entity.a]\nname = "A"\naliases = [\n  "A",\n]\n\n[entity.b]\n# nothing yet\n'
    assert with_values(file, {"a": {"off": True}, "b": {"off": True}}) == file.replace("aliases", "off = true\naliases").replace(
        "[entity.b]", "[entity.b]\noff = true"
    )


def test_a_line_is_taken_out_and_the_table_with_it_where_nothing_else_is_in_it() -> None:
    assert without(FILE, "beta-labs", "off") == FILE.replace("off = true\n", "")
    assert without('[entity.a]\noff = true\n\n[entity.b]\nname = "B"\n', "a", "off") == '\n[entity.b]\nname = "B"\n'
    assert without('[entity.b]\nname = "B"\n\n[entity.a]\noff = true\n', "a", "off") == '[entity.b]\nname = "B"\n'
    assert without("[entity.a]\noff = true\n", "a", "off") == ""


@pytest.mark.parametrize(
    "file", ['entity = { a = { name = "A" } }\n', 'entity.a.name = "A"\n', '[entity.a.within]\nA = ["AB"]\n']
)
def test_a_table_without_a_head_of_its_own_is_left_to_its_writer(file: str) -> None:
    with pytest.raises(UsageError, match=r"line 1: 'a' has no table of its own"):
        with_values(file, {"a": {"off": True}})


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
values = st.fixed_dictionaries(
    {"name": words}, optional={"country": words, "tags": st.lists(words, min_size=1, max_size=3).map(tuple)}
)


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c-d"]), values, min_size=1), st.dictionaries(words, st.lists(words, min_size=1))
)
def test_what_is_written_is_what_toml_reads(tables: dict[str, dict[str, object]], within: dict[str, list[str]]) -> None:
    read = tomllib.loads(to_toml(tables, within))["entity"]
    for id, table in tables.items():
        plain = {key: list(value) if isinstance(value, tuple) else value for key, value in table.items()}
        assert read[id] == {**plain, **({"within": within} if within else {})}


@given(values, values)
def test_what_is_changed_is_what_toml_reads(before: dict[str, object], news: dict[str, object]) -> None:
    read = tomllib.loads(with_values(to_toml({"a": before, "b": {"name": "B"}}), {"a": news}))["entity"]
    expected = {**before, **news}
    if "tags" in expected:
        expected["tags"] = [*before.get("tags", ()), *news.get("tags", ())]  # type: ignore[misc]
    assert read == {"a": expected, "b": {"name": "B"}}
