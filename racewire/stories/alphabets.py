"""Keys of names in Cyrillic, Greek, Hebrew, Arabic, Devanagari and Thai letters. Pure functions.

Each reader gives the keys that a written word may have: one as a rule, more where the script leaves open what is heard, none where the word
does not look like a name in a script that has no capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain, product

from racewire.stories.consonants import classes, undoubled
from racewire.stories.letters import ARABIC, CYRILLIC, DEVANAGARI, GREEK, HEBREW, THAI
from racewire.stories.shapes import ARABIC_SHAPE, DEVANAGARI_SHAPE, HEBREW_SHAPE, THAI_SHAPE
from racewire.text.tokens import fold_text

# What is not heard in Latin names either: r at the end of a syllable, g after n.
UNHEARD_R = re.compile("(?<=a)r(?![ar])")
UNHEARD_G = re.compile("ng(?![alr])")
# Where short vowels are not written, an r that no long one follows counts as one at the end of a syllable.
BARE_R = re.compile("(?<=.)r(?![ar])")
# The short vowel after a consonant of Devanagari, `-` here, is often mute, and then the r before it may not be heard.
MUTE_R, HEARD_R = re.compile("(?<=[a-])r(?![ar])"), re.compile("(?<=[a-])r(?![ar-])")

LONGEST = 30  # letters of a word, so that nothing longer is remembered

_Spellings = tuple[tuple[re.Pattern[str], str], ...]


def _spellings(*rules: tuple[str, str]) -> _Spellings:
    return tuple((re.compile(pattern), sound) for pattern, sound in rules)


# Several letters that are one sound. As in a Latin spelling, g before e and i is a hiss: wrong for as many names here as there. A v after
# k or g is what Latin letters write as u or w: Guatemala, Qualcomm.
CYRILLIC_SPELLINGS = _spellings(("дж|дз|цз|чж|тч|г(?=[еиэіє].)", "с"), ("(?<=[кг])в", ""))
CYRILLIC_ENDING = re.compile("(?<=[скцнш])(?:ого|ому)$|(?:[оеиыє]м|ами|ями|[оеє]в[иі])$")
GREEK_SPELLINGS = _spellings(("τζ|τσ|^ξ|γ(?=[ειηυ].)", "σ"), ("^θ", "τ"), ("χ(?=[ρλν])", "κ"))
GREEK_VOICED = _spellings(("μπ", "β"), ("ντ(?!τ)", "δ"), ("γκ|γγ", "γ"))
GREEK_NASAL = _spellings(("(?<=[αεηιουω])μπ", "μβ"), ("(?<=[αεηιουω])ντ(?!ζ)", "νδ"), ("(?<=[αεηιουω])γ[κγ]", "νγ"))
INNER_NT = re.compile("(?<=[αεηιουω])ντ(?!ζ)")
LABIAL = re.compile("[bp]")
ARABIC_SPELLINGS = _spellings(("تش|غ(?=ي.)|تس(?=[اويك])", "س"), ("^ث", "ت"))
HEBREW_SPELLINGS = _spellings(("[גזצץת]['׳]|ג(?=י.)", "ס"))
DEVANAGARI_SPELLINGS = _spellings(
    ("ज्ञ", "ग"),
    ("[डढ]़", "र"),
    ("^थ", "त"),
    ("व(?=ॉ)|(?<=[कग]्)व", ""),
    ("ग(?=[िीेै].)", "स"),
    ("त्स(?=[ा-ौ])", "स"),
    ("([क-ह]़?)(?![़ा-्]|$)", r"\1-"),
)
THAI_SPELLINGS = _spellings(("ร์", ""), ("^ธ", "ท"), ("เก(?![รล])", "ส"), ("ก(?=[เ-ไ]?ค)|ต(?=[เ-ไ]?[ซส][ะ-ูเ])", ""))


@lru_cache(maxsize=1 << 13)
def cyrillic(word: str) -> tuple[str, ...]:
    """As it stands, and without what may be a case ending: Газпром has none, Альтманом has one."""
    word = word.lower()
    return _keys((word, CYRILLIC_ENDING.sub("", word)), CYRILLIC_SPELLINGS, CYRILLIC)


@lru_cache(maxsize=1 << 13)
def greek(word: str) -> tuple[str, ...]:
    """μπ, ντ and γκ inside a word are b, d and g with a nasal before them or without, ντ is nt too; a name that is not the subject has lost
    its s."""
    word = fold_text(word)
    forms = [_spelt(form, GREEK_VOICED) for form in (word, _spelt(word, GREEK_NASAL), INNER_NT.sub("νττ", word))]
    if word[-1] in "αη":
        forms += [form + "σ" for form in forms]
    return _keys(forms, GREEK_SPELLINGS, GREEK)


@lru_cache(maxsize=1 << 14)
def arabic(word: str) -> tuple[str, ...]:
    """With b and p for each of them, where they are one or two: there are no letters for p and v, they are written as b and f."""
    if not ARABIC_SHAPE.fits(word):
        return ()
    (key,) = _keys((word,), ARABIC_SPELLINGS, ARABIC, BARE_R)
    pieces = LABIAL.split(key)
    if len(pieces) > 3:
        return (key,)
    return tuple(
        "".join(chain.from_iterable(zip(pieces, (*labials, ""), strict=True)))
        for labials in product("bp", repeat=len(pieces) - 1)
    )


@lru_cache(maxsize=1 << 14)
def hebrew(word: str) -> tuple[str, ...]:
    """One key, or none."""
    return _keys((word,), HEBREW_SPELLINGS, HEBREW, BARE_R) if HEBREW_SHAPE.fits(word) else ()


@lru_cache(maxsize=1 << 14)
def devanagari(word: str) -> tuple[str, ...]:
    """With an r before a short vowel and without it."""
    if not DEVANAGARI_SHAPE.fits(word):
        return ()
    sounds = _spelt(undoubled(word), DEVANAGARI_SPELLINGS).translate(DEVANAGARI)
    return _distinct(unheard.sub("", sounds).replace("-", "") for unheard in (MUTE_R, HEARD_R))


@lru_cache(maxsize=1 << 14)
def thai(word: str) -> tuple[str, ...]:
    """With ก as g and as k."""
    if not THAI_SHAPE.fits(word):
        return ()
    sounds = _spelt(undoubled(word), THAI_SPELLINGS).translate(THAI)
    return _distinct((sounds, sounds.replace("ng", "n").replace("g", "k")))


def _keys(
    forms: Iterable[str], spellings: _Spellings, letters: dict[int, str], unheard_r: re.Pattern[str] = UNHEARD_R
) -> tuple[str, ...]:
    """The different keys of the forms of a word: their spellings, then their letters, without what is not heard."""
    return _distinct(unheard_r.sub("", _spelt(undoubled(form), spellings).translate(letters)) for form in dict.fromkeys(forms))


def _distinct(sounds: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(classes(UNHEARD_G.sub("n", one)) for one in sounds))


def _spelt(word: str, spellings: _Spellings) -> str:
    for pattern, sound in spellings:
        word = pattern.sub(sound, word)
    return word


def _capitals(capitals: str, letters: str) -> re.Pattern[str]:
    """Words with a capital that do not begin a sentence. The look behind stands after the capital, so that only capitals are looked at twice."""
    before = "|".join(f"{context}." for context in (r"[^\W_][ \u00a0]", r"[,;»)][ \u00a0]", r".[«„“\"(-]"))
    return re.compile(f"[{capitals}](?<={before})[{letters}]{{2,{LONGEST}}}", re.DOTALL)


# How a script is known, what in it may be a name, and how that is read. Persian and Urdu, known by letters of their own, have words of
# another shape than Arabic. Thai sets spaces around foreign names as a rule, and nowhere
# between its own words.
READERS: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[str], tuple[str, ...]]], ...] = (
    (re.compile("[а-яё]{3}"), _capitals("А-ЯЁІЇЄҐ", "А-ЯЁІЇЄҐа-яёіїєґ'’"), cyrillic),
    (re.compile(r"\A(?!.*[کیے]).*?[آ-ي]{3}", re.DOTALL), re.compile(f"[آ-يٱ-ڿ]{{4,{LONGEST}}}"), arabic),
    (re.compile("[א-ת]{3}"), re.compile(f"[א-ת'׳]{{4,{LONGEST}}}"), hebrew),
    (re.compile("[क-ह]"), re.compile(f"[ऀ-ॣ]{{4,{LONGEST}}}"), devanagari),
    (re.compile("[ก-ฮ]"), re.compile("(?<![ก-๛])[ก-ูเ-ไ็์]{4,16}(?![ก-๛])"), thai),
    (re.compile("[ά-ώ]{3}"), _capitals("ΆΈ-ΏΑ-Ϋ", "Ά-ώ"), greek),
)
