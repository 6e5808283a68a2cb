"""A user's list of names: what is read from CSV, JSON and plain lists, and what is said of rows that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from racewire.entities.importing import import_bytes, import_file, import_text, slug
from racewire.errors import UsageError


def names(text: str, kind: str | None = None) -> list[object]:
    return [row.values["name"] for row in import_bytes(text.encode(), kind).rows]  # type: ignore[arg-type]


def test_csv_with_lists_in_a_cell() -> None:
    [row] = import_text(
        "name,country,tags,aliases,ambiguous\nQuillon AI,us,llm|chips,Quillon AI | 奇隆智能|,Quillon\n", "csv"
    ).rows
    assert (row.where, row.id) == ("line 2", None)
    assert row.values == {
        "name": "Quillon AI",
        "country": "US",
        "tags": ("llm", "chips"),
        "aliases": ("Quillon AI", "奇隆智能"),
        "ambiguous": ("Quillon",),
    }


@pytest.mark.parametrize(
    "text",
    [
        "name;country\nQuillon, Inc.;US\n",
        "Country\tNAME \r\nUS\tQuillon, Inc.\r\n",
        '\ufeffname,country\r\n"Quillon, Inc.",US\r\n\r\n',
    ],
)
def test_csv_as_spreadsheets_write_it(text: str) -> None:
    for content in (text.encode(), text.removeprefix("\ufeff").encode("utf-16")):
        [row] = import_bytes(content, "csv").rows
        assert row.values == {"name": "Quillon, Inc.", "country": "US"}


def test_json_of_objects_of_names_and_of_both() -> None:
    both = '[{"name": "Quillon", "aliases": ["Quillon Inc"], "tags": "llm|chips"}, "Nimbus Grid"]'
    first, second = import_text(both, "json").rows
    assert first.values == {"name": "Quillon", "aliases": ("Quillon Inc",), "tags": ("llm", "chips")}
    assert (second.where, second.values) == ("entry 2", {"name": "Nimbus Grid"})
    assert names('{"name": "Quillon"}\n{"name": "Nimbus Grid"}\n', "json") == ["Quillon", "Nimbus Grid"]


def test_one_name_a_line() -> None:
    assert names("# mine\nQuillon\n\nNimbus  Grid\r\n", "txt") == ["Quillon", "Nimbus Grid"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('["Quillon"]', ["Quillon"]),
        ("id,name\nq,Quillon\n", ["Quillon"]),
        ("Quillon, Inc.\nNimbus\n", ["Quillon, Inc.", "Nimbus"]),
    ],
)
def test_the_kind_is_seen_where_nobody_names_it(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_columns_that_mean_nothing_here_are_told_once() -> None:
    imported = import_text("name,website\nQuillon,q.example\nNimbus Grid,n.example\n", "csv")
    assert (len(imported.rows), imported.unread) == (2, ("website",))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,country\nQuillon,USA\n", "line 2: 'USA' is no country code of two letters (ISO 3166-1)"),
        ("name,type\nQuillon,compny\n", "line 2: unknown type 'compny'; did you mean 'company'?"),
        ("name,country\n,US\n", "line 2: no name"),
        ("name,wikidata\nQuillon,95\n", "line 2: '95' is no Wikidata id (Q and a number)"),
        ("id,name\nQ 1,Quillon\n", "line 2: 'Q 1' is no id: lower-case ASCII letters, digits and single hyphens"),
        ('name\n"Qu\nillon"\nA,B\n', 'line 4: more cells than columns; a name that holds the separator stands in "quotes"'),
        ("name\nQ\n", "line 2: 'Q' alone would match far too much: give the name in full, or list 'Q' under 'ambiguous'"),
        ("name\n京\n", "line 2: '京' alone would match far too much: give the name in full, or list '京' under 'ambiguous'"),
        (
            "name\nChatbot\n",
            "line 2: 'Chatbot' alone would match far too much: give the name in full, or list 'Chatbot' under 'ambiguous'",
        ),
        ("name,aliases\nQuillon,Qu|!\n", "line 2: '!' alone would match far too much: give the name in full, or list '!' under"),
        ("name\nQuil\x00lon\n", "line 2: name: it has control characters"),
        (f"name\n{'Quillon' * 30}\n", "line 2: name: longer than 200 characters"),
    ],
)
def test_a_wrong_row_is_left_out_and_told(text: str, problem: str) -> None:
    imported = import_text(text + "Nimbus Grid\n" if text.startswith("name\n") else text, "csv")
    assert [told[: len(problem)] for told in imported.problems] == [problem]
    assert [row.values["name"] for row in imported.rows if row.values["name"] != "Qu illon"] in ([], ["Nimbus Grid"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[{"name": {"en": "Quillon"}}]', "entry 1: name: this is no text"),
        ('[{"name": "Quillon", "aliases": [["Q"]]}]', "entry 1: aliases: this is neither text nor a list of texts"),
        ('[{"name": "Quillon", "tags": true}]', "entry 1: tags: this is neither text nor a list of texts"),
        ('[{"name": "Quillon \\ud800"}]', "entry 1: name: it has control characters"),
        ('[{"aliases": ["Quillon"]}]', "entry 1: no name"),
    ],
)
def test_json_values_of_the_wrong_shape(text: str, problem: str) -> None:
    assert import_text(text, "json").problems == (problem,)


@pytest.mark.parametrize(
    ("name", "fine"), [("AI", False), ("The", False), ("MS", True), ("UP", True), ("芯片", False), ("小米", True)]
)
def test_words_of_the_trade_and_of_grammar_are_no_names(name: str, fine: bool) -> None:
    assert bool(import_text(f"name\n{name}\n", "csv").rows) is fine


def test_a_letter_alone_may_be_ambiguous() -> None:
    imported = import_text("name,ambiguous\nQ,Q\n", "csv")
    assert (imported.problems, imported.rows[0].values["ambiguous"]) == ((), ("Q",))


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (b"nmae,country\nQuillon,US\n", "csv", "no column 'name'; is 'nmae' meant?"),
        (b"", "csv", "no column 'name', which has: nothing"),
        (b"name,alias\nQuillon,Q\n", "csv", "line 2: unknown column 'alias'; did you mean 'aliases'?"),
        (b"name,name\nQuillon,Q\n", "csv", "the column 'name' is there twice"),
        (b'name\n"Quillon\n', "csv", "line 2: this is no CSV"),
        (b"name\n" + b"Q" * 200_000, "csv", "line 2: this is no CSV: field larger"),
        (b"name\nCaf\xe9\n", "csv", "line 2 is no UTF-8 text"),
        (b"\xff\xfea", "txt", "line 1 is no UTF-16 text"),
        (b"{", "json", "this is no JSON"),
        (b'{"name": "Quillon"}', "json", "the JSON must be a list of names"),
        (b"[1]", "json", "entry 1 is neither a name nor an object"),
        (b"[" * 100_000, "json", "nested too deep"),
        (b"x\n" * 200_001, "txt", "line 200001: a list may have 200000 names"),
    ],
)
def test_a_list_that_cannot_be_read_is_said_to_be_so(content: bytes, kind: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        import_bytes(content, kind)  # type: ignore[arg-type]
    assert said in str(caught.value)


def test_a_file_is_named_in_what_is_said_of_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*none\.csv: no such file"):
        import_file(tmp_path / "none.csv")
    (tmp_path / "names.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(UsageError, match=r"names\.json: entry 1"):
        import_file(tmp_path / "names.json")


@pytest.mark.parametrize(
    ("name", "id"),
    [("Zhipu AI (Z.ai)", "zhipu-ai-z-ai"), ("Đại học Bách Khoa", "dai-hoc-bach-khoa"), ("百川", "767e-5ddd"), ("!!", "unnamed")],
)
def test_slugs(name: str, id: str) -> None:
    assert slug(name) == id
