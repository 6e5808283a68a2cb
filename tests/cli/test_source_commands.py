"""`source try` and `source check` against a small site on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ARTICLE = (
    "<html lang=en><head><title>Baichuan raises money</title></head><body><article><h1>Baichuan raises money</h1>"
    + ("<p>Baichuan raised $50 million in a seed round, people who know the matter said on Thursday in Beijing.</p>" * 3)
    + "</article></body></html>"
)


class Site(BaseHTTPRequestHandler):
    """A feed with one article at /feed.xml, an empty one at /empty.xml; nothing else."""

    def do_GET(self) -> None:
        host = self.headers["Host"]
        item = f"<item><title>Baichuan raises money</title><link>http://{host}/1.html</link></item>"
        pages = {
            "/feed.xml": ("application/rss+xml", f'<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'),
            "/empty.xml": ("application/rss+xml", '<rss version="2.0"><channel><title>t</title></channel></rss>'),
            "/1.html": ("text/html", ARTICLE),
        }
        kind, body = pages.get(self.path, ("text/plain", ""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    """The site, and a config that may dial it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    where = f"127.0.0.1:{server.server_port}"
    (folder / "racewire.toml").write_text(
        f"""
        database = "wire.db"
        [crawl]
        contact = "ops@news.example"
        delay = "1ms"
        allow_private = ["{where}"]
        [[source]]
        id = "good"
        url = "http://{where}/feed.xml"
        kind = "feed"
        [[source]]
        id = "gone"
        url = "http://{where}/gone.xml"
        kind = "feed"
        """,
        "utf-8",
    )
    yield f"http://{where}"
    server.shutdown()
    server.server_close()


def test_try_shows_one_article_and_stores_nothing(run: Run, site: str, folder: Path) -> None:
    for what in ("good", f"{site}/feed.xml"):
        done = run("source", "try", what)
        assert done.code == 0, done.err
        assert "Baichuan raises money" in done.out
        assert "$50 million (raised)" in done.out
    assert not (folder / "wire.db").exists()


def test_try_says_why_a_source_fails(run: Run, site: str) -> None:
    gone = run("source", "try", "gone")
    assert gone.code == 4
    assert "gone fails" in gone.err
    assert run("source", "try", f"{site}/empty.xml").code in (1, 4)
    assert run("source", "try", "no such thing").code == 2
    forbidden = run("source", "try", "http://127.0.0.2:1/")
    assert forbidden.code == 4
    assert "allow_private" in forbidden.err


def test_check_asks_each_source_for_its_list_only(run: Run, site: str, folder: Path) -> None:
    done = run("source", "check", "--json")
    rows = {row["id"]: row for row in json.loads(done.out)}
    assert done.code == 4
    assert (rows["good"]["problem"], rows["good"]["links"]) == (None, 1)
    assert rows["gone"]["problem"]
    assert "1 of 2 sources answer" in done.err
    assert run("source", "check", "good").code == 0
    assert run("source", "check", "nothing").code == 2
    assert not (folder / "wire.db").exists()
