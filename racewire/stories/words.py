"""The words of a text that tell one event from another: stems with weights, names among them, and anchors of any language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from racewire.model import Figure, Mention, Record
from racewire.stories.places import places_in
from racewire.stories.shingles import word_number
from racewire.text.tokens import fold_text

LEAD_WORDS = 60  # an article tells its event in the headline and the first sentences
KNOWN_WORDS = 200  # how far a name is looked for before it counts as absent
TITLE_WEIGHT, NAME_WEIGHT, NUMBER_WEIGHT = 2.0, 3.0, 2.0
READ = 6000  # characters that anchors are taken from

WORD = re.compile(r"[^\W_]+")
BREAK = re.compile(r'[.!?:\n"“«「『。！？]')
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
HIRAGANA = re.compile(r"[\u3040-\u309f]+\Z")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{3,}")
TWO_CAPITALS = re.compile(r"\b([A-ZÄÖÜ][\w-]{2,}) (?=([A-ZÄÖÜ][\w-]{2,}))")
ALL_NOUNS_CAPITAL = frozenset(["de", "lb"])


@dataclass(frozen=True, slots=True)
class Words:
    """What is compared of an article. Words are numbers: of 32 bits in the two weighed sets, of 16 bits in the three others.

    `terms` weighs stems of headline and lead, `anchors` what means the same in every language (numbers, Latin names, places,
    tracked entities, sums). `names` are the names in the first part of the text, `title_names` those of the headline, `known` all
    words of that part.
    """

    terms: dict[int, float]
    anchors: dict[int, float]
    names: frozenset[int]
    title_names: frozenset[int]
    known: frozenset[int]


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    lines = (files("racewire.stories") / "data" / "stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.partition(":")[2].split())


def number_of(word: str) -> int:
    """A word as a number of 32 bits."""
    return word_number(word) & 0xFFFFFFFF


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The beginning of a folded word, long enough to tell words apart and short enough to lose most endings."""
    if CYRILLIC.match(word):
        return word[:5]
    if HANGUL.match(word):
        return word[:2] if len(word) <= 3 else word[:3]
    if len(word) > 6:
        return word[:6]
    return word[:-1] if len(word) > 3 and word[-1] == "s" else word


def words_of(record: Record, folded: str) -> Words:
    """The words of an article; `folded` is its folded text."""
    return _Reader().read(record, folded)


class _Reader:
    def __init__(self) -> None:
        self.terms: dict[str, float] = {}
        self.names: set[str] = set()
        self.title_names: set[str] = set()
        self.known: set[str] = set()

    def read(self, record: Record, folded: str) -> Words:
        title, text, lang = record.title, record.text, record.lang
        headline = title
        if not title:
            first, newline, _ = text.partition("\n")
            headline = first if newline and len(first) <= 150 else ""
        self._title(headline, bool(title))
        self._text(text[: KNOWN_WORDS * 12])
        anchors = dict.fromkeys(_anchors(f"{title}\n{text[:READ]}", f"{fold_text(title)}\n{folded[:READ]}", lang), 1.0)
        for anchor in _facts(record.mentions, record.figures):
            anchors[anchor] = 1.0
        return Words(
            {number_of(word): weight for word, weight in self.terms.items()},
            {number_of("@" + anchor): weight for anchor, weight in anchors.items()},
            _short(self.names),
            _short(self.title_names & self.names),
            _short(self.known),
        )

    def _title(self, title: str, real: bool) -> None:
        words = list(_split(title))
        # where a headline capitalises most words, the text must confirm which of them are names
        headline_case = sum(capital for _, capital, _ in words) > 0.6 * len(words)
        for word, capital, begins in words:
            self.known.add(word)
            self.terms[word] = self.terms.get(word, 0.0) + TITLE_WEIGHT * (NUMBER_WEIGHT if word[0].isdigit() else 1.0)
            if capital and real:
                self.title_names.add(word)
                if not begins and not headline_case:
                    self.names.add(word)

    def _text(self, text: str) -> None:
        count = 0.0
        for word, capital, begins in _split(text):
            count += 0.5 if HAN.match(word) else 1.0
            if count > KNOWN_WORDS:
                break
            self.known.add(word)
            name = capital and not begins
            if name:
                self.names.add(word)
            if count <= LEAD_WORDS:
                weight = NUMBER_WEIGHT if word[0].isdigit() else NAME_WEIGHT if name else 1.0
                self.terms[word] = self.terms.get(word, 0.0) + weight


def _short(words: Iterable[str]) -> frozenset[int]:
    return frozenset([word_number(word) & 0xFFFF for word in words])


def _split(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Stems with whether they are written with a capital and whether they begin a sentence."""
    stop = _stopwords()
    end = 0
    for match in WORD.finditer(text):
        word, gap = match[0], text[end : match.start()]
        end = match.end()
        folded = fold_text(word)
        if HAN.search(word):
            for place in range(len(folded) - 1):
                pair = folded[place : place + 2]
                if pair[0] not in stop and pair[1] not in stop and not HIRAGANA.match(pair):
                    yield pair, False, False
        elif folded and folded not in stop:
            begins = match.start() == 0 or bool(BREAK.search(gap))
            yield stem(folded), word[0].isupper(), begins


def _anchors(text: str, folded: str, lang: str | None) -> Iterator[str]:
    for number in NUMBER.findall(folded):
        digits = number.replace(".", "").replace(",", "")
        if 2 <= len(digits) <= 12:
            yield digits
    stop = _stopwords()
    for word in _latin_names(text, lang):
        name = fold_text(word)
        if name not in stop:
            yield name
    for code in places_in(folded):
        yield "place:" + code


def _latin_names(text: str, lang: str | None) -> list[str]:
    """Words that are names, or at least likely to stand in a text of another language too."""
    if HAN.search(text[:400]) or HANGUL.search(text[:400]):
        return LATIN.findall(text)
    if lang in ALL_NOUNS_CAPITAL:
        # every noun has a capital there: only two in a row betray a name
        return [word for pair in TWO_CAPITALS.findall(text) for word in pair]
    return [word for word in LATIN.findall(text) if word[0].isupper()]


def _facts(mentions: Iterable[Mention], figures: Iterable[Figure]) -> Iterator[str]:
    for mention in mentions:
        if mention.certain:
            yield "entity:" + mention.entity
    for figure in figures:
        amount = figure.usd_low if figure.usd_low is not None else figure.low
        if amount and figure.per is None:
            yield f"sum:{float(amount):.1e}"
