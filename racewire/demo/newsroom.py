"""A newsroom on the loopback interface: one HTTP forward proxy that plays all papers of the demo by host name.

    async with Newsroom() as room:
        room.proxy_url                        # "http://127.0.0.1:PORT"
        room.publish("correction")            # lets later versions out
        room.fail("rheinkurier", "503")       # what the next requests to that paper get
        room.heal("le-fil")

It binds to 127.0.0.1 on a free port, dials nobody, answers GET and HEAD only, and is gone when its context ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Literal, Self, get_args

from racewire.demo.papers import BREAKS, PAPERS, STEPS, Article, Paper, articles
from racewire.demo.site import Answer, answer, unchanged, zipped

Fault = Literal["404", "429", "500", "503", "hang", "reset", "truncate"]
HEAD_LIMIT = 64 * 1024  # bytes of one request's head
CONNECTIONS = 64  # answered at a time
IDLE = 30.0  # seconds a connection may keep silent
HANG = 60.0  # seconds that a hanging paper holds a request
KEPT = 10_000  # requests remembered
REASONS = {200: "OK", 301: "Moved Permanently", 304: "Not Modified", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in and what it got: a status, or the name of the fault."""

    at: datetime
    host: str
    path: str
    outcome: str
    conditional: bool
    agent: str


@dataclass(slots=True)
class _Failing:
    """Faults still to come; the last one stays when `forever`."""

    kinds: deque[Fault]
    forever: bool
    on: str

    def take(self, path: str) -> Fault | None:
        if not self.kinds or not path.startswith(self.on) or (not self.on and path == "/robots.txt"):
            return None
        return self.kinds[0] if self.forever and len(self.kinds) == 1 else self.kinds.popleft()


