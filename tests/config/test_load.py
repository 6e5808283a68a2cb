"""Where the config is looked for, what wins, and what comes out."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from racewire.config import Config, Crawl, Rate, Secret, Smtp, find, load, look
from racewire.config.crosscheck import crosscheck
from racewire.config.document import in_order, parse, render, validate
from racewire.config.starters import known_sources, table
from racewire.errors import ConfigError

GOOD = """
database = "racewire.db"
timezone = "Asia/Ho_Chi_Minh"
rules = "rules.toml"
[crawl]
contact = "ops@news.example"
proxy = "http://127.0.0.1:8899"
delay = "200ms"
max_size = "8MB"
allow_private = ["127.0.0.1:8898"]
[[source]]
id = "bao-mau"
url = "https://bao.example/rss/so-hoa.rss"
kind = "feed"
every = "10m"
lang = "vi"
[[source]]
id = "off"
url = "https://off.example/"
enabled = false
[smtp]
host = "mail.news.example"
from = "racewire@news.example"
user = "racewire"
password = { env = "SMTP_PASSWORD" }
[delivery]
retry = ["5s", "1h"]
burst = "off"
[channel.me]
email = { to = ["ana@news.example"] }
[channel.desk]
webhook = { url = { env = "DESK_URL" }, secret = { file = "desk.secret" } }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "conf" / "racewire.toml"
    path.parent.mkdir()
    path.write_text(GOOD, "utf-8")
    return path


def test_a_whole_config(file: Path) -> None:
    config = load(file, {})
    assert config.file == file
    assert config.database == file.parent / "racewire.db"
    assert config.rules == file.parent / "rules.toml"
    assert (config.crawl.delay, config.crawl.timeout, config.crawl.max_size) == (0.2, 30.0, 8_000_000)
    assert [source.id for source in config.source] == ["bao-mau", "off"]
    assert [source.id for source in config.sources()] == ["bao-mau"]
    assert config.source[0].every == 600.0
    assert config.smtp is not None
    assert (config.smtp.port, config.smtp.tls, config.smtp.from_) == (587, "starttls", "racewire@news.example")
    assert config.delivery.retry == (5.0, 3600.0)
    assert config.delivery.burst is None
    assert config.channel["desk"].webhook is not None
    assert config.channel["desk"].email is None


def test_defaults() -> None:
    config = Config()
    assert config.crawl == Crawl()
    assert config.crawl.first_contact == "quiet"
    assert config.delivery.burst == Rate(30, 60.0)
    assert config.delivery.retry == (5.0, 300.0, 1800.0, 7200.0, 18000.0, 36000.0, 50400.0, 72000.0, 86400.0)


def test_nothing_changes_afterwards_and_it_can_be_sent_to_workers(file: Path) -> None:
    config = load(file, {})
    with pytest.raises(ValidationError):
        config.crawl.delay = 0.0  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(config)) == config


class TestWhere:
    def test_in_order(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        env = {"XDG_CONFIG_HOME": str(tmp_path / "xdg")}
        with pytest.raises(ConfigError, match="there is no config"):
            find(None, env)
        user = tmp_path / "xdg" / "racewire" / "racewire.toml"
        user.parent.mkdir(parents=True)
        user.touch()
        assert find(None, env) == user
        (tmp_path / "racewire.toml").touch()
        assert find(None, env) == Path("racewire.toml")
        env["RACEWIRE_CONFIG"] = "other.toml"
        assert find(None, env) == Path("other.toml")
        assert find("named.toml", env) == Path("named.toml")

    def test_a_named_file_must_be_there(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"cannot read .*gone\.toml: no such file or directory"):
            load(tmp_path / "gone.toml", {})


class TestEnvironment:
    def test_it_wins_over_the_file(self, file: Path) -> None:
        env = {
            "RACEWIRE__CRAWL__PROXY": "http://127.0.0.1:1",
            "racewire__crawl__max_items": "7",
            "RACEWIRE__CRAWL__ALLOW_PRIVATE": "127.0.0.1:1,127.0.0.1:2",
            "RACEWIRE__SOURCE__BAO_MAU__EVERY": "5m",
            "RACEWIRE__SOURCE__OFF__ENABLED": "true",
            "RACEWIRE__CHANNEL__ME__EMAIL__TO": '["a@x.example", "b@x.example"]',
            "RACEWIRE__SMTP__PASSWORD": "12345",
            "RACEWIRE__DELIVERY__RETRY": "1s",
            "RACEWIRE__TIMEZONE": "UTC",
            "RACEWIRE_CONFIG": "ignored.toml",
            "OTHER": "x",
        }
        config = load(file, env)
        assert (config.crawl.proxy, config.crawl.max_items) == ("http://127.0.0.1:1", 7)
        assert config.crawl.allow_private == ("127.0.0.1:1", "127.0.0.1:2")
        assert (config.source[0].every, config.source[1].enabled) == (300.0, True)
        assert config.channel["me"].email is not None
        assert config.channel["me"].email.to == ("a@x.example", "b@x.example")
        assert config.smtp is not None
        assert config.smtp.password is not None
        assert config.smtp.password.value() == "12345"
        assert config.delivery.retry == (1.0,)
        assert config.timezone == "UTC"

    def test_a_table_that_the_file_has_not(self, tmp_path: Path) -> None:
        (tmp_path / "racewire.toml").write_text("", "utf-8")
        assert load(tmp_path / "racewire.toml", {"RACEWIRE__CRAWL__DELAY": "3s"}).crawl.delay == 3.0

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("RACEWIRE__CRAW__PROXY", "x", "did you mean 'crawl'?"),
            ("RACEWIRE__CRAWL__PROXI", "x", "did you mean 'proxy'?"),
            ("RACEWIRE__SOURCE__BAO__EVERY", "1m", "'BAO' is unknown"),
            ("RACEWIRE__CRAWL__DELAY", "soon", "'soon' is not a length of time"),
            ("RACEWIRE__CRAWL__MAX_ITEMS", "many", "'max_items' must be a whole number, not 'many'"),
            ("RACEWIRE__CRAWL__FIRST_CONTACT", "quite", "did you mean 'quiet'?"),
        ],
    )
    def test_mistakes_name_the_variable(self, file: Path, name: str, value: str, said: str) -> None:
        problems = look(file, {name: value}).errors
        assert [problem.file for problem in problems] == [name]
        text = render(problems)
        assert text.startswith(f"{name}: error: ")
        assert said in text


