"""`check` and `init`: both files, all mistakes, the rules' own tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import CONFIG, RULES, Run
from tests.config.marks import marks

FILES = Path(__file__).parents[1] / "config" / "files"


def test_good_files(run: Run) -> None:
    done = run("check")
    assert (done.code, done.out) == (0, "")
    assert done.err == "racewire.toml ok · rules.toml ok · 2 of 2 tests pass\n"


def test_both_files_are_looked_at_whatever_is_in_the_other(run: Run, folder: Path) -> None:
    (folder / "racewire.toml").write_text(CONFIG.replace("contact", "contakt"), "utf-8")
    (folder / "rules.toml").write_text(RULES.replace('"desk"', '"dsk"').replace('role = "raised"', 'role = "rised"'), "utf-8")
    done = run("check")
    assert done.code == 2
    assert re.findall(r"^(\w+\.toml:\d+:\d+): error", done.out, re.M) == [
        "racewire.toml:5:1",
        "rules.toml:4:24",
        "rules.toml:5:22",
    ]
    for suggestion in ("'contact'", "'raised'", "'desk'"):
        assert f"did you mean {suggestion}?" in done.out


def test_forty_mistakes_in_the_rules_too(run: Run, folder: Path) -> None:
    text = (FILES / "rule_mistakes.toml").read_text("utf-8")
    (folder / "rules.toml").write_text(text, "utf-8")
    done = run("check")
    assert done.code == 2
    wanted = marks(FILES / "rule_mistakes.toml")
    assert len(wanted) >= 20
    for mark in wanted:
        found = re.search(rf"^rules\.toml:{mark.line}:{mark.column}: error: .*\n.*\n.*\n( +. help: .*)?", done.out, re.M)
        assert found, f"line {mark.line}, column {mark.column} is not named"
        assert mark.suggestion is None or f"'{mark.suggestion}'" in (found[1] or ""), found[0]


def test_a_failing_test_is_shown_with_its_place_and_ends_with_1(run: Run, folder: Path) -> None:
    (folder / "rules.toml").write_text(RULES.replace("fires = false", "fires = true"), "utf-8")
    done = run("check")
    assert done.code == 1
    assert "rules.toml:14:10: error: the test 'too little' of rule 'raise' fails: it does not fire" in done.out
    assert "1 of 2 tests pass" in done.err
    assert run("test").code == 1
    assert run("test", "--json").out.count('"passed": true') == 1


@pytest.mark.parametrize(
    ("old", "new", "where", "warning"),
    [
        ("ops@news.example", "ops@example.org", "5:11", "'ops@example.org' is only an example"),
        ('allow_private = ["127.0.0.1:9"]', "", "17:8", "127.0.0.1:9 is not public, so it will not be dialled"),
        (
            "[channel.desk]",
            '[channel.spare]\nemail = { to = ["x@news.example"] }\n[channel.desk]',
            "23:10",
            "no rule sends to the channel 'spare'",
        ),
        ('kind = "feed"', 'kind = "feed"\nlinks = "a"', "11:1", "links means nothing for a feed"),
        (
            "enabled = false",
            'enabled = true\n[[source]]\nid = "gamma"\nurl = "https://beta.example/"',
            "18:7",
            "'beta' has the same address",
        ),
    ],
)
def test_what_is_valid_but_probably_wrong(run: Run, folder: Path, old: str, new: str, where: str, warning: str) -> None:
    (folder / "racewire.toml").write_text(CONFIG.replace(old, new), "utf-8")
    done = run("check")
    assert f"racewire.toml:{where}: warning: {warning}" in done.out
    assert done.code == 0
    assert run("check", "--strict").code == 1


SILENT_RULE = """
[[rule]]
id = "names"
when.entity = "openai"
send = { to = ["me"] }
"""


@pytest.mark.parametrize(
    ("rules", "where", "warning"),
    [
        (SILENT_RULE, "18:6", "the rule 'names' has no test"),
        (SILENT_RULE + '[[rule.test]]\ntext = "OpenAI"\nfires = true\n', "18:6", "has no test in which it must stay silent"),
        (SILENT_RULE + '[[rule.test]]\ntext = "x"\nfires = false\n', "18:6", "has no test in which it must fire"),
        (SILENT_RULE + SILENT_RULE.replace('"names"', '"again"'), "24:1", "the rule 'names' says the same to the same channel"),
        (SILENT_RULE.replace("entity", 'source = "alfa"\nwhen.entity'), "19:15", "no source has the id 'alfa'"),
        (SILENT_RULE.replace("entity", 'lang = "fr"\nwhen.entity'), "19:13", "no source that is on has the language 'fr'"),
        ('[list.labs]\nentities = ["openai"]\n', "16:7", "no rule uses the list 'labs'"),
    ],
)
def test_rules_that_are_valid_but_probably_wrong(run: Run, folder: Path, rules: str, where: str, warning: str) -> None:
    (folder / "racewire.toml").write_text(CONFIG.replace('kind = "feed"', 'kind = "feed"\nlang = "vi"'), "utf-8")
    (folder / "rules.toml").write_text(RULES + rules, "utf-8")
    done = run("check")
    assert re.search(rf"^rules\.toml:{where}: warning: .*{re.escape(warning)}", done.out, re.M), done.out
    assert done.code == 0
    assert run("check", "--strict").code == 1


def test_no_colour_reaches_a_pipe_and_no_color_is_obeyed(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "racewire.toml").write_text(CONFIG.replace("contact", "contakt"), "utf-8")
    assert "\x1b" not in (done := run("check")).out + done.err
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in run("check").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check").out


def test_a_rules_file_that_is_not_there(run: Run, folder: Path) -> None:
    (folder / "rules.toml").unlink()
    done = run("check")
    assert done.code == 2
    assert "cannot read" in done.out
    assert "rules.toml" in done.out


SECRETS = """
[smtp]
host = "mail.news.example"
from = "a@news.example"
user = "a"
password = "hunter2-is-secret"
pasword = "hunter2-is-secret"
[crawl]
contact = "ops@news.example"
proxy = "http://me:hunter2-is-secret@proxy.example:1/path"
dealy = 1
[channel.a]
webhook = { url = "htp://hooks.example/hunter2-is-secret", secret = "hunter2-is-secret", x = 1 }
[channel.b]
webhook = { url = 5, secret = ["hunter2-is-secret"] }
"""


@pytest.mark.parametrize(
    "broken",
    [
        "",
        '\npassword = "hunter2-is-secret" x\n',
        '\n[smtp]\npassword = "hunter2-is-secret\n',
        "\npasword = hunter2-is-secret\n",
        "\nw = { secrt = hunter2-is-secret }\n",
    ],
)
def test_secrets_are_never_shown(run: Run, folder: Path, broken: str) -> None:
    (folder / "racewire.toml").write_text(SECRETS + broken, "utf-8")
    for command in (("check",), ("status",), ("doctor", "--offline"), ("source", "list")):
        done = run(*command)
        assert done.code != 0
        assert "hunter2" not in done.out + done.err


class TestInit:
    def test_what_it_writes_passes_check(self, run: Run, folder: Path) -> None:
        done = run("init", "--yes", "new")
        assert done.code == 0
        assert "6 sources on, 15 off" in done.err
        checked = run("check", "--config", "new/racewire.toml")
        assert checked.code == 0
        assert "tests pass" in checked.err
        assert checked.out.count(": warning: ") == 1  # the contact is only an example
        assert ": error: " not in checked.out

    def test_every_key_has_a_comment(self, run: Run, folder: Path) -> None:
        run("init", "--yes", "new")
        for name in ("racewire.toml", "rules.toml"):
            for line in (folder / "new" / name).read_text("utf-8").splitlines():
                if re.match(r"\s*(# )?[a-z_.]+ = ", line):
                    assert re.search(r"[^#]# \S", line[2:]), line

    def test_it_asks(self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        answers = iter(["nonsense", "ana@news.example", "Asia/Tokyo", "", "mail.news.example"])
        monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))
        assert run("init", "new").code == 0
        text = (folder / "new" / "racewire.toml").read_text("utf-8")
        for part in (
            'contact = "ana@news.example"',
            'timezone = "Asia/Tokyo"',
            'host = "mail.news.example"',
            "port = 587",
            'tls = "starttls"',
        ):
            assert part in text
        assert run("check", "--config", "new/racewire.toml").code == 0

    def test_it_writes_over_nothing(self, run: Run, folder: Path) -> None:
        before = (folder / "racewire.toml").read_text("utf-8")
        done = run("init", "--yes")
        assert done.code == 2
        assert "racewire.toml and rules.toml are there already" in done.err
        assert (folder / "racewire.toml").read_text("utf-8") == before
        assert run("init", "--yes", "--force").code == 0
        assert (folder / "racewire.toml").read_text("utf-8") != before
