"""A name that a command adds is found by a daemon that is running, in the next page that it reads."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from racewire.archive import open_archive
from racewire.cli.errors import run_safely
from racewire.cli.group import racewire
from scheduler.daemon import Daemon
from scheduler.setup import load_setup

PAGE = "<html lang=en><title>{0}</title><article><h1>{0}</h1>" + "<p>Zorblatt Labs opened an office, it said.</p>" * 5


class Site(BaseHTTPRequestHandler):
    """A feed of as many articles as `articles` says, all of them about Zorblatt Labs; `asked` counts who wanted the feed."""

    articles = 1
    asked = 0

    def do_GET(self) -> None:
        host = self.headers["Host"]
        items = [f"<item><title>News {n}</title><link>http://{host}/{n}.html</link></item>" for n in range(Site.articles)]
        feed = self.path == "/feed.xml"
        Site.asked += feed
        body = f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>' if feed else PAGE.format(f"News {self.path[1:-5]}")
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "application/rss+xml" if feed else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def config(folder: Path) -> Iterator[Path]:
    Site.articles = 1
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    where = f"127.0.0.1:{server.server_port}"
    file = folder / "racewire.toml"
    file.write_text(
        f'database = "wire.db"\n[crawl]\ncontact = "ops@news.example"\ndelay = "1ms"\ngrace = "500ms"\nallow_private = ["{where}"]\n'
        f'[[source]]\nid = "site"\nurl = "http://{where}/feed.xml"\nkind = "feed"\nevery = "300ms"\n',
        "utf-8",
    )
    yield file
    server.shutdown()
    server.server_close()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.02)


async def test_a_name_added_while_the_daemon_runs_is_found_in_the_next_article(config: Path) -> None:
    def asked(sql: str) -> list[object]:
        with contextlib.closing(sqlite3.connect(config.parent / "wire.db", timeout=10)) as connection:
            return [row[0] for row in connection.execute(sql)]

    open_archive(config.parent / "wire.db").close()
    daemon = Daemon(load_setup(config))
    task = asyncio.create_task(daemon.run())
    try:
        await until(lambda: asked("select count(*) from articles") == [1])
        assert asked("select entity_id from mentions") == []
        assert await asyncio.to_thread(run_safely, racewire, ["entity", "add", "Zorblatt Labs"]) == 0
        await until(lambda: "read again" in asked("select message from events where kind = 'config'"))
        before = Site.asked
        await until(lambda: Site.asked > before)  # the pass that was under way may still read with the old names
        Site.articles = 2
        await until(lambda: asked("select count(*) from articles") == [2])
        assert set(
            asked("select entity_id from mentions join articles on articles.id = article_id where url like '%/1.html'")
        ) == {"zorblatt-labs"}
    finally:
        daemon.stop()
        await asyncio.wait([task], timeout=60)
    assert task.done()
