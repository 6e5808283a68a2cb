"""What is said about a sum: who did what, in one short English sentence."""

from __future__ import annotations

from typing import Any

from racewire.render.clean import cut, plain
from racewire.render.money import brief

LONGEST_SUBJECT = 60
LONGEST_NAME = 28

# role: what was done, and what is planned; {who} gets or has the sum, {by} pays it
_SENTENCES: dict[str, tuple[str, str]] = {
    "raised": ("{who} raised {sum}", "{who} to raise {sum}"),
    "valuation": ("{who} valued at {sum}", "{who} to be valued at {sum}"),
    "acquisition": ("{who} bought for {sum}", "{who} to be bought for {sum}"),
    "investment": ("{who} gets {sum}", "{who} to get {sum}"),
    "fund": ("{who} fund of {sum}", "{who} plans fund of {sum}"),
    "market_size": ("Market of {sum}: {who}", "Market of {sum}: {who}"),
    "market_cap": ("{who} market value {sum}", "{who} market value {sum}"),
    "revenue": ("{who} revenue {sum}", "{who} expects revenue of {sum}"),
    "profit": ("{who} profit {sum}", "{who} expects profit of {sum}"),
    "loss": ("{who} loss of {sum}", "{who} expects loss of {sum}"),
    "fine": ("{who} fined {sum}", "{who} may be fined {sum}"),
    "price": ("{who} price {sum}", "{who} price {sum}"),
    "contract": ("{who} contract of {sum}", "{who} to win contract of {sum}"),
    "debt": ("{who} borrowed {sum}", "{who} to borrow {sum}"),
    "grant": ("{who} granted {sum}", "{who} to be granted {sum}"),
    "spending": ("{who} spends {sum}", "{who} to spend {sum}"),
    "buyback": ("{who} buys back {sum}", "{who} to buy back {sum}"),
    "other": ("{who}: {sum}", "{who}: {sum}"),
}
# with a payer that is known
_PAID: dict[str, tuple[str, str]] = {
    "acquisition": ("{by} bought {who} for {sum}", "{by} to buy {who} for {sum}"),
    "investment": ("{by} put {sum} into {who}", "{by} to put {sum} into {who}"),
    "grant": ("{by} grants {who} {sum}", "{by} to grant {who} {sum}"),
    "fine": ("{by} fined {who} {sum}", "{by} may fine {who} {sum}"),
}
# a payer alone
_PAYS: dict[str, tuple[str, str]] = {
    "acquisition": ("{by} buys for {sum}", "{by} to buy for {sum}"),
    "investment": ("{by} invests {sum}", "{by} to invest {sum}"),
}
# the same without sum and names, for under a headline
_ACTS: dict[str, tuple[str, str]] = {
    "raised": ("raised", "is to raise"),
    "valuation": ("is valued at", "is to be valued at"),
    "acquisition": ("is bought for", "is to be bought for"),
    "investment": ("gets an investment of", "is to get an investment of"),
    "fund": ("has a fund of", "plans a fund of"),
    "market_size": ("a market of", "a market of"),
    "market_cap": ("has a market value of", "has a market value of"),
    "revenue": ("has revenue of", "expects revenue of"),
    "profit": ("has a profit of", "expects a profit of"),
    "loss": ("has a loss of", "expects a loss of"),
    "fine": ("is fined", "may be fined"),
    "price": ("price", "price"),
    "contract": ("has a contract of", "is to get a contract of"),
    "debt": ("borrowed", "is to borrow"),
    "grant": ("is granted", "is to be granted"),
    "spending": ("spends", "is to spend"),
    "buyback": ("buys back shares for", "is to buy back shares for"),
    "other": ("a sum of", "a sum of"),
}


def lead(data: Any) -> Any | None:
    """The figure that an alert is about, or None."""
    return data["figures"][0] if data["figures"] else None


def who(data: Any) -> str:
    """The name that an alert is about; "" where none is known."""
    figure = lead(data)
    if figure is not None:
        return _party(data, figure, "recipient") or _party(data, figure, "payer") or (_names(data)[0] if data["entities"] else "")
    return " + ".join(_names(data)[:2])


def _names(data: Any) -> list[str]:
    return [cut(plain(entity.get("short") or entity["name"]), LONGEST_NAME) for entity in data["entities"]]


def _party(data: Any, figure: Any, side: str) -> str:
    for entity, name in zip(data["entities"], _names(data), strict=True):
        if entity["id"] == figure.get(side):
            return name
    return cut(plain(figure.get(f"{side}_name")), LONGEST_NAME)


def sentence(data: Any) -> str:
    """`Baichuan raised $50M (seed)`; without a figure the names and the headline, without a name the sum and the headline."""
    figure = lead(data)
    if figure is None:
        names = who(data)
        headline = plain(data["story"]["headline"])
        return plain(f"{names}: {headline}") if names and not headline.startswith(names) else headline
    planned = figure["certainty"] == "planned"
    receiver, payer = _party(data, figure, "recipient"), _party(data, figure, "payer")
    table = _PAID if receiver and payer else _PAYS if payer and not receiver else _SENTENCES
    sum = cut(plain(brief(figure)), LONGEST_NAME)
    name = receiver or who(data)
    if not name:
        return plain(f"{sum} ({figure['role'].replace('_', ' ')}): {plain(data['story']['headline'])}")
    pattern = table.get(figure["role"], _SENTENCES.get(figure["role"], _SENTENCES["other"]))[planned]
    said = pattern.format(who=name, by=payer, sum=sum)
    if figure.get("per"):
        said += f" a {plain(figure['per'])}"
    notes = [note for note in (_round(figure), _doubt(figure)) if note]
    return plain(f"{said} ({', '.join(notes)})" if notes else said)


def act(figure: Any) -> str:
    """What goes between the name and the sum: `raised, in a seed round,`."""
    done, planned = _ACTS.get(figure["role"], _ACTS["other"])
    words = planned if figure["certainty"] == "planned" else done
    if _round(figure):
        words += f" in a {_round(figure)} round"
    doubt = _doubt(figure)
    return f"{words} ({doubt})" if doubt else words


def _round(figure: Any) -> str:
    name = plain(figure.get("round"))
    first, _, last = name.partition("-")
    return f"{first} {last.upper()}" if first == "series" and last else name.replace("-", " ")


def _doubt(figure: Any) -> str:
    return {"reported": "reported", "denied": "denied"}.get(figure["certainty"], "")


def subject(data: Any) -> str:
    """At most 60 characters: who and how much first, then how many sources and whether they differ, where there is room."""
    said = sentence(data)
    if data.get("updated"):
        said = f"Now: {said}"
    count = data["story"].get("source_count", len(data["story"]["sources"]))
    differ = bool(data.get("disagreement"))
    notes = [f"{count} sources"] if count > 1 else []
    notes += ["figures differ"] if differ else []
    for kept in (notes, notes[-1:]):
        if kept and len(f"{said} - {', '.join(kept)}") <= LONGEST_SUBJECT:
            return f"{said} - {', '.join(kept)}"
    return cut(said, LONGEST_SUBJECT)
