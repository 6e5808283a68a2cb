"""Who may ask, how, and for what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from racewire.archive.ask import TooSlow
from racewire.web.contents import PAGES
from racewire.web.guard import HEADERS, allowed
from racewire.web.look import Look, Page
from racewire.web.site import Site
from tests.web.conftest import HOSTILE, Get, client, tree, words


@pytest.mark.parametrize(
    ("host", "listened", "fits"),
    [
        ("127.0.0.1:8900", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.9.9.9:1", "127.0.0.1", True),
        ("localhost:8900", "127.0.0.1", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("[::1]:8900", "127.0.0.1", True),
        ("[::1]", "::1", True),
        ("wire.lan:8900", "wire.lan", True),
        ("192.168.1.7:8900", "192.168.1.7", True),
        ("192.168.1.7:8900", "0.0.0.0", True),
        ("[fd00::7]:8900", "::", True),
        ("evil.example:8900", "0.0.0.0", False),
        ("evil.example", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "127.0.0.1", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("192.168.1.7", "127.0.0.1", False),
        ("127.0.0.1:8900@evil.example", "127.0.0.1", False),
        ("[::1]evil.example", "127.0.0.1", False),
        ("2130706433", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_hosts(host: str, listened: str, fits: bool) -> None:
    assert allowed([host], listened) is fits


def test_one_host_exactly() -> None:
    assert not allowed([], "127.0.0.1")
    assert not allowed(["127.0.0.1", "127.0.0.1"], "127.0.0.1")


def test_another_host_is_refused(get: Get) -> None:
    answer = get("/", host="evil.example")
    assert answer.status_code == 400
    assert "Baichuan" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", "/style.css", "/nothing"])
def test_only_reading(get: Get, method: str, path: str) -> None:
    answer = get(path, method=method)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_gives_the_headers_only(get: Get) -> None:
    assert get("/story/1", method="HEAD").status_code == 200
    assert get("/story/99", method="HEAD").status_code == 404


@pytest.mark.parametrize("path", ["/", "/story/99", "/nothing", "/style.css", "/?x=1", "/?format=csv", "/?format=json"])
def test_every_answer_has_the_headers(get: Get, path: str) -> None:
    answer = get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; ")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/?unknown=1",
        "/?before=x",
        "/?before=-1",
        "/?before=1e3",
        "/?before=%D9%A1",
        "/?before=9999999999999999999",
        "/?lang=en&lang=vi",
        "/?lang=a%20b",
        "/?lang='or'1",
        "/?format=xml",
        "/names?type=nonsense",
        "/money?since=1d",
        "/money?country=<b>",
        "/alerts?rule=%22",
        "/sources?x",
        f"/search?q={'x' * 201}",
        f"/search?q=x&{'y' * 3000}",
        "/story/1?before=1",
        "/sources?since=7d",
    ],
)
def test_a_wrong_parameter_is_refused_in_words(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code == (200 if path == "/sources?x" else 400)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/story/0", "/story/-1", "/story/x", "/story/99", "/story/9223372036854775808", "/story/" + "9" * 60, "/story/%D9%A1", "/story/1/",
     "/name/nobody", "/name/%22%3E", "/name/" + "a" * 300, "/name/..%2F..%2Fetc", "/static/style.css", "/../racewire.db", "/favicon.ico"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code == 404
    assert "To the stories" in words(tree(answer))


@pytest.mark.parametrize(
    "q", [HOSTILE, '"', "*", '"""', "NEAR(a b)", "a AND OR", "title:x", "'; drop table articles; --", "\ufffd", "  "]
)
def test_any_search_is_answered(get: Get, q: str) -> None:
    from urllib.parse import quote

    assert get(f"/search?q={quote(q)}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/story/2", "/search?q=hostile", "/sources", "/rules", "/alerts", "/money", "/name/tencent"]
)
def test_hostile_text_is_harmless(get: Get, path: str) -> None:
    answer = get(path)
    for character in "\u202e\u202c\x1b\r\x00":
        assert character not in answer.text
    assert "<script" not in answer.text
    assert "javascript:" not in "".join(tree(answer).xpath("//@href"))
    assert "49" not in words(tree(answer).find(".//h1"))
    assert "set-cookie" not in answer.headers


def test_hostile_words_come_back_escaped(get: Get) -> None:
    page = get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%0d%0aX:%20y%E2%80%AE")
    assert "<script" not in page.text
    assert tree(page).find(".//input").get("value") == '"><script>alert(1)</script> X: y'


def test_a_database_that_cannot_be_read_is_told_in_a_sentence(site: Site, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_bytes(b"this is no database" * 100)
    for path in (tmp_path / "no.db", tmp_path / "none.db"):
        answer = client(replace(site, database=path))("/")
        assert answer.status_code == 503
        assert "The database cannot be read" in words(tree(answer))


def failing(error: Exception) -> Callable[[Look], Page]:
    def page(look: Look) -> Page:
        raise error

    return page


@pytest.mark.parametrize(("error", "status"), [(TooSlow("slow"), 503), (ZeroDivisionError("/secret/place"), 500)])
def test_a_fault_shows_nothing_of_itself(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, status: int
) -> None:
    monkeypatch.setitem(PAGES, "/", failing(error))
    answer = client(site)("/")
    assert answer.status_code == status
    assert "secret" not in answer.text
    assert ("ZeroDivisionError" in capsys.readouterr().err) is (status == 500)
