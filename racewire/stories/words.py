"""The words of a text that tell one event from another: stems with weights, names among them, and anchors of any language."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, chain, compress
from operator import itemgetter

from racewire.model import Record
from racewire.stories.places import places_in
from racewire.stories.remembered import Remembered
from racewire.stories.romanise import START, foreign_names, name_key
from racewire.stories.shingles import word_number
from racewire.text.tokens import fold_text

LEAD_WORDS = 60  # an article tells its event in the headline and the first sentences
KNOWN_WORDS = 200  # how far a name is looked for before it counts as absent
TITLE_WEIGHT, NAME_WEIGHT, NUMBER_WEIGHT = 2.0, 3.0, 2.0
HEADLINE_CASE = 0.6  # share of capitals from which a headline capitalises every word
LONGEST_HEADLINE = 150  # characters of a first line that stands in for a missing headline
READ = 5000  # characters that anchors are taken from

PIECE = re.compile(r'[^\W_]+|[.!?:\n"“«「『。！？]')
INDIAN = re.compile("[\u0900-\u0963\u0980-\u0dff]")  # vowel signs are no letters to `re`, but part of the word
INDIAN_PIECE = re.compile(r'[\u0900-\u0963\u0980-\u0dff]+|[^\W_]+|[.!?:\n"“«「『。！？]')
BREAKS = frozenset('.!?:\n"“«「『。！？')
ASCII_PIECES = "".join(c if (c := chr(code)).isalnum() else "." if c in BREAKS else " " for code in range(128))
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
HIRAGANA = re.compile(r"[\u3040-\u309f]+\Z")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
NUMBER = re.compile(r"\d\d*(?:[.,]\d+)*")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{3,}")
# the look behind stands after the capital, so that only capitals are looked at twice
CAPITAL = re.compile(r"[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff\u0370-\uffff](?<!\w.)[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{2,}")
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


# A written word as it is compared: numbers of its stem (several for a run of characters, none for a word that tells nothing),
# whether it has a capital, its weight, how many words it counts as (none where it tells nothing), and the numbers in 16 bits.
_Read = tuple[tuple[int, ...], bool, float, float, tuple[int, ...]]
BREAK: _Read = ((), False, 0.0, 0.0, ())  # what stands between sentences
COUNTS, SHORT = itemgetter(3), itemgetter(4)


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    lines = (files("racewire.stories") / "data" / "stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.partition(":")[2].split())


def stem(word: str) -> str:
    """The beginning of a folded word, long enough to tell words apart and short enough to lose most endings."""
    if not word.isascii():
        if CYRILLIC.match(word):
            return word[:5]
        if HANGUL.match(word):
            return word[:2] if len(word) <= 3 else word[:3]
    if len(word) > 6:
        return word[:6]
    return word[:-1] if len(word) > 3 and word[-1] == "s" else word


def _read(word: str) -> _Read:
    """How a written word is compared; no numbers for one that tells nothing."""
    if word in BREAKS:
        return BREAK
    stop = _stopwords()
    folded = fold_text(word)
    if not word.isascii() and HAN.search(word):
        pairs = [folded[place : place + 2] for place in range(len(folded) - 1)]
        telling = [pair for pair in pairs if pair[0] not in stop and pair[1] not in stop and not HIRAGANA.match(pair)]
        numbers = tuple(map(word_number, telling))
        return numbers, False, 1.0, len(folded) / 2 if telling else 0.0, tuple([number & 0xFFFF for number in numbers])
    if not folded or folded in stop:
        return (), False, 1.0, 0.0, ()
    number = word_number(stem(folded))
    return (number,), word[0].isupper(), NUMBER_WEIGHT if folded[0].isdigit() else 1.0, 1.0, (number & 0xFFFF,)


READ_WORDS = Remembered(_read, 1 << 16)


def words_of(record: Record, folded_title: str, folded_text: str) -> Words:
    """The words of an article, given its folded headline and text."""
    reader = _Reader()
    if record.title:
        reader.title(record.title, real=True)
    else:
        first, newline, _ = record.text.partition("\n")
        reader.title(first if newline and len(first) <= LONGEST_HEADLINE else "", real=False)
    reader.text(record.text[: KNOWN_WORDS * 8])
    anchors = _anchors(f"{record.title}\n{record.text[:READ]}", f"{folded_title}\n{folded_text[:READ]}", record)
    return Words(
        reader.terms,
        dict.fromkeys(map(_anchor_number, anchors), 1.0),
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
        self.known: set[int] = set()

    def title(self, title: str, *, real: bool) -> None:
        words: list[tuple[_Read, bool]] = []
        begins = True
        for read in _pieces(title):
            if read[0]:
                words.append((read, begins))
            begins = read is BREAK
        # where a headline capitalises most words, the text must confirm which of them are names
        headline_case = sum(read[1] for read, _ in words) > HEADLINE_CASE * len(words)
        for (numbers, capital, weight, _, short), begins in words:
            for number in numbers:
                self.terms[number] = self.terms.get(number, 0.0) + TITLE_WEIGHT * weight
            self.known.update(short)
            if capital and real:
                self.title_names.update(short)
                if not begins and not headline_case:
                    self.names.update(short)

    def text(self, text: str) -> None:
        read = _pieces(text)
        totals = list(accumulate(map(COUNTS, read)))
        del read[bisect(totals, KNOWN_WORDS) :]
        self.known.update(chain.from_iterable(map(SHORT, read)))
        names = [one[1] and before is not BREAK for before, one in zip([BREAK, *read], read, strict=False)]
        self.names.update(chain.from_iterable(map(SHORT, compress(read, names))))
        terms = self.terms
        for (numbers, _, weight, _, _), name in zip(read[: bisect(totals, LEAD_WORDS)], names, strict=False):
            for number in numbers:
                terms[number] = terms.get(number, 0.0) + (NAME_WEIGHT if name else weight)


def _pieces(text: str) -> list[_Read]:
    """The written words of a text and what breaks sentences, in order."""
    if text.isascii():
        return list(map(READ_WORDS.__getitem__, text.translate(ASCII_PIECES).replace(".", " . ").split()))  # a third of the cost
    piece = INDIAN_PIECE if INDIAN.search(text, 0, START) else PIECE
    return list(map(READ_WORDS.__getitem__, piece.findall(text)))


def _anchors(text: str, folded: str, record: Record) -> Iterator[str]:
    for number in NUMBER.findall(folded):
        digits = number.replace(".", "").replace(",", "")
        if 2 <= len(digits) <= 12:
            yield digits
    # what names a tracked entity counts once, as that entity; in the order of the text, for of equal weights the first are kept
    mentions = record.mentions + record.title_mentions
    stop, tracked = _stopwords(), {fold_text(word) for mention in mentions for word in LATIN.findall(mention.surface)}
    for name in dict.fromkeys(map(fold_text, _latin_names(text, record.lang))):
        if name not in stop and name not in tracked:
            yield name_key(name)
    if not text.isascii():
        yield from foreign_names(text, [mention.surface for mention in mentions])
    for code in sorted(places_in(folded)):
        yield "place:" + code
    for mention in mentions:
        if mention.certain:
            yield "entity:" + mention.entity
    for figure in record.figures + record.title_figures:
        amount = figure.usd_low if figure.usd_low is not None else figure.low
        if amount and figure.per is None:
            yield f"sum:{float(amount):.1e}"


@lru_cache(maxsize=1 << 14)
def _anchor_number(anchor: str) -> int:
    """The anchor's number: odd for one that tells something by itself, even for a round number or a year, which meet by chance."""
    plain = anchor.isdigit() and (len(anchor.strip("0")) < 3 or (len(anchor) == 4 and anchor[:2] in ("19", "20")))
    number = word_number("@" + anchor)
    return number & ~1 if plain else number | 1


def _latin_names(text: str, lang: str | None) -> list[str]:
    """Words that are names, or at least likely to stand in a text of another language too."""
    if not text.isascii() and (HAN.search(text[:400]) or HANGUL.search(text[:400])):
        return LATIN.findall(text)
    if lang in ALL_NOUNS_CAPITAL:
        # every noun has a capital there: only two in a row betray a name
        return [word for pair in TWO_CAPITALS.findall(text) for word in pair]
    return [word for word in CAPITAL.findall(text) if word[0].isupper()]
