"""Names by their consonants, so that a name meets itself in Latin, Japanese, Korean and Chinese letters. Pure functions.

A foreign name is written by its sound, and what every script keeps of the sound is the order of the consonants: Zuckerberg, ザッカーバーグ,
저커버그 and 扎克伯格 all give `skbg`. Sounds that one of the scripts does not tell apart are one class here: `b` is b and v, `p` is p and f,
`s` every hiss (s z j ch sh and the soft c and g), `l` is l and r. Vowels, h, w and y are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from racewire.stories.syllables import CHINESE, HANGUL_FINALS, HANGUL_INITIALS, KANA

LEAST = 4  # consonants; shorter ones are shared by too many names
CLASSES = str.maketrans("vfzjrcq", "bpsslkk", "aeiouyhw'")
NOT_A_CLASS = re.compile("[^bpdtgksmnl]")
DOUBLE = re.compile(r"(.)\1+")
NASAL = re.compile("m(?=[pb])")  # Chinese and Japanese have one sound there: Trump, トランプ, 特朗普

# English spelling to sound, in this order, for folded words without double letters; names of other languages are read so too.
SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^th", "t"),  # Thomas, Theresa
        (r"^[kg]n", "n"),
        (r"^x", "s"),
        (r"^mc", "mk"),
        (r"tsch|tch|sch|ch(?=[aeiouy]|$)|th|sh|dg(?=[eiy])|sc(?=[eiy])|[cg](?=[eiy])", "s"),
        (r"ph", "p"),
        (r"(?<=[aeiou])gh(?![aeiou])", ""),  # Kavanaugh
        (r"ng(?![aeiouylr])", "n"),  # Washington, King
        (r"ck", "k"),
        (r"x", "ks"),
        (r"(?<=[aeiou])r(?![aeiouyr])", ""),  # not heard at the end of a syllable: Zuckerberg, Carter
    )
)

START = 400  # characters by which the script of a text is known
PARTICLE = re.compile(
    "(?:에게서|에서는|으로는|에서|에게|으로|이라는|라는|이라고|라고|이며|이다|부터|까지|처럼|보다|씨는|씨가|씨의|씨|[은는이가을를의에와과도로만])$"
)
FOREIGN = "트스크프브드그즈츠르턴톤튼슨랜렌켄벤텔"  # syllables that foreign names bring and few Korean words have


def name_key(name: str) -> str:
    """The key of a folded Latin name, or the name itself where it has too few consonants for one."""
    sounds = _latin(name)
    return "~" + sounds if len(sounds) >= LEAST else name


def foreign_names(text: str) -> list[str]:
    """The keys of what may be foreign names in a text that is not written in Latin letters, in the order in which they come.

    Each is of LEAST consonants or more.

    Costs less than 0.1 ms for a text of 5,000 characters, most of its words met before.
    """
    start = text[:START]
    for script, candidates, read in READERS:
        if script.search(start):
            found = dict.fromkeys(map(read, dict.fromkeys(candidates.findall(text))))
            return ["~" + sounds for sounds in found if len(sounds) >= LEAST]
    return []


@lru_cache(maxsize=1 << 13)
def _latin(word: str) -> str:
    word = DOUBLE.sub(r"\1", word)
    for pattern, sound in SPELLINGS:
        word = pattern.sub(sound, word)
    return _classes(word)


def _classes(sounds: str) -> str:
    return NASAL.sub("n", NOT_A_CLASS.sub("", sounds.translate(CLASSES)))


@lru_cache(maxsize=1 << 13)
def _kana(word: str) -> str:
    return _classes(word.translate(KANA))


@lru_cache(maxsize=1 << 13)
def _hangul(word: str) -> str:
    codes = [ord(syllable) - 0xAC00 for syllable in PARTICLE.sub("", word)]
    sounds = "".join(f"{HANGUL_INITIALS[code // 588]}{HANGUL_FINALS[code % 28]}" for code in codes)
    return _classes(
        sounds.replace("ll", "l")
    )  # one l between vowels is written at the end of one syllable and the start of the next


@lru_cache(maxsize=1 << 13)
def _chinese(run: str) -> str:
    return _classes("".join(map(CHINESE.__getitem__, run)))


# How a script is known, what in it may be a foreign name, and how that is read. Kana first: the characters of a Japanese text are words.
# Chinese names are runs of characters that are used for their sound, Korean ones have a syllable that foreign names bring.
READERS: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile("[ぁ-ゖ]"), re.compile("[ァ-ヺー]{3,}"), _kana),
    (re.compile("[가-힣]"), re.compile(f"[가-힣]{{0,9}}[{FOREIGN}][가-힣]{{0,9}}"), _hangul),
    (re.compile("[一-鿿]"), re.compile(f"[{''.join(CHINESE)}]{{3,}}"), _chinese),
)