@dataclass(slots=True)
class Newsroom:
    """`clock` gives the aware time that the HTTP answers and the request log show. `steps` are already published at the start."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    steps: frozenset[str] = frozenset()
    papers: tuple[Paper, ...] = PAPERS
    requests: deque[Request] = field(default_factory=lambda: deque(maxlen=KEPT))
    _failing: dict[str, list[_Failing]] = field(default_factory=dict)
    _server: asyncio.Server | None = None
    _talks: set[asyncio.Task[None]] = field(default_factory=set)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONNECTIONS))
    _port: int = 0

    def __post_init__(self) -> None:
        self.fail(BREAKS, "500", "hang", "500", forever=True)

    # -- what it shows --------------------------------------------------------------------------------------------

    @property
    def proxy_url(self) -> str:
        if self._server is None:
            raise RuntimeError("the newsroom is not open")
        return f"http://127.0.0.1:{self._port}"

    def articles(self, paper_id: str | None = None) -> tuple[Article, ...]:
        """What is out now, newest first: of each article its latest version."""
        latest: dict[str, Article] = {}
        for article in articles():
            if (not article.step or article.step in self.steps) and paper_id in (None, article.paper.id):
                latest[article.id] = article
        return tuple(sorted(latest.values(), key=lambda article: article.published, reverse=True))

    def publish(self, *steps: str) -> tuple[str, ...]:
        """Let the named steps out, or the next one of `STEPS`, and return the addresses that are new or changed."""
        due = steps or tuple(step for step in STEPS if step not in self.steps)[:1]
        for step in due:
            if step not in STEPS:
                raise ValueError(f"no step {step!r}; there are {', '.join(STEPS)}")
        new = [step for step in due if step not in self.steps]
        self.steps |= frozenset(new)
        return tuple(article.url for article in articles() if article.step in new)

    def fail(self, paper_id: str, *kinds: Fault, forever: bool = False, on: str = "") -> None:
        """The next requests to the paper get these faults in turn, before any that still wait; with `forever` the last one stays.

        `on` limits it to paths that begin so. Without it everything but robots.txt is hit.
        """
        self._paper(paper_id)
        unknown = [kind for kind in kinds if kind not in get_args(Fault)]
        if unknown:
            raise ValueError(f"no fault {unknown[0]!r}; there are {', '.join(get_args(Fault))}")
        self._failing.setdefault(paper_id, []).insert(0, _Failing(deque(kinds), forever, on))

    def heal(self, paper_id: str) -> None:
        """End all faults of the paper."""
        self._paper(paper_id)
        self._failing.pop(paper_id, None)

    def _paper(self, paper_id: str) -> Paper:
        for paper in self.papers:
            if paper.id == paper_id:
                return paper
        raise ValueError(f"no paper {paper_id!r}; there are {', '.join(paper.id for paper in self.papers)}")

    # -- opening and closing --------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._greet, "127.0.0.1", 0, limit=HEAD_LIMIT)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        for talk in tuple(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await server.wait_closed()

    # -- the wire -------------------------------------------------------------------------------------------------

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        if talk is not None:
            self._talks.add(talk)
            talk.add_done_callback(self._talks.discard)
        try:
            async with self._slots:
                while await self._one(reader, writer):
                    pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError):
            pass  # the other side went away, kept silent, or did not speak HTTP
        except asyncio.CancelledError:
            writer.transport.abort()  # the newsroom closes; the caller does not wait for this task's result
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False when the connection is over."""
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE)
        line, *rest = head.decode("latin-1").split("\r\n")
        method, target, _ = line.split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (row.partition(":") for row in rest if row)}
        if method not in ("GET", "HEAD"):
            await self._send(writer, method, Answer(501 if method == "CONNECT" else 405, "text/plain", b"GET and HEAD only\n"))
            return False
        host, path = _where(target, headers.get("host", ""))
        paper = next((paper for paper in self.papers if paper.host == host), None)
        fault = self._fault(paper, path)
        if paper is None:
            found = Answer(502, "text/plain", b"no paper of this name here\n")
        else:
            found = answer(paper, path, self.articles(paper.id))
            if fault is None and unchanged(found, headers):
                found = found.not_modified()
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        outcome = fault or str(found.status)
        self.requests.append(Request(self.clock(), host, path, outcome, conditional, headers.get("user-agent", "")))
        if fault:
            return await self._misbehave(writer, method, fault, found)
        if "gzip" in headers.get("accept-encoding", ""):
            found = zipped(found)
        await self._send(writer, method, found)
        return headers.get("connection", "").lower() != "close"

    def _fault(self, paper: Paper | None, path: str) -> Fault | None:
        failing: Sequence[_Failing] = self._failing.get(paper.id, ()) if paper else ()
        return next((kind for kind in (one.take(path) for one in failing) if kind), None)

    async def _misbehave(self, writer: asyncio.StreamWriter, method: str, fault: Fault, found: Answer) -> bool:
        if fault == "hang":
            await asyncio.sleep(HANG)
        elif fault == "reset":
            writer.transport.abort()
        elif fault == "truncate":
            await self._send(writer, method, found, cut=len(found.body) // 2)
        else:
            extra = (("Retry-After", "1"),) if fault in ("429", "503") else ()
            await self._send(writer, method, Answer(int(fault), "text/html", b"<html><body>sorry</body></html>", headers=extra))
            return True
        return False

    async def _send(self, writer: asyncio.StreamWriter, method: str, found: Answer, cut: int | None = None) -> None:
        head = [f"HTTP/1.1 {found.status} {REASONS.get(found.status, 'Sorry')}"]
        head += [f"{name}: {value}" for name, value in found.all_headers()]
        head += [f"Date: {format_datetime(self.clock().astimezone(UTC), usegmt=True)}", "", ""]
        body = b"" if method == "HEAD" else found.body[:cut]
        writer.write("\r\n".join(head).encode("latin-1") + body)
        await writer.drain()


def _where(target: str, host: str) -> tuple[str, str]:
    """Host and path of a request line, absolute (as a proxy gets it) or not."""
    absolute = re.match(r"http://([^/?#]*)([^#]*)", target, re.IGNORECASE)
    host, path = (absolute[1], absolute[2]) if absolute else (host, target)
    return host.lower().removesuffix(":80"), path if path.startswith("/") else "/" + path
