"""`racewire entity`: the user's file is changed as it was asked, and the archive is asked about names."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from racewire.entities import Gazetteer
from tests.cli.conftest import CONFIG, Run

CSV = "name,type,country,aliases,tags\nAcme AI,company,US,Acme Intelligence|艾克米,llm\nĐại Việt AI,company,VN,,\n"
OWN = '# mine\n[entity.acme-ai]\nname = "Acme AI"  # robots\naliases = ["Acme AI"]\n'


@pytest.fixture
def own(folder: Path) -> Path:
    """The config names a file of names."""
    (folder / "racewire.toml").write_text('entities = "entities.toml"\n' + CONFIG, "utf-8")
    (folder / "entities.toml").write_text(OWN, "utf-8")
    return folder / "entities.toml"


def found(run: Run, text: str) -> list[str]:
    return [mention["entity"] for mention in json.loads(run("mentions", text, "--json").out)]


class TestImport:
    def test_names_are_imported_and_found(self, run: Run, folder: Path) -> None:
        (folder / "own.csv").write_text(CSV, "utf-8")
        done = run("entity", "import", "own.csv")
        assert done.code == 0
        assert "added 2 in entities.toml: acme-ai, dai-viet-ai" in done.err
        assert 'racewire.toml names it now: entities = "entities.toml"' in done.err
        assert run("check").code == 0
        assert found(run, "艾克米 Đại Việt AI") == ["acme-ai", "dai-viet-ai"]
        before = (folder / "entities.toml").read_bytes()
        assert "2 as before" in run("entity", "import", "own.csv").err
        assert (folder / "entities.toml").read_bytes() == before

    def test_a_later_list_adds_what_is_new_and_keeps_what_was_written(self, run: Run, own: Path) -> None:
        (own.parent / "own.json").write_text(
            json.dumps([{"name": "Acme AI", "aliases": ["艾克米"]}, "Zorblatt Labs", "OpenAI", "zorblatt labs"]), "utf-8"
        )
        done = run("entity", "import", "own.json")
        assert done.code == 0
        assert f"added 1 in {own}: zorblatt-labs\nchanged 1 in {own}: acme-ai\n2 left out\n" in done.err
        assert "entry 3: 'OpenAI' is tracked already as 'openai'" in done.err
        assert own.read_text("utf-8") == (
            OWN.replace('"Acme AI"]', '"Acme AI", "艾克米"]')
            + '\n[entity.zorblatt-labs]\nname = "Zorblatt Labs"\naliases = ["Zorblatt Labs"]\n'
        )

    def test_one_wrong_row_keeps_all_out_unless_it_may_be_skipped(self, run: Run, own: Path) -> None:
        (own.parent / "own.csv").write_text("name,type\nZorblatt Labs,lab\nNimbus Grid,compny\n", "utf-8")
        done = run("entity", "import", "own.csv")
        assert (done.code, own.read_text("utf-8")) == (2, OWN)
        assert "line 3: unknown type 'compny'; did you mean 'company'?" in done.err
        assert "one row is wrong, so nothing was written" in done.err
        done = run("entity", "import", "own.csv", "--skip-bad")
        assert (done.code, done.err.splitlines()[-1]) == (0, "1 wrong")
        assert found(run, "Zorblatt Labs, Nimbus Grid") == ["zorblatt-labs"]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("nme\nx\n", "own.csv: the first line names no column 'name'; is 'nme' meant?"),
            ("name,type\nAcme,compny\n", "did you mean 'company'?"),
            ("name\nA,b\n", "line 2: more cells than columns"),
            ("name,drop\nAcme,Nothing\n", "'Nothing' is no name of 'acme'"),
            ("", "no column 'name', which has: nothing"),
        ],
    )
    def test_what_is_wrong_leaves_no_file(self, run: Run, folder: Path, text: str, said: str) -> None:
        (folder / "own.csv").write_text(text, "utf-8")
        done = run("entity", "import", "own.csv")
        assert done.code == 2
        assert said in done.err
        assert not list(folder.glob("*entities*"))
        assert (folder / "racewire.toml").read_text("utf-8") == CONFIG

    def test_a_dry_run_writes_nothing(self, run: Run, folder: Path) -> None:
        (folder / "own.txt").write_text("Zorblatt Labs\n", "utf-8")
        done = run("entity", "import", "own.txt", "--dry-run")
        assert (done.code, done.err) == (0, "would add 1 in entities.toml: zorblatt-labs\n")
        assert not list(folder.glob("*entities*"))

    def test_standard_input_and_another_file(self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"name;country\nZorblatt Labs;FR\n")))
        assert run("entity", "import", "-", "--to", "other.toml").code == 0
        assert "zorblatt-labs" in Gazetteer.load(folder / "other.toml")
        assert (folder / "racewire.toml").read_text("utf-8") == CONFIG

    def test_ten_thousand_names(self, run: Run, folder: Path) -> None:
        (folder / "own.csv").write_text("name\n" + "".join(f"Zorblatt Number {n}\n" for n in range(10_000)), "utf-8")
        assert run("entity", "import", "own.csv").code == 0
        assert found(run, "Zorblatt Number 77 bought Zorblatt Number 9999.") == ["zorblatt-number-77", "zorblatt-number-9999"]

    def test_a_file_with_a_mark_and_two_signs_at_each_end_of_line_stays_so(self, run: Run, own: Path) -> None:
        own.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
        own.chmod(0o640)
        assert run("entity", "add", "Acme AI", "--country", "US").code == 0
        assert own.read_bytes() == b"\xef\xbb\xbf" + (OWN + 'country = "US"\n').replace("\n", "\r\n").encode()
        assert own.stat().st_mode & 0o777 == 0o640

    def test_a_file_with_a_mistake_is_not_touched(self, run: Run, own: Path) -> None:
        own.write_text(OWN + 'type = "compny"\n', "utf-8")
        done = run("entity", "add", "Zorblatt")
        assert (done.code, own.read_text("utf-8")) == (2, OWN + 'type = "compny"\n')
        assert "entities.toml:5:8: error: unknown type 'compny'" in done.err

    @pytest.mark.parametrize("text", ['entity = { acme-ai = { name = "Acme AI" } }\n', 'entity.acme-ai.name = "Acme AI"\n'])
    def test_a_table_that_no_command_can_change_is_left_alone(self, run: Run, own: Path, text: str) -> None:
        own.write_text(text, "utf-8")
        done = run("entity", "add", "Acme AI", "--country", "US")
        assert (done.code, own.read_text("utf-8")) == (2, text)
        assert "change it by hand" in done.err


class TestEdit:
    def test_a_name_is_added_changed_switched_off_and_on(self, run: Run, own: Path) -> None:
        done = run("entity", "add", "Zorblatt", "--type", "lab", "--alias", "索布", "--ambiguous", "Zorb", "--context", "robot")
        assert (done.code, found(run, "索布 and Zorblatt")) == (0, ["zorblatt", "zorblatt"])
        assert run("entity", "add", "Zorblatt", "--alias", "Zorblatt Inc").code == 0
        assert found(run, "Zorblatt Inc") == ["zorblatt"]
        assert "says so already" in run("entity", "add", "Zorblatt", "--type", "lab").err
        before = own.read_text("utf-8")
        assert run("entity", "off", "索布", "百川智能", "zorblatt").code == 0
        assert found(run, "Zorblatt and 百川智能 and Tencent") == ["tencent"]
        assert run("entity", "on", "zorblatt", "baichuan").code == 0
        assert own.read_text("utf-8") == before
        assert before.startswith(OWN)

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            (("add", "OpenAI"), "racewire: 'OpenAI' is tracked already as 'openai'; give it that id to change it"),
            (("add", "X"), "'X' alone would match far too much"),
            (("add", "Zorblatt", "--type", "firm"), "unknown type 'firm'; one of: company, lab"),
            (("add", "Zorblatt", "--id", "Z 1"), "'Z 1' is no id"),
            (("off", "nvidea"), "'nvidea' is no tracked name, or that of several; did you mean 'nvidia'?"),
            (("on", "openai"), "'openai' is not switched off in"),
        ],
    )
    def test_what_cannot_be_done_is_said(self, run: Run, own: Path, command: tuple[str, ...], said: str) -> None:
        done = run("entity", *command)
        assert (done.code, own.read_text("utf-8")) == (2, OWN)
        assert said in done.err

    def test_a_rule_that_loses_its_name_is_told(self, run: Run, own: Path) -> None:
        rule = '[[rule]]\nid = "a"\ntitle = "A"\nwhen.entity = "acme-ai"\nsend = { to = ["me"] }\n'
        (own.parent / "rules.toml").write_text(rule, "utf-8")
        done = run("entity", "off", "Acme AI")
        assert (done.code, "`racewire check` shows where" in done.err) == (0, True)
        assert run("check").code == 2

    def test_the_line_that_waits_in_the_config_is_used(self, run: Run, folder: Path) -> None:
        config = '# entities = "entities.toml"   # yours\n' + CONFIG
        (folder / "racewire.toml").write_text(config, "utf-8")
        assert run("entity", "add", "Zorblatt").code == 0
        assert (folder / "racewire.toml").read_text("utf-8") == config.removeprefix("# ")

    def test_otherwise_the_config_gets_one_behind_its_first_keys(self, run: Run, folder: Path) -> None:
        assert run("entity", "add", "Zorblatt").code == 0
        text = (folder / "racewire.toml").read_text("utf-8")
        assert text == CONFIG.replace('rules = "rules.toml"\n', 'rules = "rules.toml"\nentities = "entities.toml"\n')


def test_mistakes_in_entities_toml_are_found_by_check(run: Run, own: Path) -> None:
    own.write_text('[entity.acme]\nname = "Acme"\ntype = "compny"\n', "utf-8")
    done = run("check")
    assert done.code == 2
    assert "entities.toml:3:8: error: unknown type 'compny'" in done.out
    assert "2 of 2 tests pass" in done.err


def test_list_by_property(run: Run) -> None:
    rows = json.loads(run("entity", "list", "--country", "CN", "--type", "company", "--json").out)
    assert rows
    assert {row["country"] for row in rows} == {"CN"}


def test_uncertain_mentions_are_shown_where_all_are_asked_for(run: Run) -> None:
    assert json.loads(run("mentions", "Harvey went home.", "--json").out) == []
    [row] = json.loads(run("mentions", "Harvey went home.", "--all", "--json").out)
    assert (row["entity"], row["certain"]) == ("harvey", False)
    assert "score" in run("mentions", "Harvey went home.", "--all").out


class TestLab:
    def test_try_shows_where_a_name_stands(self, run: Run, stored: Path) -> None:
        done = run("entity", "try", "Nobody")
        assert done.code == 0
        assert done.err.startswith("1 hit in 1 article: 1 spelt like that, 1 beside words of the field, 1 counts\n")
        assert "counts  raised money Baichuan raised $50 million in a seed round. [Nobody] said more." in done.out
        assert '[entity.nobody]\nname = "Nobody"\naliases = ["Nobody"]' in done.out
        [row] = json.loads(run("entity", "try", "Nobody", "--json").out)
        assert (row["surface"], row["near_field"], row["certain"]) == ("Nobody", True, True)
        assert row["url"] == "https://alpha.example/1"

    def test_try_says_whose_a_name_is(self, run: Run, stored: Path) -> None:
        done = run("entity", "try", "百川智能")
        assert "it is a name of 'baichuan' already" in done.err
        assert "zh counts  [百川智能]" in done.out

    def test_try_without_a_hit_or_a_name(self, run: Run, stored: Path) -> None:
        done = run("entity", "try", "Zorblatt")
        assert (done.code, done.out, done.err) == (1, "", "no hit: nothing can be said of it\n")
        assert run("entity", "try", " ").code == 2
        assert "racewire mentions --all" in run("entity", "try", "word " * 60).err

    def test_discover_names_who_is_not_tracked(self, run: Run, stored: Path) -> None:
        assert run("entity", "discover", "--json").out == "[]\n"
        with closing(sqlite3.connect(stored / "wire.db")) as connection, connection:
            connection.execute("update figures set recipient = null, recipient_name = 'Acme AI'")
        [row] = json.loads(run("entity", "discover", "--json").out)
        assert (row["name"], row["articles"], row["raises"], row["usd"]) == ("Acme AI", 1, 1, 50_000_000)
        assert (row["beside"], row["url"]) == (["baichuan"], "https://alpha.example/1")
        assert "racewire entity add NAME" in run("entity", "discover").err

    @pytest.mark.parametrize("command", [("try", "Acme"), ("discover",)])
    def test_without_an_archive_there_is_one_clear_sentence(self, run: Run, command: tuple[str, ...]) -> None:
        done = run("entity", *command)
        assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
        assert "there is no database at" in done.err
