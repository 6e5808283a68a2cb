"""The words of a text that tell one event from another: stems with weights, names among them, and anchors of any language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from racewire.model import Record
from racewire.stories.places import places_in
from racewire.stories.remembered import Remembered
from racewire.stories.romanise import foreign_names, name_key
from racewire.stories.shingles import word_number
from racewire.stories.stems import (
    CAPITAL,
    DIGITS,
    HAN,
    HANGUL,
    KNOWN_WORDS,
    NUMBER_BITS,
    SHORT_BITS,
    codes_of,
    first_codes,
    sentences,
    stopwords,
)
from racewire.text.tokens import fold_text

TITLE_WEIGHT, NAME_WEIGHT, NUMBER_WEIGHT = 2.0, 3.0, 2.0
HEADLINE_CASE = 0.6  # share of capitals from which a headline capitalises every word
LONGEST_HEADLINE = 150  # characters of a first line that stands in for a missing headline
READ = 5000  # characters that anchors are taken from

NUMBER = re.compile(r"\d\d*(?:[.,]\d+)*")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{3,}")
# the look behind stands after the capital, so that only capitals are looked at twice
CAPITALISED = re.compile(r"[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff\u0370-\uffff](?<!\w.)[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{2,}")
TWO_CAPITALS = re.compile(r"\b([A-ZÄÖÜ][\w-]{2,}) (?=([A-ZÄÖÜ][\w-]{2,}))")
ALL_NOUNS_CAPITAL = frozenset(["de", "lb"])


@dataclass(frozen=True, slots=True)
class Words:
    """What is compared of an article. Words are numbers: of 30 bits in the two weighed sets, of 16 bits in the three others.

    `terms` weighs stems of headline and lead, `anchors` what means the same in every language (numbers, Latin names, places,
    tracked entities, sums). `names` are the names in the first part of the text, `title_names` those of the headline, `known` all
    words of that part.
    """

    terms: dict[int, float]
    anchors: dict[int, float]
    names: frozenset[int]
    title_names: frozenset[int]
    known: frozenset[int]


def words_of(record: Record, anchors: dict[int, float]) -> Words:
    """The words of an article, given its anchors."""
    reader = _Reader()
    if record.title:
        reader.title(record.title, real=True)
    else:
        first, newline, _ = record.text.partition("\n")
        reader.title(first if newline and len(first) <= LONGEST_HEADLINE else "", real=False)
    reader.text(record.text[: KNOWN_WORDS * 8])
    return Words(
        reader.terms,
        anchors,
        frozenset(reader.names),
        frozenset(reader.title_names & reader.names),
        frozenset(reader.known),
    )


class _Reader:
    """Gathers the words of headline and text."""

    def __init__(self) -> None:
        self.terms: dict[int, float] = {}
        self.names: set[int] = set()
        self.title_names: set[int] = set()
        self.known: list[int] = []

    def title(self, title: str, *, real: bool) -> None:
        words: list[tuple[tuple[int, ...], bool]] = []
        for sentence in sentences(title):
            for place, word in enumerate(sentence):
                codes, _ = codes_of(word)
                if codes:
                    words.append((codes, not place))
        # where a headline capitalises most words, the text must confirm which of them are names
        headline_case = sum(codes[0] >= CAPITAL for codes, _ in words) > HEADLINE_CASE * len(words)
        for codes, begins in words:
            for code in codes:
                number, short = code & NUMBER_BITS, code & SHORT_BITS
                self.terms[number] = self.terms.get(number, 0.0) + TITLE_WEIGHT * (NUMBER_WEIGHT if code & DIGITS else 1.0)
                self.known.append(short)
                if code >= CAPITAL and real:
                    self.title_names.add(short)
                    if not begins and not headline_case:
                        self.names.add(short)

    def text(self, text: str) -> None:
        codes, lead = first_codes(text)
        self.known += [code & SHORT_BITS for code in codes]
        self.names.update([code & SHORT_BITS for code in codes if code >= CAPITAL])
        terms = self.terms
        for code in codes[:lead]:
            number = code & NUMBER_BITS
            weight = NAME_WEIGHT if code >= CAPITAL else NUMBER_WEIGHT if code >= DIGITS else 1.0
            terms[number] = terms.get(number, 0.0) + weight


def anchors_of(record: Record, folded_title: str, folded_text: str) -> dict[int, float]:
    """What means the same in every language, given the folded headline and text; in the order of the text, for of equal weights the first are kept."""
    text, folded = f"{record.title}\n{record.text[:READ]}", f"{folded_title}\n{folded_text[:READ]}"
    found: list[int] = []
    for number in NUMBER.findall(folded):
        digits = number.replace(".", "").replace(",", "")
        if 2 <= len(digits) <= 12:
            found.append(ANCHOR_NUMBERS[digits])
    names = _latin_names(text, record.lang)
    mentions = record.mentions + record.title_mentions
    if mentions:  # what names a tracked entity counts once, as that entity
        tracked = {fold_text(word) for mention in mentions for word in LATIN.findall(mention.surface)}
        names = [name for name in names if fold_text(name) not in tracked]
    found += filter(None, map(NAME_NUMBERS.__getitem__, names))
    others = [] if text.isascii() else foreign_names(text, [mention.surface for mention in mentions])
    others += ["place:" + code for code in sorted(places_in(folded))]
    others += ["entity:" + mention.entity for mention in mentions if mention.certain]
    for figure in record.figures + record.title_figures:
        amount = figure.usd_low if figure.usd_low is not None else figure.low
        if amount and figure.per is None:
            others.append(f"sum:{float(amount):.1e}")
    found += map(ANCHOR_NUMBERS.__getitem__, others)
    return dict.fromkeys(found, 1.0)


def _anchor_number(anchor: str) -> int:
    """The anchor's number: odd for one that tells something by itself, even for a round number or a year, which meet by chance."""
    plain = anchor.isdigit() and (len(anchor.strip("0")) < 3 or (len(anchor) == 4 and anchor[:2] in ("19", "20")))
    number = word_number("@" + anchor)
    return number & ~1 if plain else number | 1


def _name_number(name: str) -> int:
    """The number of a Latin name as it is written, 0 for a word that tells nothing."""
    folded = fold_text(name)
    return 0 if folded in stopwords() else _anchor_number(name_key(folded))


ANCHOR_NUMBERS = Remembered[str, int](_anchor_number, 1 << 14)
NAME_NUMBERS = Remembered[str, int](_name_number, 1 << 14)


def _latin_names(text: str, lang: str | None) -> list[str]:
    """Words that are names, or at least likely to stand in a text of another language too."""
    if not text.isascii() and (HAN.search(text[:400]) or HANGUL.search(text[:400])):
        return LATIN.findall(text)
    if lang in ALL_NOUNS_CAPITAL:
        # every noun has a capital there: only two in a row betray a name
        return [word for pair in TWO_CAPITALS.findall(text) for word in pair]
    return [word for word in CAPITALISED.findall(text) if word[0].isupper()]
