"""A user's list of names: what is read from CSV, JSON and plain lists, and that the result loads."""

from __future__ import annotations

from pathlib import Path

import pytest

from racewire.entities import Gazetteer
from racewire.entities.importing import import_file, import_text, slug, to_toml
from racewire.errors import UsageError


def test_csv_with_lists_in_a_field() -> None:
    got = import_text("name,country,tags,aliases,ambiguous\nQuillon AI,US,llm|chips,Quillon AI|奇隆智能,Quillon\n", "csv")
    assert got.problems == ()
    assert got.rows[0].id == "quillon-ai"
    assert got.rows[0].values["aliases"] == ("Quillon AI", "奇隆智能")
    assert got.rows[0].values["tags"] == ("llm", "chips")


def test_json_of_objects_and_of_plain_names() -> None:
    assert [row.id for row in import_text('[{"name": "Quillon", "aliases": ["Quillon Inc"]}, "Nimbus Grid"]', "json").rows] == [
        "quillon",
        "nimbus-grid",
    ]


def test_one_name_a_line() -> None:
    assert [row.values["name"] for row in import_text("# mine\nQuillon\n\nNimbus  Grid\n", "txt").rows] == [
        "Quillon",
        "Nimbus Grid",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,country\nQuillon,USA\n", "2: 'USA' is no country code of two capitals"),
        ("name,type\nQuillon,firm\n", "2: unknown type 'firm'"),
        ("id,name\nq,Quillon\nq,Other\n", "3: the id 'q' came before"),
        ("name,country\n,US\n", "2: no name"),
        ("name,wikidata\nQuillon,95\n", "2: '95' is no Wikidata id"),
    ],
)
def test_a_bad_row_is_left_out_and_told(text: str, problem: str) -> None:
    assert import_text(text, "csv").problems == (problem,)


def test_ids_do_not_clash_with_known_ones() -> None:
    assert [row.id for row in import_text("OpenAI\nOpenAI\n", "txt", taken={"openai"}).rows] == ["openai-2", "openai-3"]


@pytest.mark.parametrize(
    ("name", "id"),
    [("Zhipu AI (Z.ai)", "zhipu-ai-z-ai"), ("Đại học Bách Khoa", "dai-hoc-bach-khoa"), ("百川", "767e-5ddd"), ("!!", "unnamed")],
)
def test_slugs(name: str, id: str) -> None:
    assert slug(name) == id


def test_what_was_imported_loads_and_is_found(tmp_path: Path) -> None:
    source = tmp_path / "names.csv"
    source.write_text('name,type,aliases\n"Quillon ""Q"" Labs",lab,Quillon Labs|奇隆实验室\n', encoding="utf-8")
    target = tmp_path / "entities.toml"
    target.write_text(to_toml(import_file(source).rows), encoding="utf-8")
    gazetteer = Gazetteer.load(target)
    assert [m.entity for m in gazetteer.find("奇隆实验室 and Quillon Labs meet OpenAI")] == [
        "quillon-q-labs",
        "quillon-q-labs",
        "openai",
    ]


def test_an_unreadable_file_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        import_file(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="no JSON"):
        import_text("{", "json")
