"""`analyse`, `figures`, `mentions`, `entity`: what stands in a page or a text."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Baichuan gọi vốn - Báo Mẫu</title>
<meta property="og:title" content="Baichuan gọi vốn"><meta property="article:published_time" content="2023-06-29T16:00:00+07:00">
</head><body><article><h1>Baichuan gọi vốn</h1><p>Baichuan đã huy động 50 triệu USD vốn hạt giống để phát triển mô hình ngôn ngữ lớn.</p>
<p>Công ty được thành lập tại Bắc Kinh vào tháng tư, và đội ngũ của họ đã tăng lên năm mươi người chỉ trong vài tuần lễ.</p></article></body></html>
"""
URL = "https://bao.example/baichuan.html"


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def give(content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return give


def test_analyse_shows_fields_with_where_they_came_from(run: Run, folder: Path) -> None:
    (folder / "page.html").write_text(PAGE, "utf-8")
    done = run("analyse", "page.html", "--url", URL)
    assert done.code == 0
    for part in (
        "Baichuan gọi vốn",
        "article:published_time",
        "2023-06-29 09:00:00 UTC",
        "raised",
        ">>50 triệu USD<<",
        "baichuan",
    ):
        assert part in done.out


def test_analyse_json_from_a_file_a_packed_file_and_stdin(run: Run, folder: Path, stdin) -> None:  # type: ignore[no-untyped-def]
    (folder / "page.html").write_text(PAGE, "utf-8")
    (folder / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    first = json.loads(run("analyse", "page.html", "--url", URL, "--json").out)
    assert first == json.loads(run("analyse", "page.html.gz", "--url", URL, "--json").out)
    stdin(PAGE)
    assert first == json.loads(run("analyse", "-", "--url", URL, "--json").out)
    assert first["published_at"] == "2023-06-29T09:00:00Z"
    assert first["figures"][0]["low"] == 50_000_000
    assert first["lang"] == "vi"


def test_analyse_lines_are_answered_in_order(run: Run, folder: Path, stdin) -> None:  # type: ignore[no-untyped-def]
    (folder / "page.html").write_text(PAGE, "utf-8")
    lines = [
        {"id": "a", "url": URL, "html": PAGE},
        {"id": "b", "url": URL, "html_file": "page.html", "fetched_at": "2023-07-01T00:00:00Z"},
        {"id": "c", "url": URL, "html": ""},
        {"id": "d", "url": URL, "html_file": "gone.html"},
        {"id": "e", "url": URL, "html": "<p>\ud800</p>"},
        {"id": 6, "url": 7},
    ]
    stdin("\n".join(map(json.dumps, lines)) + '\nnot json\n[1]\n{"id": NaN, "url": "x"}\n')
    done = run("analyse", "--jsonl")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c", "d", "e", 6, None, None, None]
    assert answers[0]["title"] == answers[1]["title"] == "Baichuan gọi vốn"
    assert answers[2]["problem"] == "empty"
    assert "error" in answers[3]
    assert done.code == 3


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe" * 50, b"<html><body>" + b"<div>" * 3000, b"\x1f\x8b broken gzip"])
def test_any_bytes_are_read_or_refused_in_one_sentence(run: Run, folder: Path, content: bytes) -> None:
    (folder / "page.html").write_bytes(content)
    done = run("analyse", "page.html", "--url", URL, "--json")
    assert done.code in (0, 3)
    if done.code == 0:
        assert json.loads(done.out)["url"] == URL


def test_analyse_wants_an_address_and_a_file_that_is_there(run: Run, folder: Path) -> None:
    assert run("analyse", "page.html").code == 2
    done = run("analyse", "page.html", "--url", URL)
    assert (done.code, done.err) == (3, "racewire: cannot read page.html: no such file or directory\n")


def test_figures(run: Run, folder: Path, stdin) -> None:  # type: ignore[no-untyped-def]
    [figure] = json.loads(run("figures", "Baichuan raised $50 million in a seed round.", "--json").out)
    assert (figure["role"], figure["low"], figure["currency"], figure["round"]) == ("raised", 50_000_000, "USD", "seed")
    (folder / "text.txt").write_text("Nothing here.", "utf-8")
    nothing = run("figures", "text.txt")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "no sum of money found\n")
    stdin("It raised €3 million.")
    assert json.loads(run("figures", "-", "--published-on", "2023-06-29", "--json").out)[0]["rate_on"] == "2023-06-29"
    assert run("figures", "x", "--published-on", "soon").code == 2


def test_figures_for_a_person(run: Run) -> None:
    done = run(
        "figures", "Larkspur AI raised a €45M Series B, people\x1b[31m said.", "--lang", "en", "--published-on", "2023-06-29"
    )
    assert done.code == 0
    assert "\x1b" not in done.out
    assert "⟦€45M⟧" in done.out
    for line in ("role: raised", "because of: ", "round: series-b", "recipient: Larkspur AI"):
        assert f"    {line}" in done.out


def test_lines_of_texts(run: Run, stdin) -> None:  # type: ignore[no-untyped-def]
    lines = [{"id": 1, "text": "Baichuan raised $50 million."}, {"id": 2, "text": "腾讯投资百川智能", "lang": "zh"}, {"id": 3}]
    stdin("\n".join(map(json.dumps, lines)))
    done = run("figures", "--jsonl")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [len(answer.get("figures", [])) for answer in answers] == [1, 0, 0]
    assert (answers[2]["id"], "error" in answers[2], done.code) == (3, True, 2)
    stdin("\n".join(map(json.dumps, lines[:2])))
    done = run("mentions", "--jsonl")
    assert [[m["entity"] for m in json.loads(line)["mentions"]] for line in done.out.splitlines()] == [
        ["baichuan"],
        ["tencent", "baichuan"],
    ]
    assert done.code == 0


def test_text_commands_need_no_config(run: Run, folder: Path) -> None:
    (folder / "racewire.toml").unlink()
    assert json.loads(run("mentions", "腾讯投资百川智能", "--json").out)[0]["entity"] == "tencent"
    assert json.loads(run("entity", "list", "百川", "--json").out)[0]["id"] == "baichuan"


def test_but_a_config_that_is_named_must_be_there(run: Run, folder: Path) -> None:
    assert run("mentions", "x", "--config", "gone.toml").code == 2


@pytest.mark.parametrize("file", ["config", "rules", "entities"])
def test_schema_is_a_json_schema(run: Run, file: str) -> None:
    schema = json.loads(run("schema", file).out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["additionalProperties"] is False
    assert {"config": "database", "rules": "rule", "entities": "entity"}[file] in schema["properties"]
    assert "oneOf" not in json.dumps(schema)  # text may be both a plain value and a secret


def test_names_of_your_own_are_known_to_every_command(run: Run, folder: Path) -> None:
    config = folder / "racewire.toml"
    config.write_text('entities = "entities.toml"\n' + config.read_text("utf-8"), "utf-8")
    (folder / "entities.toml").write_text(
        '[entity.zorblatt]\nname = "Zorblatt"\ntype = "company"\naliases = ["Zorblatt"]\n', "utf-8"
    )
    text = "Zorblatt raised $50 million in a seed round."
    (folder / "page.html").write_text(
        f"<html lang=en><title>Zorblatt</title><article><h1>Zorblatt</h1><p>{text}</p></article>", "utf-8"
    )
    [figure] = json.loads(run("figures", text, "--lang", "en", "--json").out)
    assert figure["recipient"] == "zorblatt"
    assert '"zorblatt"' in run("mentions", text, "--json").out
    assert "zorblatt" in run("entity", "list", "zorb").out
    assert '"zorblatt"' in run("analyse", "page.html", "--url", URL, "--json").out
    rule = '[[rule]]\nid = "z"\ntitle = "Z"\nwhen.entity = "zorblatt"\nsend = { to = ["me"] }\n'
    rule += f'[[rule.test]]\nsays = "it"\nlang = "en"\ntext = "{text}"\nfires = true\n'
    (folder / "rules.toml").write_text(rule, "utf-8")
    assert run("check").code == 0
    assert run("test").code == 0
