"""`racewire entity try|discover`: what the stored articles say of a name, and which names they have that nobody tracks."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from racewire.cli.output import Form, bold, print_rows, put, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import UsageError
from racewire.text.terminal import printable

if TYPE_CHECKING:
    from racewire.entities.lab import Article, Sample, Trial

SAMPLED = ("article_id", "lang", "near_field", "certain", "before", "surface", "after", "url")
DISCOVERED = ("name", "articles", "raises", "usd", "beside", "latest_at", "url")
_ARTICLES = """
select id, title, text, lang from articles where copy_of is null and text <> '' order by id desc limit ?
"""
_RECEIVED = """
select article_id, recipient_name, recipient, usd_high from figures
where role in ('raised', 'investment') and recipient_name is not null and certainty <> 'denied'
"""
_LONGEST = 200  # characters of a name

articles_option = click.option(
    "--articles", type=click.IntRange(1), default=10_000, show_default=True, help="Look at so many of the newest articles."
)


@click.command("try")
@click.argument("name")
@articles_option
@row_options
@config_option
@pass_session
def try_(session: Session, name: str, articles: int, form: Form | None) -> int:
    """Show where a name stands in the stored articles, and how to mark it before it is tracked.

    Samples come with and without words of the field near; what `counts` would fire a rule. A name that is not tracked yet is taken for an
    ambiguous one. Ends with 1 where it stands nowhere. `racewire mentions --all` looks at a text instead.

    \b
    racewire entity try Harvey
    """
    from racewire.entities.lab import try_name

    if not name.strip() or len(name) > _LONGEST:
        raise UsageError(f"a name has 1 to {_LONGEST} characters; `racewire mentions --all` looks at a text")
    with session.reading() as connection:
        trial = try_name(name, _articles(connection, articles), session.gazetteer())
        urls = _urls(connection, [sample.article_id for sample in trial.samples])
    _tell(trial)
    if form is None:
        _show(trial)
    else:
        print_rows([_row(sample, urls) for sample in trial.samples], form, SAMPLED)
    return 0 if trial.hits else 1


@click.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="At most so many.")
@click.option(
    "--least", type=click.IntRange(1), default=2, show_default=True, help="Articles that must name one that raised nothing."
)
@articles_option
@row_options
@config_option
@pass_session
def discover(session: Session, limit: int, least: int, articles: int, form: Form | None) -> int:
    """Show the names that raise money, or often stand beside tracked ones, and are not tracked themselves.

    Those with the most sums received come first, then those in the most articles.
    """
    from racewire.entities.discovery import discover as candidates

    with session.reading() as connection:
        found = candidates(_articles(connection, articles), session.gazetteer(), least=least, most=limit)
        urls = _urls(connection, [one.article_ids[0] for one in found])
    rows = [
        {
            "name": one.name,
            "articles": one.articles,
            "raises": one.raises,
            "usd": one.usd,
            "beside": [id for id, _ in one.beside] if form in ("json", "nl") else " ".join(id for id, _ in one.beside),
            "latest_at": urls[one.article_ids[0]][1],
            "url": urls[one.article_ids[0]][0],
        }
        for one in found
    ]
    if not print_rows(rows, form, DISCOVERED):
        say("nobody: every name that raises money, or stands beside tracked ones, is tracked")
    elif form is None:
        say("next: `racewire entity try NAME` shows where one stands, `racewire entity add NAME` tracks it")
    return 0


def _articles(connection: sqlite3.Connection, most: int) -> Iterator[Article]:
    """The newest articles, none twice, with the sums that somebody receives in them."""
    from racewire.entities.lab import Article

    received: defaultdict[int, list[tuple[str | None, str | None, float | None]]] = defaultdict(list)
    for id, name, entity, usd in connection.execute(_RECEIVED):
        received[id].append((name, entity, usd))
    for id, title, text, lang in connection.execute(_ARTICLES, (most,)):
        yield Article(id, title, text, lang, tuple(received[id]))


def _urls(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Address and time of arrival of some articles, by id."""
    asked = "select url, first_seen_at from articles where id = ?"
    return {id: tuple(connection.execute(asked, (id,)).fetchone()) for id in ids}


def _row(sample: Sample, urls: dict[int, tuple[str, str]]) -> dict[str, object]:
    return {
        "article_id": sample.article_id,
        "lang": sample.lang,
        "near_field": sample.field,
        "certain": sample.certain,
        "before": sample.before,
        "surface": sample.surface,
        "after": sample.after,
        "url": urls[sample.article_id][0],
    }


def _tell(trial: Trial) -> None:
    if trial.hits:
        inside = f"; {trial.inside} more inside other words" if trial.inside else ""
        say(
            f"{_counted(trial.hits, 'hit')} in {_counted(trial.articles, 'article')}: {trial.cased} spelt like that, "
            f"{trial.near_field} beside words of the field, {trial.certain} count{'s' if trial.certain == 1 else ''}{inside}"
        )
    for line in trial.advice:
        say(printable(line))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _show(trial: Trial) -> None:
    """For a person: the samples of both kinds with the hit marked, and what could be written into entities.toml."""
    from racewire.entities.lab import proposal

    for near, heading in ((True, "beside words of the field"), (False, "elsewhere")):
        samples = [sample for sample in trial.samples if sample.field is near]
        if samples:
            put(f"{heading}:")
        for sample in samples:
            mark = "counts" if sample.certain else ""
            put(f"  {sample.lang or '':2} {mark:6}  {_marked(sample)}")
    if table := proposal(trial):
        put()
        put("# for entities.toml, to be looked through")
        put(table.rstrip())


def _marked(sample: Sample) -> str:
    return printable(sample.before, " ") + bold(f"[{printable(sample.surface, ' ')}]") + printable(sample.after, " ")