class TestSecrets:
    def test_they_are_read_when_asked_and_never_shown(self, file: Path) -> None:
        config = load(file, {})
        assert config.smtp is not None
        assert config.smtp.password is not None
        assert config.channel["desk"].webhook is not None
        secret = config.channel["desk"].webhook.secret
        assert config.smtp.password.value({"SMTP_PASSWORD": "hunter2"}) == "hunter2"
        with pytest.raises(ConfigError, match="SMTP_PASSWORD, which should hold a secret, is not set"):
            config.smtp.password.value({})
        with pytest.raises(ConfigError, match=r"cannot read the secret in .*desk\.secret: no such file"):
            secret.value()
        (file.parent / "desk.secret").write_text("hunter2\n", "utf-8")
        assert secret.value() == "hunter2"
        (file.parent / "desk.secret").write_text(" \n", "utf-8")
        with pytest.raises(ConfigError, match="is empty"):
            secret.value()

    def test_text_is_masked(self) -> None:
        smtp = Smtp.model_validate({"host": "h", "from": "a@x.example", "user": "u", "password": "hunter2"})
        assert smtp.password is not None
        assert smtp.password.value() == "hunter2"
        shown = f"{smtp!r} {smtp} {smtp.model_dump()} {smtp.model_dump_json()} {Secret.of('hunter2')!r}"
        assert "hunter2" not in shown

    @pytest.mark.parametrize("value", ["{}", '{ env = "A", file = "b" }', '{ literal = "x" }', '""', "5", '["x"]'])
    def test_what_is_no_secret(self, value: str) -> None:
        document, _ = parse(f'[smtp]\nhost = "h"\nfrom = "a@x.example"\nuser = "u"\npassword = {value}', "x.toml")
        assert document is not None
        config, problems = validate(Config, document)
        assert config is None
        assert [problem.line for problem in problems] == [5]


def test_tls_none_is_for_this_machine_only() -> None:
    for host, fine in (
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("127.8.8.8", True),
        ("mail.example", False),
        ("10.0.0.1", False),
    ):
        document, _ = parse(f'[smtp]\nhost = "{host}"\nfrom = "a@x.example"\ntls = "none"', "x.toml")
        assert document is not None
        messages = [problem.message for problem in crosscheck(document) if problem.severity == "error"]
        assert messages == ([] if fine else [f"mail to {host} would travel unencrypted"])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_gives_a_config_or_problems_within_it(data: st.DataObject) -> None:
    text = GOOD
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.text("[]{}\"'=.,\n #ax1é百", max_size=4)) + text[end:]
    document, problems = parse(text, "x.toml")
    if document is not None:
        config, wrong = validate(Config, document, {"folder": Path("/x")})
        assert (config is None) == bool(wrong) or document.lost
        problems = in_order([*problems, *wrong, *crosscheck(document)])
    else:
        assert problems
    lines = text.replace("\r\n", "\n").split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.message
    render(problems, colour=True)


class TestStarters:
    def test_they_are_valid_and_have_names_of_their_own(self) -> None:
        known = known_sources()
        assert len({source.id for source in known}) == len({source.url for source in known}) == len(known) > 200
        document, problems = parse("\n".join(table(source) for source in known), "x.toml")
        assert document is not None
        assert not problems
        config, wrong = validate(Config, document)
        assert config is not None, wrong
        assert len(config.source) == len(known)

    def test_those_that_refuse_or_charge_are_off(self) -> None:
        on = [source for source in known_sources() if source.starter == "on"]
        assert 3 <= len(on) <= 10
        assert not any(source.off for source in on)
        assert len({source.lang for source in on}) >= 3
