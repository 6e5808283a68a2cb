"""The row of an article and the rows that hang on it: full text, mentions, figures, days, ledger."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from racewire.archive import days, fulltext
from racewire.archive.details import insert_figures, insert_mentions, remove_details
from racewire.archive.times import stamp
from racewire.model import Record
from racewire.stories.attribution import attributed_to
from racewire.stories.copies import Text
from racewire.stories.domains import domain_of, trusted_canonical
from racewire.stories.rounds import record_rounds
from racewire.stories.urls import url_key
from racewire.text.tokens import fold_text, tokens_of_folded

TEXTS = ("url", "canonical_url", "title", "text", "lang", "site_name", "image_url")
SURROGATE = re.compile("[\ud800-\udfff]")
UNSTORABLE = {0: " ", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record with what is computed from it alone."""

    record: Record
    canonical: str | None
    keys: tuple[str, ...]
    folded_title: str
    folded_text: str
    content_hash: str
    text: Text
    domain: str
    words: int
    attribution: str | None


def prepare(record: Record) -> Prepared:
    """Computes what is stored beside the record itself."""
    record = storable(record)
    canonical = trusted_canonical(record.url, record.canonical_url)
    keys = dict.fromkeys(url_key(address) for address in (record.url, canonical) if address)
    folded_title, folded_text = fold_text(record.title), fold_text(record.text)
    title_words, words = tokens_of_folded(folded_title), tokens_of_folded(folded_text)
    domain = domain_of(record.url)
    return Prepared(
        record,
        canonical,
        tuple(keys),
        folded_title,
        folded_text,
        content_hash(title_words, words),
        Text.of(words, title_words, domain),
        domain,
        len(words),
        attributed_to(record.text, domain=domain, site_name=record.site_name),
    )


def storable(record: Record) -> Record:
    """The record without characters that SQLite cannot hold or stumbles over; each is replaced by one, so offsets stay right."""
    changed = {
        name: text.translate(UNSTORABLE)
        for name in TEXTS
        if (text := getattr(record, name)) and ("\0" in text or (not text.isascii() and SURROGATE.search(text)))
    }
    return replace(record, **changed) if changed else record


def content_hash(title_words: list[str], words: list[str]) -> str:
    """Equal for equal folded words: the first 32 hex digits of a SHA-256."""
    content = "\n".join((" ".join(title_words), " ".join(words)))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]


INSERT = """
insert into articles(id, source_id, url, canonical_url, title, text, lang, published_at, published_precision, authors, site_name, image_url,
  first_seen_at, seen_before_start, story_id, copy_of, content_hash, analyser_version, problem, domain, attribution, words)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an article came: by which source, whether the source already showed it when first met, and when; `at` is the stamp of `now`."""

    source_id: str | None
    seen_before_start: bool
    now: datetime
    at: str

    @classmethod
    def of(cls, source_id: str | None, now: datetime, *, seen_before_start: bool) -> Arrival:
        return cls(source_id, seen_before_start, now, stamp(now))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands: its id, its story, and the article that it copies."""

    article_id: int
    story_id: int
    copy_of: int | None


def insert_article(connection: sqlite3.Connection, new: Prepared, arrival: Arrival, place: Place) -> None:
    """Writes the article's row."""
    record = new.record
    connection.execute(
        INSERT,
        (
            place.article_id,
            arrival.source_id,
            record.url,
            new.canonical,
            record.title,
            record.text,
            record.lang,
            stamp(record.published_at) if record.published_at else None,
            record.published_precision,
            json.dumps(record.authors, ensure_ascii=False) if record.authors else "[]",
            record.site_name,
            record.image_url,
            arrival.at,
            int(arrival.seen_before_start),
            place.story_id,
            place.copy_of,
            new.content_hash,
            record.analyser_version,
            record.problem,
            new.domain,
            new.attribution,
            new.words,
        ),
    )


def insert_details(connection: sqlite3.Connection, article_id: int, new: Prepared, story_id: int) -> int:
    """Writes what hangs on an article's row, but for its full text; returns how many raises it reports."""
    record = new.record
    if record.mentions or record.uncertain or record.title_mentions:
        insert_mentions(connection, article_id, record)
        days.count_article(connection, article_id, story_id)
    if not record.figures and not record.title_figures:
        return 0
    insert_figures(connection, article_id, record)
    return record_rounds(connection, article_id, story_id)


def replace_article(connection: sqlite3.Connection, article_id: int, new: Prepared) -> None:
    """Puts a new reading in the place of the old one; what hangs on the row goes and comes again."""
    title, text, story_id = connection.execute(
        "select title, text, story_id from articles where id = ?", (article_id,)
    ).fetchone()
    record = new.record
    fulltext.delete(connection, article_id, title, text)
    days.uncount_article(connection, article_id, story_id)
    remove_details(connection, article_id)
    connection.execute(
        "update articles set title = ?, text = ?, lang = ?, authors = ?, site_name = coalesce(?, site_name), "
        "image_url = coalesce(?, image_url), published_at = coalesce(published_at, ?), content_hash = ?, analyser_version = ?, problem = ?, "
        "attribution = ?, words = ? where id = ?",
        (
            record.title,
            record.text,
            record.lang,
            json.dumps(record.authors, ensure_ascii=False),
            record.site_name,
            record.image_url,
            stamp(record.published_at) if record.published_at else None,
            new.content_hash,
            record.analyser_version,
            record.problem,
            new.attribution,
            new.words,
            article_id,
        ),
    )
    insert_details(connection, article_id, new, story_id)
    fulltext.insert(connection, [(article_id, new.folded_title, new.folded_text)])
