"""Shows a person what was read in a text: the sentence with its sums marked, and what decided each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from racewire.model import Figure
from racewire.text.sentences import sentence_at


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure, told in words.

    `sentence` is the sentence it stands in with the surface between `⟦` and `⟧`; `amount` the value with its currency; `facts` are
    (what, value) pairs in the order a person asks for them, such as ("role", "raised"), ("because of", "Series B").
    """

    figure: Figure
    sentence: str
    amount: str
    facts: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        lines = [self.sentence, f"  {self.figure.surface} = {self.amount}"]
        return "\n".join([*lines, *(f"    {what}: {value}" for what, value in self.facts)])


def explain(text: str, figures: Sequence[Figure], lang: str | None = None) -> list[Explanation]:
    """An explanation for each of `figures`, which are what `find_figures(text, lang)` gave."""
    return [_one(text, figure, figures, lang) for figure in figures]


def _one(text: str, figure: Figure, figures: Sequence[Figure], lang: str | None) -> Explanation:
    start, end = sentence_at(text, figure.start, figure.end, lang, reach=400)
    marked = f"{text[start : figure.start]}⟦{text[figure.start : figure.end]}⟧{text[figure.end : end]}"
    return Explanation(
        figure, " ".join(marked.split()), _amount(figure.low, figure.high, figure.currency), tuple(_facts(figure, figures))
    )


def _facts(figure: Figure, figures: Sequence[Figure]) -> list[tuple[str, str]]:
    facts: list[tuple[str, str]] = [("role", figure.role)]
    if figure.cue:
        facts.append(("because of", " ".join(figure.cue.split())))
    facts.append(("certainty", figure.certainty))
    if figure.approx:
        facts.append(("precision", "approximate"))
    if figure.bound != "none":
        facts.append(("bound", figure.bound.replace("_", " ")))
    recipient, payer = _party(figure.recipient, figure.recipient_name), _party(figure.payer, figure.payer_name)
    named = {"per": figure.per, "round": figure.round, "recipient": recipient, "payer": payer}
    facts += [(what, value) for what, value in named.items() if value]
    if figure.cumulative:
        facts.append(("counts", "everything so far"))
    if figure.equivalent_of is not None:
        facts.append(("restates", figures[figure.equivalent_of].surface))
    if figure.currency and figure.rate_on:
        stale = ", more than a week old" if figure.rate_stale else ""
        rate = f" (rate of {figure.rate_on}, {figure.rate_source}{stale})" if figure.currency != "USD" else ""
        facts.append(("in dollars", _amount(figure.usd_low, figure.usd_high, "USD") + rate))
    elif figure.currency:
        facts.append(("in dollars", "no rate for this currency"))
    return facts


def _party(entity: str | None, name: str | None) -> str | None:
    if entity and name:
        return f"{name} ({entity})"
    return name or entity


def _amount(low: Decimal | None, high: Decimal | None, currency: str | None) -> str:
    unit = currency or "of an unknown currency"
    if low is not None and low == high:
        return f"{_digits(low)} {unit}"
    if low is not None and high is not None:
        return f"{_digits(low)} to {_digits(high)} {unit}"
    if low is not None:
        return f"{_digits(low)} {unit} or more"
    return f"up to {_digits(high)} {unit}" if high is not None else f"an amount {unit}"


def _digits(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"{value:,.0f}" if whole else f"{value.normalize():,f}"
