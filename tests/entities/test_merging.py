"""How the rows of a list fit what is tracked already."""

from __future__ import annotations

from collections.abc import Mapping

from racewire.entities import Alias, Entity, Gazetteer
from racewire.entities.importing import Row
from racewire.entities.merging import Plan, plan

OPENAI = Entity("openai", "OpenAI", "company", aliases=(Alias("OpenAI"), Alias("Sora lab", trust=0.3)))
OWN: Mapping[str, Mapping[str, object]] = {"quillon": {"name": "Quillon AI", "country": "US", "aliases": ["Quillon AI"]}}
TRACKED = Gazetteer([OPENAI, Entity("quillon", "Quillon AI", "company", "US", aliases=(Alias("Quillon AI"),))])


def planned(*rows: Mapping[str, str | tuple[str, ...]]) -> Plan:
    """The plan for rows, each with its id under "id"."""
    made = []
    for number, row in enumerate(rows, 1):
        values = {key: value for key, value in row.items() if key != "id"}
        made.append(Row(f"line {number}", str(row["id"]) if "id" in row else None, values))
    return plan(made, OWN, TRACKED)


def test_a_new_name_gets_an_id_and_is_its_own_alias() -> None:
    assert planned({"name": "Nimbus Grid", "aliases": ("Nimbus",)}).added == {
        "nimbus-grid": {"name": "Nimbus Grid", "aliases": ("Nimbus Grid", "Nimbus")}
    }
    assert planned({"name": "Nimbus", "ambiguous": ("Nimbus",)}).added == {"nimbus": {"name": "Nimbus", "ambiguous": ("Nimbus",)}}


def test_an_id_that_is_taken_gets_a_number() -> None:
    got = planned({"name": "Stratus"}, {"name": "Stratus!"}, {"id": "stratus-2", "name": "Other Stratus"})
    assert {id: values["name"] for id, values in got.added.items()} == {
        "stratus": "Stratus",
        "stratus-2": "Other Stratus",
        "stratus-3": "Stratus!",
    }


def test_a_name_in_the_file_adds_what_is_new() -> None:
    got = planned({"name": "QUILLON AI", "country": "FR", "aliases": ("Quillon AI", "奇隆智能")})
    assert got.changed == {"quillon": {"name": "QUILLON AI", "country": "FR", "aliases": ("奇隆智能",)}}
    assert planned({"name": "Quillon AI", "country": "US"}) == Plan({}, {}, 1, (), ())


def test_a_name_that_is_tracked_otherwise_is_left_out_unless_its_id_is_given() -> None:
    got = planned({"name": "openai"})
    assert (got.added, got.left_out) == ({}, ("line 1: 'openai' is tracked already as 'openai'; give it that id to change it",))
    got = planned({"id": "openai", "name": "OpenAI", "aliases": ("Sora lab", "OAI")})
    assert got.added == {"openai": {"name": "OpenAI", "aliases": ("OAI",)}}  # what is known keeps its marks
    again = plan([Row("", "openai", {"name": "OpenAI", "aliases": ("Sora lab",)})], {"openai": {"name": "OpenAI"}}, TRACKED)
    assert again.same == 1


def test_what_comes_twice() -> None:
    got = planned({"name": "Nimbus Grid"}, {"name": "nimbus grid"})
    assert (list(got.added), got.left_out) == (["nimbus-grid"], ("line 2: 'nimbus grid' came before, at line 1",))
    got = planned({"id": "n", "name": "Nimbus Grid"}, {"id": "n", "name": "Other Grid"}, {"name": "Nimbus Grid"})
    assert got.problems == ("line 2: 'n' came before, at line 1",)
    assert got.left_out == ("line 3: 'Nimbus Grid' came before, at line 1",)


def test_a_parent_must_be_known_or_in_the_list() -> None:
    got = planned({"name": "Nimbus Grid", "parent": "stratus"}, {"id": "stratus", "name": "Stratus Corp", "parent": "opnai"})
    assert list(got.added) == ["nimbus-grid"]
    assert got.problems == ("line 2: parent: unknown entity 'opnai'; did you mean 'openai'?",)
