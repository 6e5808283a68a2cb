"""The index of stories: what it forgets and when, and what is stored of an article."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.archive import open_archive
from racewire.model import Record
from racewire.stories import index, postings
from racewire.stories.grouping import Member
from racewire.stories.signatures import glanced, packed, unpacked
from racewire.stories.weights import cosine
from racewire.stories.words import Words

NOW = datetime(2026, 3, 4, tzinfo=UTC)
TEXT = "The tidal power station of Kestrel feeds forty thousand homes, and engineer Odile Marrow moved a colony of terns before it opened."


def report(number: int, at: datetime) -> Record:
    return Record(
        url=f"https://site{number}.example/{number}", title=f"Station number {number}", text=TEXT, lang="en", published_at=at
    )


def test_what_came_weeks_ago_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "EXPIRED_EVERY", 1)
    monkeypatch.setattr(postings, "GATHERED", 1)
    later = NOW + timedelta(days=index.KEPT_DAYS + 1)
    with open_archive(tmp_path / "a.db") as archive:
        archive.add([report(1, NOW)], now=NOW)
        (old_table,) = archive.write(lambda c: c.execute("select part from rw_parts where kind = 'terms'").fetchall())
        archive.add(
            [Record(url=f"https://b.example/{n}", title="Other", text=f"Quite another matter {n}.") for n in range(2)], now=later
        )
        kept = archive.write(lambda c: c.execute("select article_id from rw_signatures order by article_id").fetchall())
        tables = archive.write(lambda c: c.execute("select part from rw_parts where kind = 'terms'").fetchall())
    assert kept == [(2,), (3,)]
    assert old_table not in tables
    assert len(tables) == 1


def test_reports_meet_whether_the_first_one_waits_or_was_gathered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for gathered_after in (1, 1024):
        monkeypatch.setattr(postings, "GATHERED", gathered_after)
        path = tmp_path / f"{gathered_after}.db"
        with open_archive(path) as archive:
            (first,) = archive.add([report(1, NOW)], now=NOW)
        other = f"{TEXT} Odile Marrow said in Kestrel that the terns had come back to the tidal power station."
        with open_archive(path) as archive:
            (second,) = archive.add(
                [Record(url="https://b.example/2", title="Terns are back", text=other[40:], lang="en", published_at=NOW)], now=NOW
            )
        assert second.story_id == first.story_id


weights = st.dictionaries(st.integers(0, (1 << 30) - 1), st.floats(0.01, 1.0), min_size=1, max_size=40)
numbers = st.frozensets(st.integers(0, 0xFFFF), max_size=50)


@given(weights, weights, numbers, numbers, numbers, st.integers(0, 1_000_000))
def test_what_was_packed_comes_back(
    terms: dict[int, float],
    anchors: dict[int, float],
    names: frozenset[int],
    title: frozenset[int],
    known: frozenset[int],
    documents: int,
) -> None:
    words = Words(dict.fromkeys(terms, 2.0), dict.fromkeys(anchors, 1.0), names, title, known)
    data = packed(Member(1, "en", 0, words, terms, anchors), documents)
    again, some_terms, some_anchors, then = unpacked(data)
    assert (again, then) == (words, documents)
    assert some_terms == pytest.approx(terms, abs=0.003)
    assert some_anchors == pytest.approx(anchors, abs=0.003)
    alike, count = glanced(data, terms, same_language=True)
    assert alike == pytest.approx(cosine(terms, some_terms))
    assert count == len(known)
    assert glanced(data, anchors, same_language=False)[0] == pytest.approx(cosine(anchors, some_anchors))
