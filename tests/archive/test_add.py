"""What becomes of a record: new, copy, revision or unchanged, and all the rows that hang on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from racewire.archive import Archive, add, open_archive
from racewire.model import Figure, Mention, Record
from tests.archive.conftest import NOW, PARAGRAPH, raise_report

Rows = Callable[..., list[dict[str, object]]]


def test_the_four_outcomes_in_the_order_given(archive: Archive) -> None:
    first = raise_report("https://a.example/1?utm_source=feed")
    answers = archive.add(
        [
            first,
            replace(first, url="https://www.a.example/1/"),
            replace(first, url="https://b.example/copy", title="Lumenova: money for models"),
            replace(first, text=first.text + " A spokesman declined to name the valuation."),
        ],
        now=NOW,
    )
    assert [one.outcome for one in answers] == ["new", "unchanged", "copy", "revision"]
    assert [one.copy_of for one in answers] == [None, None, answers[0].article_id, None]
    assert len({one.story_id for one in answers}) == 1


def test_a_copy_is_a_row_of_its_own_in_the_story_of_its_original(archive: Archive, rows: Rows) -> None:
    archive.add([raise_report("https://a.example/1"), raise_report("https://b.example/1")], now=NOW)
    assert len(rows("select id from articles")) == 2
    (story,) = rows("select * from stories")
    assert (story["articles"], story["sources"], story["headline"]) == (2, 2, "Lumenova raises seed money")


def test_adding_again_answers_with_the_ids_that_hold_now(archive: Archive) -> None:
    half_a, half_b = (" ".join(f"{stem}{n}" for n in range(120)) for stem in ("ka", "lo"))
    both = half_a + " " + half_b
    a, b, c = (
        Record(url=f"https://{host}.example/1", title="Harbour news", text=text, lang="en", published_at=NOW)
        for host, text in (
            ("a", half_a + " lo0 lo1 lo2 lo3 lo4 lo5 lo6 lo7 lo8 lo9 lo10 lo11 lo12 lo13 lo14 lo15"),
            ("b", half_b),
            ("c", both),
        )
    )
    first, second = archive.add([a, b], now=NOW)
    assert (first.copy_of, second.copy_of) == (None, None)
    (third,) = archive.add([c], now=NOW)
    assert third.copy_of == first.article_id
    later = archive.add([a, b, c], now=NOW)
    assert [one.outcome for one in later] == ["unchanged"] * 3
    assert [one.copy_of for one in later] == [None, first.article_id, first.article_id]
    assert len({one.story_id for one in later}) == 1


def test_a_digest_of_two_articles_does_not_make_them_one(archive: Archive) -> None:
    texts = [" ".join(f"{stem}{n}" for n in range(90)) for stem in ("ka", "lo", "mi", "nu", "pe")]
    answers = archive.add(
        [
            Record(url=f"https://p{n}.example/1", title=f"Title {n}", text=text, lang="en", published_at=NOW)
            for n, text in enumerate(texts)
        ],
        now=NOW,
    )
    digest = Record(url="https://d.example/week", title="The week", text="\n".join(texts), lang="en", published_at=NOW)
    archive.add([digest], now=NOW)
    again = archive.add(
        [
            Record(url=f"https://p{n}.example/1", title=f"Title {n}", text=text, lang="en", published_at=NOW)
            for n, text in enumerate(texts)
        ],
        now=NOW,
    )
    assert [one.copy_of for one in again] == [None] * 5
    assert [one.article_id for one in again] == [one.article_id for one in answers]


def test_short_texts_are_copies_only_when_equal(archive: Archive) -> None:
    text = "Harbour office closed today"
    one, two, three = archive.add(
        [
            Record(url="https://a.example/1", title="Notice", text=text, published_at=NOW),
            Record(url="https://b.example/1", title="Notice", text=text, published_at=NOW),
            Record(url="https://c.example/1", title="Notice", text=text + " again", published_at=NOW),
        ],
        now=NOW,
    )
    assert (one.outcome, two.outcome, three.outcome) == ("new", "copy", "new")
    assert two.copy_of == one.article_id


def test_copies_keep_to_their_time(archive: Archive) -> None:
    first = raise_report("https://a.example/1", published_at=NOW - timedelta(days=400))
    near = raise_report("https://b.example/1", published_at=NOW - timedelta(days=380))
    far = raise_report("https://c.example/1", published_at=NOW)
    undated = raise_report("https://d.example/1", published_at=None, published_precision="none")
    answers = archive.add([first, near, far, undated], now=NOW)
    assert [one.outcome for one in answers] == ["new", "copy", "new", "copy"]


def test_a_canonical_address_of_the_site_is_a_key_a_foreign_one_is_not(archive: Archive) -> None:
    known = archive.add([raise_report("https://m.a.example/x?id=7", canonical_url="https://a.example/news/lumenova")], now=NOW)
    again = archive.add([raise_report("https://a.example/news/lumenova")], now=NOW)
    assert again[0].article_id == known[0].article_id
    (copy,) = archive.add([raise_report("https://wire.example/9", canonical_url="https://a.example/news/lumenova")], now=NOW)
    assert copy.outcome == "copy"


def test_mentions_carry_the_sentence_and_whether_they_are_certain(archive: Archive, rows: Rows) -> None:
    text = "Nothing yet. Lumenova grew. Quarry stayed."
    record = Record(
        url="https://a.example/1",
        text=text,
        lang="en",
        mentions=(Mention("lumenova", 13, 21, "Lumenova"),),
        uncertain=(Mention("quarry", 28, 34, "Quarry", certain=False, score=0.3),),
    )
    archive.add([record], now=NOW)
    found = rows('select entity_id, start, "end", certain, score, sentence_start, sentence_end from mentions order by start')
    assert [
        (m["entity_id"], m["certain"], text[int(str(m["sentence_start"])) : int(str(m["sentence_end"]))].strip()) for m in found
    ] == [
        ("lumenova", 1, "Lumenova grew."),
        ("quarry", 0, "Quarry stayed."),
    ]


def test_figures_keep_the_amount_as_written_and_point_at_what_they_restate(archive: Archive, rows: Rows) -> None:
    text = "It raised 1.2 trillion dong ($46 million)."
    figures = (
        Figure(10, 27, "1.2 trillion dong", Decimal("1.2e12"), Decimal("1.2e12"), "VND", role="raised"),
        Figure(29, 40, "$46 million", Decimal(46_000_000), Decimal(46_000_000), "USD", role="raised", equivalent_of=0),
    )
    archive.add([Record(url="https://a.example/1", text=text, lang="en", figures=figures)], now=NOW)
    first, second = rows("select * from figures order by position")
    assert (first["surface"], first["low"], first["currency"]) == ("1.2 trillion dong", 1.2e12, "VND")
    assert second["equivalent_of"] == first["id"]
    assert len(rows("select * from rounds")) == 1  # a restated sum is no second report


def test_a_revision_keeps_what_was_replaced_and_renews_what_hangs_on_the_article(archive: Archive, rows: Rows) -> None:
    before = raise_report("https://a.example/1")
    after = raise_report("https://a.example/1", "$30 million", 30_000_000)
    archive.add([before], now=NOW)
    (answer,) = archive.add([after], now=NOW + timedelta(hours=1))
    assert answer.outcome == "revision"
    (revision,) = rows("select * from revisions")
    assert (revision["kind"], revision["text"]) == ("updated", before.text)
    assert ["$50 ", "$30 "] in json.loads(str(revision["diff"]))
    assert [row["surface"] for row in rows("select surface from figures")] == ["$30 million"]
    assert [row["surface"] for row in rows("select surface from rounds")] == ["$30 million"]
    assert rows("select articles, stories from mentions_daily") == [{"articles": 1, "stories": 1}]


def test_a_silent_correction_becomes_an_event(archive: Archive, rows: Rows) -> None:
    archive.add([raise_report("https://a.example/1")], now=NOW)
    archive.add([raise_report("https://a.example/1", "$30 million", 30_000_000)], now=NOW)
    (event,) = rows("select * from events where kind = 'correction'")
    assert json.loads(str(event["data"])) == {"before": "$50 million", "after": "$30 million"}
    assert event["article_id"] is not None
    assert event["story_id"] is not None


def test_a_source_that_contradicts_becomes_a_conflict_once(archive: Archive, rows: Rows) -> None:
    archive.add([raise_report("https://a.example/1"), raise_report("https://b.example/1")], now=NOW)
    assert rows("select * from events where kind = 'conflict'") == []
    archive.add([raise_report("https://liar.example/1", "$500 million", 500_000_000)], now=NOW)
    archive.add([raise_report("https://c.example/1")], now=NOW)
    (event,) = rows("select * from events where kind = 'conflict'")
    assert "$50 million (a.example) and $500 million (liar.example)" in str(event["message"])
    assert {row["conflicts"] for row in rows("select conflicts from rounds")} == {1}


def test_days_are_counted_by_article_and_by_story(archive: Archive, rows: Rows) -> None:
    other = Record(
        url="https://c.example/2",
        title="Regatta",
        text="Lumenova sponsors the regatta of the northern ports this summer, for the third time and with more boats than ever.",
        lang="en",
        published_at=NOW,
        mentions=(Mention("lumenova", 0, 8, "Lumenova"),),
    )
    archive.add([raise_report("https://a.example/1"), raise_report("https://b.example/1"), other], now=NOW)
    assert rows("select * from mentions_daily") == [{"day": "2026-03-04", "entity_id": "lumenova", "articles": 3, "stories": 2}]


@pytest.mark.parametrize("field", ["title", "text", "url"])
def test_characters_that_sqlite_cannot_hold_are_replaced_one_for_one(archive: Archive, rows: Rows, field: str) -> None:
    odd = "https://a.example/\x00b\ud800c"
    archive.add([replace(Record(url="https://a.example/1", text="x"), **{field: odd})], now=NOW)  # type: ignore[arg-type]
    (row,) = rows(f"select {field} as value from articles")
    assert row["value"] == "https://a.example/ b\ufffdc"


def test_times_are_utc_and_end_in_z(archive: Archive, rows: Rows) -> None:
    published = datetime.fromisoformat("2026-03-04T23:30:15.9+07:00")
    archive.add([Record(url="https://a.example/1", text="x", published_at=published, published_precision="second")], now=NOW)
    (row,) = rows("select published_at, first_seen_at from articles")
    assert row == {"published_at": "2026-03-04T16:30:15Z", "first_seen_at": "2026-03-04T12:00:00Z"}


def test_a_time_at_the_edge_of_the_calendar_does_no_harm(archive: Archive) -> None:
    for year in (1, 9999):
        at = datetime(year, 1, 1, tzinfo=UTC) if year == 1 else datetime(year, 12, 31, 23, 59, tzinfo=UTC)
        (added,) = archive.add([raise_report(f"https://a.example/{year}", published_at=at)], now=NOW)
        assert added.outcome == "new"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=120), min_size=1, max_size=4))
def test_any_text_is_stored_and_the_full_text_stays_in_step(archive: Archive, texts: list[str]) -> None:
    for text in texts:  # one address: the first is new, the others replace each other
        archive.add([Record(url="https://a.example/one", title=text[:20], text=text)], now=NOW)
    archive.add([Record(url="https://a.example/one", title="end", text=PARAGRAPH)], now=NOW)
    archive.write(lambda c: c.execute("insert into articles_fts(articles_fts) values ('integrity-check')"))
    with closing(archive.reader()) as reader:
        for term in ("end", "haiphong"):
            assert len(reader.execute("select rowid from articles_fts where articles_fts match ?", (term,)).fetchall()) == 1
        words = reader.execute("select count(*) from articles_fts").fetchone()[0]
        assert words == 1


THINGS = (
    "tern",
    "ferry",
    "harbour",
    "engineer",
    "tidal",
    "station",
    "colony",
    "bridge",
    "council",
    "festival",
    "lantern",
    "quarry",
)


def made_up(number: int) -> Record:
    """Of each five numbers: a text, a copy of it, a later state of it, and two reports of the same event in other words."""
    event, kind = divmod(number, 5)
    names = [f"{thing.title()}{'abcdefgh'[event]}" for thing in THINGS[:4]]
    told = 0 if kind < 3 else kind
    words = [f"{thing}{'klmnop'[told]}{'qrstuvwx'[event]}{place}" for place in range(4) for thing in THINGS]
    text = f"Officials in {' and '.join(names)} said so. " + " ".join(words) + "."
    if kind == 2:
        text += " A spokesman declined to name the price of the new lantern."
    return Record(
        url=f"https://site{kind % 2 if kind < 3 else kind}.example/{event}",
        title=f"About {names[0]} and {names[1]}" + (" again" if kind == 1 else ""),
        text=text,
        lang="en",
        published_at=NOW,
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.integers(0, 24), min_size=2, max_size=45), together=st.sampled_from([1, 2, 32]))
def test_records_together_become_what_they_become_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, numbers: list[int], together: int
) -> None:
    monkeypatch.setattr(add, "TOGETHER", together)
    records, folder = [made_up(number) for number in numbers], tmp_path_factory.mktemp("together")
    with open_archive(folder / "a.db") as one, open_archive(folder / "b.db") as other:
        assert one.add(iter(records), now=NOW) == [added for record in records for added in other.add([record], now=NOW)]
        for query in (
            "select id, url, story_id, copy_of, content_hash from articles order by id",
            "select id, headline, articles, sources, merged_into from stories order by id",
            "select key, article_id from rw_keys order by key",
            "select rowid from articles_fts where articles_fts match 'ternkq0 OR spokesman' order by rowid",
        ):
            assert one.write(lambda c, q=query: c.execute(q).fetchall()) == other.write(
                lambda c, q=query: c.execute(q).fetchall()
            )


def test_a_record_that_fails_takes_the_whole_batch_with_it(archive: Archive, rows: Rows) -> None:
    def records() -> Iterator[Record]:
        yield made_up(1)
        raise RuntimeError("the page is gone")

    with pytest.raises(RuntimeError):
        archive.add(records(), now=NOW)
    assert rows("select * from rw_keys") == []
    assert archive.add([made_up(1)], now=NOW)[0].outcome == "new"
