"""The alias lab: trying a name and finding names that are not tracked yet."""

from __future__ import annotations

import tomllib

from racewire.entities import Gazetteer
from racewire.entities.discovery import discover
from racewire.entities.lab import Article, proposal, try_name

ARTICLES = [
    Article(
        1,
        "Robot maker Quillon raises $40 million",
        "Quillon, an AI startup, said OpenAI backed it.",
        "en",
        (("Quillon", None, 40e6),),
    ),
    Article(2, "Funding roundup", "Nvidia and Quillon Robotics work on chips. NimbusGrid sells software to Nvidia.", "en"),
    Article(3, "Weather", "The quillon of a sword is its crossguard. Quillonia is no word.", "en"),
    Article(4, "Cloud", "NimbusGrid rents GPUs from CoreWeave.", "en"),
]


def test_trying_a_name_counts_its_hits_and_shows_them() -> None:
    trial = try_name("Quillon", ARTICLES)
    assert (trial.articles, trial.hits, trial.cased, trial.inside) == (3, 4, 3, 1)
    assert trial.longer[0][0] == "Quillon Robotics"
    assert {sample.article_id for sample in trial.samples} == {1, 2, 3}
    assert any("'ambiguous'" in line for line in trial.advice)


def test_samples_come_from_both_kinds_of_places_and_say_what_counts() -> None:
    trial = try_name("Quillon", ARTICLES)
    assert (trial.near_field, trial.certain) == (3, 3)
    assert [(sample.article_id, sample.field, sample.certain) for sample in trial.samples] == [
        (1, True, True),
        (1, True, True),
        (2, True, True),
        (3, False, False),
    ]
    assert (trial.samples[0].before, trial.samples[0].surface, trial.samples[0].after[:10]) == (
        "Robot maker ",
        "Quillon",
        " raises $4",
    )


def test_marks_are_proposed_as_a_table() -> None:
    trial = try_name("Quillon", ARTICLES)
    assert tomllib.loads(proposal(trial)) == {
        "entity": {"quillon": {"name": "Quillon", "ambiguous": ["Quillon"], "within": {"Quillon": ["Quillon Robotics"]}}}
    }
    safe = try_name(
        "CoreGrid", [Article(1, "CoreGrid", "The startup CoreGrid sells chips."), Article(2, "", "CoreGrid makes AI chips")]
    )
    assert safe.advice == ("it looks safe as an alias",)
    assert tomllib.loads(proposal(safe)) == {"entity": {"coregrid": {"name": "CoreGrid", "aliases": ["CoreGrid"]}}}
    assert proposal(try_name("Nobody Inc", ARTICLES)) == ""


def test_words_that_stand_on_one_side_only_are_proposed_with_it() -> None:
    field = [Article(n, "", f"The chip startup says Quillon makes warehouse machines, number {n}.", "en") for n in range(3)]
    other = [Article(n, "", f"An antique Quillon protects fingers of a fencing blade, number {n}.", "en") for n in range(3, 9)]
    trial = try_name("Quillon", [*field, *other])
    assert "warehouse" in trial.context
    assert "fencing" in trial.against
    assert not {"number"} & {*trial.context, *trial.against}


def test_trying_a_tracked_name_says_whose_it_is() -> None:
    trial = try_name("Nvidia", ARTICLES)
    assert (trial.tracked, trial.taken_by, trial.certain) == ("nvidia", ("nvidia",), 2)
    assert trial.advice == ("it is a name of 'nvidia' already",)
    assert try_name("Nvidia", ARTICLES, Gazetteer([])).tracked is None


def test_a_name_without_hits_gets_no_verdict() -> None:
    trial = try_name("Nobody Inc", ARTICLES)
    assert trial.hits == 0
    assert "no hit" in trial.advice[0]


def test_discovers_who_raises_and_who_stands_beside_tracked_names() -> None:
    found = {candidate.name: candidate for candidate in discover(ARTICLES)}
    assert found["Quillon"].raises == 1
    assert found["Quillon"].usd == 40e6
    assert ("openai", 1) in found["Quillon"].beside
    assert found["NimbusGrid"].articles == 2
    assert next(iter(found)) == "Quillon"
    assert not {"OpenAI", "Nvidia", "CoreWeave"} & set(found)
    assert found["NimbusGrid"].article_ids == (4, 2)


def test_what_is_no_name_of_its_own_is_not_discovered() -> None:
    text = (
        "Paris's NovaSpark sells 16GB of memory for 1.30B to Nvidia, says The Times. " + "So it goes. " * 40 + "BetaCorp did not."
    )
    figures = ((" Paris’s NovaSpark", None, 1e6), ("It", None, 1e6), ("Nvidia", None, 1e6), ("Open AI", "openai", 1e6))
    [found] = discover([Article(1, "", text, "en", figures)], least=1)
    assert (found.name, found.raises, found.beside) == ("NovaSpark", 1, (("nvidia", 1),))


def test_a_sum_in_capitals_is_no_name() -> None:
    text = "NovaSpark sammelt mit Nvidia 50 Millionen Dollar ein, und aus Beta Fonds kommen 3 Millionen Euro."
    assert [found.name for found in discover([Article(1, "", text, "de", ())], least=1)] == ["Beta Fonds", "NovaSpark"]


def test_discover_keeps_to_its_limit() -> None:
    assert len(discover(ARTICLES, least=1, most=1)) == 1
