"""The alias lab: trying a name and finding names that are not tracked yet."""

from __future__ import annotations

from racewire.entities.lab import Article, discover, try_name

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


def test_trying_a_tracked_name_says_whose_it_is() -> None:
    assert try_name("Nvidia", ARTICLES).taken_by == ("nvidia",)


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


def test_discover_keeps_to_its_limit() -> None:
    assert len(discover(ARTICLES, least=1, most=1)) == 1
