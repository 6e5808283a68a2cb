"""What a person is shown."""

from __future__ import annotations

from datetime import date

from racewire.figures import explain, find_figures

TEXT = "Nothing here. Larkspur AI raised €45M in a Series B led by Fernhill Capital at a valuation of over €1.2bn ($1.4bn)."


def test_the_sentence_is_marked_and_the_cue_named() -> None:
    first, second, third = explain(TEXT, find_figures(TEXT, "en", published_on=date(2024, 1, 2), mentions=()), "en")
    assert first.sentence.startswith("Larkspur AI raised ⟦€45M⟧ in")
    assert first.amount == "45,000,000 EUR"
    assert dict(first.facts) | {"in dollars": ""} == {
        "role": "raised", "because of": "in a Series B", "certainty": "stated", "round": "series-b", "recipient": "Larkspur AI",
        "payer": "Fernhill Capital", "in dollars": "",
    }  # fmt: skip
    assert "rate of 2024-01-02, ecb" in dict(first.facts)["in dollars"]
    assert second.amount == "1,200,000,000 EUR or more"
    assert dict(third.facts)["restates"] == "€1.2bn"
    assert "⟦$1.4bn⟧" in str(third)
