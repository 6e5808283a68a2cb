"""The way from a text to its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from racewire.figures import context, rates
from racewire.figures.cues import Reading
from racewire.figures.folding import Composed, compose
from racewire.figures.parties import NO_PARTIES, Parties, party_reader
from racewire.figures.scan import scanner
from racewire.figures.sums import Sum
from racewire.model import Figure, Mention
from racewire.text.case import small
from racewire.text.language import language_of
from racewire.text.sentences import sentence_at

_REACH = 600  # characters of a sentence that are looked at on each side of its first sum
_AT_ONCE = 24  # sums read together; more of them in one sentence are a table
_NEXT = re.compile(r"\s*[;,/]\s*\Z")
_OPENING = re.compile(r"\s*[(（\[【/]\s*[^\d\s]{0,12}\s*\Z|\s*,?\s*(?:or|约合|折合|合)\s*\Z")


def find(text: str, lang: str | None, published_on: date | None, mentions: Sequence[Mention] | None) -> list[Figure]:
    """What `racewire.figures.find_figures` gives."""
    code = (lang or language_of(text) or "en").lower()
    composed = compose(text)
    low = small(composed.text)
    sums = scanner(code).sums(composed.text, low)
    if not sums:
        return []
    groups = _sentences(composed.text, code, sums)
    reader = context.reader(code)
    readings = [told for group in groups for told in reader.read(low, group.start, group.end, group.sums, composed.text)]
    if mentions is None:
        # Looking names up costs as much as all the rest; prices and market totals have no parties.
        mentions = () if all(told.role in NO_PARTIES for told in readings) else _look_up(text, lang)
    parties = _parties(composed, code, groups, readings, mentions)
    out: list[Figure] = []
    for i, one in enumerate(sums):
        source = _equivalent(composed.text, sums, i, out)
        told = i if source is None else source
        out.append(_figure(text, composed, one, readings[told], parties[told], source, published_on))
    return out


def _look_up(text: str, lang: str | None) -> Sequence[Mention]:
    from racewire.entities import find_mentions  # loads the gazetteer, which a caller with mentions of its own does not need

    return find_mentions(text, lang)


def _moved(mention: Mention, composed: Composed) -> Mention:
    if not composed.starts:
        return mention
    return replace(mention, start=composed.inside(mention.start), end=composed.inside(mention.end))


@dataclass(slots=True, eq=False, repr=False)
class _Group:
    """Sums that stand in one sentence, `text[start:end]`."""

    start: int
    end: int
    sums: list[Sum]


def _sentences(text: str, code: str, sums: Sequence[Sum]) -> list[_Group]:
    groups: list[_Group] = []
    at = 0
    while at < len(sums):
        start, end = sentence_at(text, sums[at].start, sums[at].end, code.split("-")[0], reach=_REACH)
        group = [sums[at]]
        at += 1
        while at < len(sums) and sums[at].start < end and len(group) < _AT_ONCE:
            group.append(sums[at])
            end = max(end, sums[at].end)
            at += 1
        groups.append(_Group(start, end, group))
    return groups


def _parties(
    composed: Composed, code: str, groups: Sequence[_Group], readings: Sequence[Reading], mentions: Sequence[Mention]
) -> list[Parties]:
    reader = party_reader(code)
    known = sorted((_moved(m, composed) for m in mentions), key=lambda m: m.start)
    out: list[Parties] = []
    for group in groups:
        told = readings[len(out) : len(out) + len(group.sums)]
        out += reader.read(composed.text, group.start, group.end, group.sums, told, known)
    return out


def _equivalent(text: str, sums: Sequence[Sum], i: int, before: Sequence[Figure]) -> int | None:
    """The index of the sum that sum `i` restates in another currency: €2.4 billion ($2.7bn; £2bn)."""
    if i == 0:
        return None
    last, one = sums[i - 1], sums[i]
    if last.currency == one.currency or one.left - last.end > 20:
        return None
    between = text[last.end : one.start]
    if before[-1].equivalent_of is not None and _NEXT.match(between):
        return before[-1].equivalent_of
    return i - 1 if _OPENING.match(between) else None


def _figure(
    text: str, composed: Composed, one: Sum, reading: Reading, parties: Parties, equivalent: int | None, on: date | None
) -> Figure:
    usd_low, usd_high, rate = _usd(one, on)
    start, end = composed.start(one.start), composed.end(one.end)
    return Figure(
        start=start,
        end=end,
        surface=text[start:end],
        low=one.low,
        high=one.high,
        currency=one.currency,
        approx=one.approx,
        bound=one.bound,
        per=one.per,
        role=reading.role,
        certainty=reading.certainty,
        round=reading.round,
        recipient=parties.recipient.entity if parties.recipient else None,
        payer=parties.payer.entity if parties.payer else None,
        usd_low=usd_low,
        usd_high=usd_high,
        rate_on=rate.on if rate else None,
        rate_source=rate.source if rate else None,
        equivalent_of=equivalent,
        rate_stale=rate.stale if rate else False,
        recipient_name=parties.recipient.text if parties.recipient else None,
        payer_name=parties.payer.text if parties.payer else None,
        cumulative=reading.cumulative,
        cue=composed.text[reading.cue[0] : reading.cue[1]] if reading.cue else None,
    )


def _usd(one: Sum, on: date | None) -> tuple[Decimal | None, Decimal | None, rates.Rate | None]:
    if one.currency is None:
        return None, None, None
    rate = rates.rate(one.currency, on)
    if rate is None:
        return None, None, None
    low = rates.usd(one.low, one.currency, on) if one.low is not None else None
    high = low if one.high == one.low else rates.usd(one.high, one.currency, on) if one.high is not None else None
    return (low[0] if low else None), (high[0] if high else None), rate
