"""The crawler's store over the archive: what a crawl asks and leaves behind, as transactions of the one writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.feeds.links import Link
from crawler.problems import State
from crawler.store import MOST_ATTEMPTS, CrawlReport, Kept, Memory, Validators
from racewire.archive import ledger, looks
from racewire.config import Source
from racewire.model import Added
from racewire.stories import url_key
from scheduler.plan import next_due
from scheduler.writer import Writer

Consequences = Callable[[sqlite3.Connection, list[Added]], list[int]]
REFUSED_FOR = timedelta(days=1)
"""After so long a link that was refused (by robots.txt, a login wall) may be asked for again."""
MOST_LOOKS = 20
"""Articles of one source that are read once more in one pass."""
MOST_READINGS = 10
"""How often one article is read again because its source says that it changed."""
SETTLED = frozenset({"gone", "skipped", "unreadable"})


@dataclass(slots=True)
class _Pass:
    """One crawl under way: its row, and whether what it finds was there before we came."""

    crawl_id: int
    quiet: bool
    failing: str | None


class ArchiveStore:
    """Implements `crawler.store.Store`.

    `consequences(connection, added)` runs in the transaction that stores articles: the rules, and the rows of what they send; it gives the ids
    of the new alerts. `look_again` are the seconds after which their articles are read once more.
    `quiet_start` keeps what a source shows at first contact from alerting. `clock` gives the aware time.
    """

    def __init__(
        self,
        writer: Writer,
        sources: Sequence[Source],
        consequences: Consequences,
        *,
        quiet_start: bool,
        look_again: Sequence[float] = (),
        clock: Callable[[], datetime],
    ) -> None:
        self._writer = writer
        self._consequences = consequences
        self._quiet_start = quiet_start
        self._look_again = tuple(look_again)
        self._clock = clock
        self._passes: dict[str, _Pass] = {}
        self.sources: dict[str, Source] = {}
        self.adopt(sources)

    def adopt(self, sources: Sequence[Source]) -> None:
        """The sources as the config has them now."""
        self.sources = {source.id: source for source in sources}

    async def memory(self, source_id: str) -> Memory:
        def begin(connection: sqlite3.Connection) -> Memory:
            quiet = self._quiet_start and not ledger.met_before(connection, source_id)
            failing = connection.execute("select problem from sources where id = ?", (source_id,)).fetchone()
            crawl_id = ledger.start_crawl(connection, source_id, now=self._clock())
            self._passes[source_id] = _Pass(crawl_id, quiet, failing[0] if failing else None)
            saved = {v.url: Validators(v.etag, v.last_modified, v.body_hash) for v in ledger.validators(connection, source_id)}
            had = connection.execute("select exists (select 1 from articles where source_id = ?)", (source_id,)).fetchone()
            return Memory(saved, had_links=bool(had[0]))

        return await self._writer.write(begin)

    async def unknown(self, source_id: str, links: Sequence[Link]) -> list[Link]:
        keys = {link.url: url_key(link.url) for link in links}

        def look(connection: sqlite3.Connection) -> list[Link]:
            known = ledger.known_keys(connection, keys.values())
            states = ledger.link_states(connection, keys.values())
            touched = ledger.touched(connection, known, most=MOST_READINGS)
            fresh = [link for link in links if keys[link.url] not in known]
            changed = [link for link in links if _touched_again(link, touched.get(keys[link.url]))]
            if len(changed) > max(3, len(known) // 2):
                changed = []  # a site that dates everything anew each time says nothing
            wanted = {link.url for link in [*fresh, *changed] if not self._settled(states.get(keys[link.url]))}
            return [link for link in links if link.url in wanted]

        return await self._writer.write(look)

    def _settled(self, link: ledger.Link | None) -> bool:
        if link is None:
            return False
        if link.state == "failed":
            return link.attempts >= MOST_ATTEMPTS
        if link.state == "refused":
            return self._clock() - datetime.fromisoformat(link.at) < REFUSED_FOR
        return link.state in SETTLED

    async def keep(self, source_id: str, kept: Sequence[Kept]) -> list[Added]:
        asked_for = [url_key(each.link.url) for each in kept]
        quiet = self._passes[source_id].quiet

        def then(connection: sqlite3.Connection, added: list[Added]) -> None:
            # the address that was asked for is one of the article's, so that a redirect is not followed again
            connection.executemany(
                "insert or ignore into rw_keys(key, article_id) values (?, ?)",
                [(key, one.article_id) for key, one in zip(asked_for, added, strict=True)],
            )
            for each, key in zip(kept, asked_for, strict=True):
                if each.link.updated is not None:
                    ledger.note_touched(connection, key, each.link.updated)
            ledger.forget_links(connection, asked_for)
            looks.plan_looks(connection, self._consequences(connection, added), self._look_again, now=self._clock())

        records = [each.record for each in kept]
        return await self._writer.run(
            lambda archive: archive.add(records, source_id=source_id, seen_before_start=quiet, now=self._clock(), then=then)
        )

    async def link_problem(self, source_id: str, links: Sequence[Link], state: State, problem: str) -> bool:
        def note(connection: sqlite3.Connection) -> bool:
            attempts = 0
            for link in links:
                key = url_key(link.url)
                ledger.note_link(connection, key, link.url, source_id=source_id, state=state, problem=problem, now=self._clock())
                attempts = ledger.link_states(connection, [key])[key].attempts
            return state != "failed" or attempts >= MOST_ATTEMPTS

        return await self._writer.write(note)

    async def due_again(self, source_id: str) -> list[Link]:
        due = await self._writer.read(lambda c: looks.due_looks(c, source_id, now=self._clock(), most=MOST_LOOKS))
        return [Link(url, sure=False) for _, url in due]

    async def looked_again(self, source_id: str, link: Link, *, withdrawn: bool = False) -> None:
        def note(connection: sqlite3.Connection) -> None:
            row = ledger.article_under(connection, url_key(link.url))
            if row is None:
                return
            looks.note_look(connection, source_id, row.id, now=self._clock(), last=withdrawn)
            if withdrawn:
                message = f"“{row.title}” is no longer at its address"
                ledger.note_event(
                    connection,
                    "withdrawn",
                    message,
                    now=self._clock(),
                    source_id=source_id,
                    article_id=row.id,
                    story_id=row.story_id,
                )

        await self._writer.write(note)

    async def finish(self, report: CrawlReport, validators: Mapping[str, Validators] | None) -> None:
        under_way = self._passes.pop(report.source_id)

        def end(connection: sqlite3.Connection) -> None:
            ledger.finish_crawl(connection, under_way.crawl_id, self._end(connection, report, validators), now=self._clock())
            if report.problem not in (under_way.failing, "stopped"):
                kind, message = ("failing", report.message) if report.problem else ("working", f"again after {under_way.failing}")
                data = {"problem": report.problem or under_way.failing}
                ledger.note_event(connection, kind, message, now=self._clock(), source_id=report.source_id, data=data)

        await self._writer.write(end)

    def _end(
        self, connection: sqlite3.Connection, report: CrawlReport, validators: Mapping[str, Validators] | None
    ) -> ledger.CrawlEnd:
        stopped = report.problem == "stopped"
        counts = ledger.CrawlCounts(
            report.new, report.copies, report.revisions, report.unchanged, report.failed, report.requests, report.bytes, report.ms
        )
        saved = None
        if validators is not None:
            saved = tuple(ledger.Validator(url, v.etag, v.last_modified, v.body_hash) for url, v in validators.items())
        outcome = "interrupted" if stopped else report.outcome
        due = None if stopped else self._due(connection, report)
        return ledger.CrawlEnd(outcome, None if stopped else report.problem, counts, saved, due)

    def _due(self, connection: sqlite3.Connection, report: CrawlReport) -> datetime | None:
        source = self.sources.get(report.source_id)
        if source is None:
            return None
        now = self._clock()
        (failures,) = connection.execute("select failures from sources where id = ?", (report.source_id,)).fetchone()
        asked = now + timedelta(seconds=report.retry_after) if report.retry_after is not None else None
        return next_due(source.id, source.every, now, failures=failures + 1 if report.problem else 0, not_before=asked)


def _touched_again(link: Link, before: str | None) -> bool:
    """Whether the source says that it changed an article since we read it."""
    return before is not None and link.updated is not None and link.updated > datetime.fromisoformat(before)
