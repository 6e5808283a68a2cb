"""Commands over a small archive: what they list is what is stored."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from racewire.archive import open_archive
from racewire.archive.schema import VERSION
from tests.cli.conftest import CONFIG, Run

LISTINGS = [
    ("alerts", "list"),
    ("deliveries",),
    ("source", "list"),
    ("source", "list", "--known"),
    ("silence", "list"),
    ("entity", "list"),
    ("entity", "try", "seed"),
    ("entity", "discover"),
    ("search", "baichuan"),
    ("ask",),
    ("ask", "new"),
    ("ask", "select id, title from articles"),
    ("story", "show", "1"),
    ("story", "moves"),
    ("status",),
    ("test",),
    ("backtest", "raise", "--since", "2000-01-01"),
    ("explain", "https://alpha.example/1"),
    ("doctor", "--offline"),
]


@pytest.mark.parametrize("command", LISTINGS, ids=" ".join)
def test_every_listing_gives_the_same_rows_in_each_form(run: Run, stored: Path, command: tuple[str, ...]) -> None:
    done = {form: run(*command, form) for form in ("--json", "--nl", "--csv")}
    assert len({d.code for d in done.values()}) == 1
    as_list = json.loads(done["--json"].out)
    assert [json.loads(line) for line in done["--nl"].out.splitlines()] == as_list
    rows = list(csv.DictReader(io.StringIO(done["--csv"].out, newline="")))
    assert len(rows) == len(as_list)
    if as_list:
        assert set(rows[0]) <= set(as_list[0])
    table = run(*command)
    assert table.code == done["--json"].code
    assert "\x1b" not in table.out + table.err


@pytest.mark.parametrize("command", [*LISTINGS, ("export", "csv", "articles"), ("export", "datasette")], ids=" ".join)
def test_reading_changes_nothing(run: Run, stored: Path, command: tuple[str, ...]) -> None:
    before = hashlib.sha256((stored / "wire.db").read_bytes()).hexdigest()
    run(*command)
    assert hashlib.sha256((stored / "wire.db").read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    "command",
    [
        ("search", "x"),
        ("ask", "new"),
        ("alerts", "list"),
        ("deliveries",),
        ("status",),
        ("silence", "list"),
        ("explain", "1"),
        ("story", "show", "1"),
        ("story", "merge", "1", "2"),
        ("export", "csv", "rounds"),
    ],
    ids=" ".join,
)
def test_without_a_database_there_is_one_clear_sentence(run: Run, command: tuple[str, ...]) -> None:
    done = run(*command)
    assert (done.code, done.out) == (3, "")
    assert done.err.count("\n") == 1
    assert "there is no database at" in done.err


@pytest.mark.parametrize("content", [b"", b"this is no database, but long enough to be taken for one" * 100])
def test_another_file_in_its_place_is_told_apart(run: Run, folder: Path, content: bytes) -> None:
    (folder / "wire.db").write_bytes(content)
    for command in (("status",), ("search", "x"), ("silence", "add", "rule", "raise")):
        if command[0] == "silence" and not content:
            continue  # an empty file may become a database
        done = run(*command)
        assert (done.code, done.out) == (3, "")
        assert "is not a racewire database" in done.err
    assert (folder / "wire.db").read_bytes() == content


def test_alerts_and_deliveries(run: Run, stored: Path) -> None:
    [alert] = json.loads(run("alerts", "list", "--json").out)
    assert (alert["rule_id"], alert["severity"]) == ("raise", "medium")
    assert json.loads(run("alerts", "list", "--rule", "other", "--json").out) == []
    deliveries = json.loads(run("deliveries", "--json").out)
    assert {(d["alert_id"], d["channel"], d["state"]) for d in deliveries} == {
        (alert["id"], "me", "waiting"),
        (alert["id"], "desk", "waiting"),
    }
    assert json.loads(run("deliveries", "--failed", "--json").out) == []
    assert len(json.loads(run("deliveries", "--channel", "me", "--json").out)) == 1


def test_a_failed_delivery_can_be_sent_again_under_its_id(run: Run, stored: Path) -> None:
    with closing(sqlite3.connect(stored / "wire.db")) as connection, connection:
        connection.execute("update deliveries set state = 'failed', attempts = 9, next_at = null where channel = 'me'")
    [failed] = json.loads(run("deliveries", "--failed", "--json").out)
    assert run("deliveries", "replay", failed["id"]).code == 0
    [again] = json.loads(run("deliveries", "--channel", "me", "--json").out)
    assert (again["id"], again["state"], again["attempts"]) == (failed["id"], "waiting", 0)
    assert run("deliveries", "replay", "nothing").code == 2


def test_search_in_any_script(run: Run, stored: Path) -> None:
    assert [row["url"] for row in json.loads(run("search", "百川", "--json").out)] == ["https://alpha.example/2"]
    assert [row["url"] for row in json.loads(run("search", "BAICHUAN", "--json").out)] == ["https://alpha.example/1"]
    nothing = run("search", "zebra")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "no article has these words\n")


def test_csv_of_a_hostile_title_runs_nothing(run: Run, stored: Path) -> None:
    [row] = csv.DictReader(io.StringIO(run("search", "money", "--csv").out, newline=""))
    assert row["title"] == "'=Baichuan raised money"


class TestAsk:
    def test_prepared_questions_are_listed_with_what_they_take(self, run: Run, stored: Path) -> None:
        names = [row["name"] for row in json.loads(run("ask", "--json").out)]
        assert {"raised", "new", "health"} <= set(names)
        for name in names:
            assert run("ask", name).code == 0
            assert run("ask", name, "--sql").out.lower().lstrip().startswith(("select", "with"))

    def test_values(self, run: Run, stored: Path) -> None:
        assert run("ask", "new", "after=0").code == 0
        assert run("ask", "new", "sinc=1").code == 2
        assert run("ask", "new", "since").code == 2
        refused = run("ask", "raised", "since=nonsense")
        assert (refused.code, refused.out) == (2, "")
        assert "'nonsense' is neither a time such as 90d nor a day such as 2026-01-31" in refused.err

    @pytest.mark.parametrize(
        "sql",
        ["delete from articles", "select * from nothing", "attach 'x' as y", "selec 1 from x", "pragma journal_mode = delete"],
    )
    def test_sql_that_is_wrong_or_writes(self, run: Run, stored: Path, sql: str) -> None:
        done = run("ask", sql)
        assert done.code == 2
        assert done.err.count("\n") == 1

    def test_a_slip_gets_a_suggestion(self, run: Run, stored: Path) -> None:
        assert "did you mean 'raised'?" in run("ask", "rased").err

    def test_a_limit_is_said(self, run: Run, stored: Path) -> None:
        done = run("ask", "select id from articles", "--limit", "1", "--json")
        assert len(json.loads(done.out)) == 1
        assert "only the first 1 rows" in done.err


class TestSilence:
    def test_add_list_remove(self, run: Run, stored: Path) -> None:
        assert run("silence", "add", "rule", "raise", "--for", "7d", "--reason", "enough").code == 0
        [row] = json.loads(run("silence", "list", "--json").out)
        assert (row["kind"], row["target"], row["reason"]) == ("rule", "raise", "enough")
        assert row["until"] > row["created_at"]
        assert run("silence", "remove", str(row["id"])).code == 0
        assert json.loads(run("silence", "list", "--json").out) == []
        assert run("silence", "remove", "99").code == 2

    def test_a_number_is_never_given_twice(self, run: Run, stored: Path) -> None:
        for number in ("1", "2", "3"):
            assert f"silence {number}: " in run("silence", "add", "rule", "raise").err
            assert run("silence", "remove", number).code == 0
        assert run("silence", "remove", "3").code == 2

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("story", "999"), "no story has the id '999'"),
            (("rule", "rase"), "no rule has the id 'rase'"),
            (("source", "gamma"), "no source has the id 'gamma'"),
            (("entity", "百川智能"), "did you mean 'baichuan'?"),
            (("rule", "raise", "--for", "seven days"), "--for"),
        ],
    )
    def test_what_does_not_exist_cannot_be_silenced(self, run: Run, stored: Path, arguments: tuple[str, ...], said: str) -> None:
        done = run("silence", "add", *arguments)
        assert done.code == 2
        assert said in done.err
        assert json.loads(run("silence", "list", "--all", "--json").out) == []


def test_status_names_failing_sources_and_ends_with_4(run: Run, stored: Path) -> None:
    assert run("status").code == 0
    with closing(sqlite3.connect(stored / "wire.db")) as connection, connection:
        connection.execute("update sources set problem = 'http-403', failures = 3 where id = 'alpha'")
    done = run("status")
    assert done.code == 4
    assert "racewire source try alpha" in done.err
    assert "http-403" in done.out
    doctor = run("doctor", "--offline")
    assert doctor.code == 1
    assert "alpha fails: http-403" in doctor.out


def test_backtest_and_explain(run: Run, stored: Path) -> None:
    [told] = json.loads(run("backtest", "raise", "--since", "2000-01-01", "--json").out)
    assert "Baichuan" in told["subject"]
    assert run("backtest", "raise", "--since", "2000-01-01", "--max-per-week", "0").code == 1
    assert run("backtest", "rase").code == 2
    assert run("backtest", "raise", "--since", "yesterday").code == 2
    fired = run("explain", "https://alpha.example/1")
    assert fired.code == 0
    assert "raise: fired at" in fired.out
    silent = run("explain", "https://alpha.example/2")
    assert silent.code == 1
    assert "✗" in silent.out
    assert run("explain", "https://alpha.example/3").code == 2


def test_doctor_names_a_mail_server_that_is_down(run: Run, stored: Path) -> None:
    done = run("doctor", "--json")
    assert done.code == 1
    [mail] = [row for row in json.loads(done.out) if row["check"] == "mail"]
    assert not mail["ok"]
    assert "127.0.0.1:9" in mail["says"]


def test_doctor_without_a_config_says_what_to_do(run: Run, folder: Path) -> None:
    (folder / "racewire.toml").unlink()
    done = run("doctor")
    assert done.code == 1
    assert "-> racewire init" in done.out


def test_send_test_to_a_channel_that_is_down_or_unknown(run: Run, folder: Path) -> None:
    done = run("send-test", "me")
    assert done.code == 3
    assert "the channel 'me' did not take it" in done.err
    assert "did you mean 'desk'?" in run("send-test", "dsk").err


def test_secrets_that_are_missing_are_named_not_shown(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_SECRET")
    done = run("send-test", "desk")
    assert done.code == 2
    assert "DESK_SECRET" in done.err


class TestExport:
    def test_one_table_to_stdout(self, run: Run, stored: Path) -> None:
        assert [row["id"] for row in json.loads(run("export", "json", "articles").out)] == [1, 2]
        assert len(run("export", "nl", "articles").out.splitlines()) == 2
        assert len(list(csv.DictReader(io.StringIO(run("export", "csv", "articles").out, newline="")))) == 2

    def test_all_tables_to_a_folder(self, run: Run, stored: Path) -> None:
        assert run("export", "csv").code == 2
        assert run("export", "csv", "--to", "out").code == 0
        assert {"articles.csv", "stories.csv", "rounds.csv", "alerts.csv"} <= {path.name for path in (stored / "out").iterdir()}

    def test_only_public_tables(self, run: Run, stored: Path) -> None:
        assert run("export", "csv", "rw_meta").code == 2
        assert run("export", "csv", 'articles"; drop table articles').code == 2

    def test_datasette_metadata_describes_every_public_table(self, run: Run, stored: Path) -> None:
        database = json.loads(run("export", "datasette").out)["databases"]["wire"]
        assert database["tables"]["articles"]["columns"]["url"]
        assert database["tables"]["rw_meta"] == {"hidden": True}
        with closing(sqlite3.connect(stored / "wire.db")) as connection, connection:
            for query in database["queries"].values():
                connection.execute("explain " + query["sql"], dict.fromkeys(query["params"]))


def test_a_locked_database_is_one_sentence(run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("racewire.archive.store.BUSY_MS", 50)
    holder = sqlite3.connect(stored / "wire.db", isolation_level=None)
    holder.execute("begin immediate")
    try:
        done = run("silence", "add", "rule", "raise")
    finally:
        holder.rollback()
        holder.close()
    assert done.code == 3
    assert "locked" in done.err
    assert done.err.count("\n") == 1


def test_a_source_is_added_without_touching_the_rest(run: Run, folder: Path) -> None:
    done = run("source", "add", "https://www.gamma.example/feed", "--lang", "vi", "--every", "1h")
    assert done.code == 0
    text = (folder / "racewire.toml").read_text("utf-8")
    assert text.startswith(CONFIG.rstrip())
    assert '[[source]]\nid = "gamma-example"\nurl = "https://www.gamma.example/feed"\n' in text
    assert [row["id"] for row in json.loads(run("source", "list", "--json").out)] == ["alpha", "beta", "gamma-example"]
    assert run("source", "add", "https://www.gamma.example/feed").code == 2
    assert run("source", "add", "techcrunch").code == 0
    assert run("check").code == 0


def test_a_source_that_is_wrong_leaves_the_file_as_it_was(run: Run, folder: Path) -> None:
    done = run("source", "add", "https://gamma.example/", "--lang", "vn")
    assert done.code == 2
    assert "did you mean 'vi'?" in done.err
    assert (folder / "racewire.toml").read_text("utf-8") == CONFIG


def test_doctor_names_what_waits_for_a_channel_that_is_gone(run: Run, stored: Path) -> None:
    assert "does not name any more" not in run("doctor", "--offline").out
    for name in ("racewire.toml", "rules.toml"):
        text = (stored / name).read_text("utf-8").replace("[channel.me]", "[channel.you]").replace('["me", ', '["you", ')
        (stored / name).write_text(text, "utf-8")
    assert "1 wait for 'me', which the config does not name any more" in run("doctor", "--offline").out


@pytest.mark.parametrize("command", [("status",), ("source", "list"), ("alerts", "list"), ("deliveries",)], ids=" ".join)
def test_a_listing_fits_a_narrow_terminal(
    run: Run, stored: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(stored / "wire.db")) as connection, connection:
        connection.execute(
            "insert into events(at, kind, message) values ('2026-01-02T03:04:05Z', 'x', ?)", ("a long message " * 9,)
        )
    for module in ("output", "status"):
        monkeypatch.setattr(f"racewire.cli.{module}.columns", lambda: 50)
    done = run(*command)
    assert "alpha" in done.out or "raise" in done.out or "desk" in done.out
    assert [line for line in done.out.splitlines() if len(line) > 50 and not line.startswith(("database", "id "))] == []


def test_a_silence_that_ended_today_is_not_counted(run: Run, stored: Path) -> None:
    ended = datetime.now(UTC) - timedelta(minutes=1)
    with closing(sqlite3.connect(stored / "wire.db")) as connection, connection:
        connection.execute(
            "insert into silences(kind, target, created_at, until) values ('rule', 'raise', '2026-01-02T03:04:05Z', ?)",
            (ended.strftime("%Y-%m-%dT%H:%M:%SZ"),),
        )
    assert "silences" not in run("status").out
    assert run("silence", "add", "rule", "raise").code == 0
    assert "silences   1\n" in run("status").out


@pytest.mark.parametrize(
    "command", [("ask", "said", "entity=openai"), ("search", "openai"), ("status",), ("doctor", "--offline"), ("story", "moves")]
)
def test_a_file_of_an_older_version_is_read(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    with monkeypatch.context() as older:
        older.setattr("racewire.archive.schema.VERSION", 1)
        open_archive(folder / "wire.db").close()
    done = run(*command)
    assert done.code in (0, 1), done.err
    with closing(sqlite3.connect(folder / "wire.db")) as connection:
        version = connection.execute("pragma user_version").fetchone()[0]
    assert version == (1 if command[0] == "doctor" else VERSION)  # `doctor` changes nothing
