"""What an alert says: the data of the webhook."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alerts.rules.evidence import LONGEST_EVIDENCE, quote
from tests.alerts.workshop import NAMES, START, Desk, article, desk, money, rule

TEXT = (
    "A morning in spring.\n"
    "Lumora has raised 360 million yuan from Harbor Fund, its first backer. Norvik was not asked.\n"
    "Earlier, Norvik had bought a ship for $2 million."
)


def one_alert(folder: Path, when: str) -> tuple[Desk, dict[str, Any]]:
    here = desk(folder, rule(when, more='title = "A raise"\nseverity = "high"'))
    figures = (
        money(
            TEXT,
            "360 million yuan",
            360e6,
            "CNY",
            recipient="lumora",
            payer="harbor-fund",
            usd_low=50e6,
            usd_high=50e6,
            round="seed",
        ),
        money(TEXT, "$2 million", 2e6, role="acquisition", payer="norvik"),
    )
    record = article(
        TEXT, *figures, url="https://paper.example/a", title="Money for models", site_name="The Paper", published_at=START
    )
    here.add(record, source_id="paper")
    return here, json.loads(here.rows("select data from alerts")[0]["data"])


def test_the_data_of_an_alert_about_money(tmp_path: Path) -> None:
    _, data = one_alert(tmp_path, 'when.figure = { role = "raised", of = "lumora", usd = ">= 10M" }')
    assert data["alert_id"] == 1
    assert data["rule"] == {"id": "r", "title": "A raise", "severity": "high"}
    story = data["story"]
    assert (story["id"], story["headline"], story["url"]) == (1, "Money for models", "https://paper.example/a")
    assert story["first_seen_at"] == "2025-03-03T09:00:00Z"
    source = story["sources"][0]
    assert (source["name"], source["url"], source["lang"]) == ("The Paper", "https://paper.example/a", "en")
    assert source["published_at"] == "2025-03-03T09:00:00Z"
    assert [(entity["id"], entity["name"]) for entity in data["entities"]] == [
        ("lumora", "Lumora"),
        ("harbor-fund", "Harbor Fund"),
    ]
    [figure] = data["figures"]
    assert (figure["surface"], figure["low"], figure["currency"], figure["usd_low"]) == ("360 million yuan", 360e6, "CNY", 50e6)
    [proof] = data["evidence"]
    assert proof["text"] == "Lumora has raised 360 million yuan from Harbor Fund, its first backer."
    assert proof["text"][proof["start"] : proof["end"]] == "360 million yuan"
    assert [proof["text"][low:high] for low, high in proof["names"]] == ["Lumora", "Harbor Fund"]
    assert proof["url"] == "https://paper.example/a"
    assert proof["paragraph"] == 2
    assert data["why"] == ["a figure: role raised, of Lumora, at least USD 10M: 360 million yuan"]


def test_what_only_the_title_says_fires_and_is_quoted(tmp_path: Path) -> None:
    title, text = "Lumora raises $90 million for models", "Norvik was not asked. A short text for those who do not subscribe."
    record = replace(
        article(text, title=title),
        title_mentions=tuple(NAMES.find(title, "en")),
        title_figures=(money(title, "$90 million", 90e6, recipient="lumora"),),
    )
    here = desk(tmp_path, rule('when.figure = { role = "raised", of = "lumora" }') + rule('when.entity = "lumora"', id="name"))
    here.add(record)
    for row in here.rows("select data from alerts"):
        [proof] = json.loads(row["data"])["evidence"]
        assert (proof["text"], proof["paragraph"]) == (title, 0)
        assert proof["text"][proof["start"] : proof["end"]] in ("$90 million", "Lumora")
        assert [proof["text"][low:high] for low, high in proof["names"]] == ["Lumora"]
    assert here.rows("select company, surface from rounds")[0]["company"] == "lumora"
    both = 'when.together = { entities = ["lumora", "norvik"], within = "sentence" }'
    apart = desk(tmp_path, rule(both))
    apart.add(record)
    assert apart.rows("select * from alerts") == []


def test_a_sum_without_a_rate_is_told_and_says_so(tmp_path: Path) -> None:
    here = desk(tmp_path, rule('when.figure = { role = "raised", usd = ">= 10M" }'))
    text = "Lumora raised 900 cowries yesterday."
    here.add(article(text, money(text, "900 cowries", 900, None, recipient="lumora")))
    data = json.loads(here.rows("select data from alerts")[0]["data"])
    assert data["why"] == [
        "a figure: role raised, at least USD 10M: 900 cowries (900 cowries could not be converted to USD, so it is told whatever its size)"
    ]


def test_names_give_the_sentences_in_which_they_stand(tmp_path: Path) -> None:
    _, data = one_alert(tmp_path, 'when.entity = ["norvik", "harbor-fund"]')
    assert [proof["text"][proof["start"] : proof["end"]] for proof in data["evidence"]] == ["Harbor Fund", "Norvik"]
    assert data["why"] == ["names Norvik or Harbor Fund: Harbor Fund, Norvik"]


def test_only_the_alternative_that_holds_is_named(tmp_path: Path) -> None:
    _, data = one_alert(
        tmp_path, 'when.any_of = [{ entity = "mirelle" }, { entity = "norvik", lang = "de" }, { entity = "lumora" }]'
    )
    assert data["why"] == ["names Lumora: Lumora"]
    assert [entity["id"] for entity in data["entities"]] == ["lumora"]


def test_a_rule_of_sql_shows_the_first_figure(tmp_path: Path) -> None:
    _, data = one_alert(tmp_path, 'when.sql = "select id as story_id from stories"')
    assert data["evidence"][0]["text"].startswith("Lumora has raised")
    assert data["entities"][0]["id"] == "lumora"


def test_an_article_with_nothing_in_it_shows_its_headline(tmp_path: Path) -> None:
    here = desk(tmp_path, rule('when.sql = "select id as story_id from stories"'))
    here.add(article("", title="A headline alone", url="https://paper.example/h"))
    data = json.loads(here.rows("select data from alerts")[0]["data"])
    assert data["evidence"][0]["text"] == "A headline alone"
    assert data["evidence"][0]["end"] == len("A headline alone")


def test_sources_that_differ_are_shown_beside_each_other(tmp_path: Path) -> None:
    here, _ = one_alert(tmp_path, 'when.figure = { role = "raised" }')
    for name, amount in (("other", 40e6), ("third", 50e6)):
        text = f"Lumora raised ${amount / 1e6:g} million, wrote {name}."
        here.add(
            article(text, money(text, f"${amount / 1e6:g} million", amount, recipient="lumora"), url=f"https://{name}.example/x")
        )
    here.archive.write(lambda c: c.execute("update articles set story_id = 1"))
    from alerts.ledger import alert_data

    data = here.archive.write(lambda c: alert_data(c, 1))
    assert len(data["story"]["sources"]) == 3
    assert [group["names"] for group in data["disagreement"]] == [["The Paper", "third.example"], ["other.example"]]


spans = st.tuples(st.text("ab. \n", min_size=1, max_size=900), st.integers(0), st.integers(1, 40), st.integers(0), st.integers(0))


@given(spans)
def test_a_quote_always_marks_the_match(given: tuple[str, int, int, int, int]) -> None:
    text, at, length, before, after = given
    start = at % len(text)
    end = min(len(text), start + length)
    low, high = max(0, start - before % 700), min(len(text), end + after % 700)
    row = {"start": start, "end": end, "sentence_start": low, "sentence_end": high}
    found = quote(text, row, [row])
    assert found["text"][found["start"] : found["end"]] == text[start:end]
    assert len(found["text"]) <= LONGEST_EVIDENCE + 2
    assert [[found["start"], found["end"]]] == found["names"]
