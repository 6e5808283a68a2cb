"""The summary says what the archive holds: counts, the sentence with the match, who reports it and who disagrees."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from racewire.archive import open_archive
from racewire.demo.show import columns, dollars, reports, summary, wrap

ARTICLES = [
    # id, site, lang, published, copy of, surface, usd, conflicts
    (1, "Nhịp Số", "vi", "2023-06-29T01:12:00Z", None, "50 triệu USD", 50e6, 0),
    (4, "Hangang", "en", "2023-06-29T02:00:00Z", None, "$50 million", 50e6, 0),
    (2, "Meridian Wire", "en", "2023-06-29T01:31:00Z", 4, "$50 million", 50e6, 1),  # fetched after its copy
    (3, "電子新報", "ja", "2023-06-29T03:05:00Z", None, "3億元", 41.4e6, 1),
    (5, "Rheinkurier", "de", None, None, None, None, 0),
]
ALERT = {
    "entities": [{"id": "baichuan", "name": "Baichuan"}],
    "figures": [
        {
            "surface": "50 triệu USD",
            "role": "raised",
            "currency": "USD",
            "usd_low": 50e6,
            "usd_high": 50e6,
            "rate_on": "2023-06-29",
        }
    ],
    "evidence": [{"text": "Baichuan huy động 50 triệu USD.", "start": 18, "end": 30, "url": "http://1.example/?utm_source=feed"}],
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    archive = open_archive(tmp_path / "a.db")
    archive.write(fill)
    reader = archive.reader()
    yield reader
    reader.close()
    archive.close()


def fill(connection: sqlite3.Connection) -> None:
    now = "2023-06-29T09:00:00Z"
    connection.execute(
        "insert into sources(id, url, kind, every_s, problem, first_seen_at) values ('le-fil', 'http://le-fil.example/', 'feed', 10, 'http-500', ?)",
        (now,),
    )
    connection.execute("insert into stories(id, headline, first_seen_at, last_seen_at) values (1, 'x', ?, ?)", (now, now))
    for number, site, lang, published, copy, surface, usd, conflicts in ARTICLES:
        connection.execute(
            "insert into articles(id, url, canonical_url, title, text, lang, published_at, site_name, first_seen_at, story_id, copy_of, content_hash, domain) "
            "values (?, ?, ?, 't', '', ?, ?, ?, ?, 1, ?, ?, ?)",
            (
                number,
                f"http://{number}.example/?utm_source=feed",
                f"http://{number}.example/",
                lang,
                published,
                site,
                now,
                copy,
                str(number),
                f"{number}.example",
            ),
        )
        if surface is None:
            continue
        connection.execute(
            'insert into figures(id, article_id, position, start, "end", surface, role, certainty, usd_low, usd_high, sentence_start, sentence_end) '
            "values (?, ?, 0, 0, 1, ?, 'raised', 'stated', ?, ?, 0, 1)",
            (number, number, surface, usd, usd),
        )
        connection.execute(
            "insert into rounds(story_id, article_id, figure_id, company, certainty, surface, usd_low, usd_high, reported_at, conflicts) "
            "values (1, ?, ?, 'baichuan', 'stated', ?, ?, ?, ?, ?)",
            (number, number, surface, usd, usd, now, conflicts),
        )
    connection.execute(
        "insert into alerts(rule_id, title, severity, story_id, article_id, created_at, data) values ('r', 'A raise', 'high', 1, 1, ?, ?)",
        (now, json.dumps(ALERT)),
    )


def test_the_summary_shows_figure_sentence_reports_and_the_one_that_disagrees(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    (tmp_path / "x.eml").write_text("")
    text = summary(connection, mail=tmp_path, config=tmp_path / "racewire.toml", zone="Asia/Ho_Chi_Minh")
    assert text.split("\n\n")[0].splitlines() == [
        "5 articles from 5 papers: 2 en, 1 de, 1 ja, 1 vi",
        "1 reprint, 1 story, 4 figures (4 with US dollars)",
        "1 alert, 1 story with figures that disagree",
        "le-fil is in trouble: http-500",
    ]
    assert "  Baichuan: raised US$50M, as written: 50 triệu USD\n" in text
    assert "    Baichuan huy động >>50 triệu USD<<.\n    http://1.example/\n" in text
    assert (
        "  08:12            Nhịp Số         vi  50 triệu USD\n"
        "  08:31  +19 min   Meridian Wire   en  $50 million\n"
        "  10:05  +1h53     電子新報        ja  3億元  DISAGREES: US$41.4M\n"
        "    -              Rheinkurier     de\n"
        "  1 reprint: Hangang\n"
    ) in text
    assert f"mails   1 in {tmp_path}" in text
    assert f"export RACEWIRE_CONFIG={tmp_path / 'racewire.toml'}" in text


def test_only_alerts_after_the_one_given(connection: sqlite3.Connection) -> None:
    assert summary(connection, after=0).count("ALERT") == 1
    assert summary(connection, after=1).count("ALERT") == 0


def test_an_empty_archive_has_a_summary_too(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "a.db")
    with archive.reader() as reader:
        assert summary(reader).startswith("0 articles from 0 papers")
    reader.close()
    archive.close()


def test_what_could_move_the_cursor_is_left_out(connection: sqlite3.Connection, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "a.db")
    other.execute("update articles set site_name = 'a\x1b[2J\u202eb' where id = 1")
    other.commit()
    other.close()
    text = summary(connection)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert reports(connection, 1)[0].name == "a\x1b[2J\u202eb"


@pytest.mark.parametrize(
    ("sum_", "said"),
    [(50e6, "US$50M"), (1.2e9, "US$1.2B"), (41.4e6, "US$41.4M"), (999_999_999, "US$1B"), (12, "US$12"), (None, "an unknown sum")],
)
def test_dollars(sum_: float | None, said: str) -> None:
    assert dollars(sum_) == said


def test_wide_text_is_wrapped_by_columns() -> None:
    text = "百川智能完成5000万美元种子轮融资，" * 8
    lines = wrap(text, "    ")
    assert "".join(line.removeprefix("    ") for line in lines) == text
    assert max(columns(line) for line in lines) <= 78
    assert columns("a\u0301bć") == 3
