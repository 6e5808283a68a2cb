"""Names by their consonants, so that a name meets itself in Latin letters and in those of other scripts. Pure functions.

A foreign name is written by its sound, and what every script keeps of the sound is the order of the consonants: Zuckerberg, ザッカーバーグ,
저커버그, 扎克伯格 and Цукерберг all give `skbg`. Sounds that one of the scripts does not tell apart are one class, as `consonants` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain

from racewire.stories.alphabets import READERS as ALPHABETS
from racewire.stories.consonants import classes, undoubled
from racewire.stories.syllables import CHINESE, HANGUL_FINALS, HANGUL_INITIALS, KANA

LEAST = 4  # consonants; shorter ones are shared by too many names

# English spelling to sound, in this order, for folded words without double letters; names of other languages are read so too.
SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^th", "t"),  # Thomas, Theresa
        (r"^[kg]n", "n"),
        (r"^x", "s"),
        (r"^mc", "mk"),
        # ts is one sound in Mitsubishi and two in Robertson
        (r"tsch|tch|ts(?=[aeiouyk])(?!on$)|sch|ch(?=[aeiouy]|$)|th|sh|dg(?=[eiy])|sc(?=[eiy])|[cg](?=[eiy])", "s"),
        (r"ph", "p"),
        (r"kh|(?<=[aeiou])gh(?![aeiou])", ""),  # Kharkiv, Kavanaugh
        (r"ng(?![aeiouylr])", "n"),  # Washington, King
        (r"ck", "k"),
        (r"x", "ks"),
        (r"(?<=[aeiou])r(?![aeiouyr])", ""),  # not heard at the end of a syllable: Zuckerberg, Carter
    )
)

READ_LETTER = re.compile("[\u0370-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\ud7a3]")  # of any script that is read
START = 400  # characters by which the script of a text is known
PARTICLE = re.compile(
    "(?:에게서|에서는|으로는|에서|에게|으로|이라는|라는|이라고|라고|이며|이다|부터|까지|처럼|보다|씨는|씨가|씨의|씨|[은는이가을를의에와과도로만])$"
)
INNER_TSU = re.compile("ツ(?=[^ー])")  # one sound, as the Latin ts inside a name; two at its end: Roberts, ロバーツ
FOREIGN = "트스크프브드그즈츠르턴톤튼슨랜렌켄벤텔"  # syllables that foreign names bring and few Korean words have


def name_key(name: str) -> str:
    """The key of a folded Latin name, or the name itself where it has too few consonants for one."""
    sounds = _latin(name)
    return "~" + sounds if len(sounds) >= LEAST else name


def foreign_names(text: str, known: Iterable[str] = ()) -> list[str]:
    """The keys of what may be foreign names in a text that is not written in Latin letters, in the order in which they come.

    Each is of LEAST consonants or more. Names that stand in one of the `known` pieces of the text are left out.

    Costs 0.05 to 0.2 ms for a text of 5,000 characters, most of its words met before; most in Arabic and Hebrew, where every word is asked.
    """
    start = text[:START]
    if READ_LETTER.search(start):
        for script, candidates, read in READERS:
            if script.search(start):
                found = dict.fromkeys(chain.from_iterable(map(read, dict.fromkeys(candidates.findall(text)))))
                # a piece is read as it stands inside a sentence, and by its key, so that a name with another ending goes too
                for word in candidates.findall("".join(f"a {piece} " for piece in known)):
                    for sounds in read(word):
                        found.pop(sounds, None)
                return ["~" + sounds for sounds in found if len(sounds) >= LEAST]
    return []


@lru_cache(maxsize=1 << 13)
def _latin(word: str) -> str:
    word = undoubled(word)
    for pattern, sound in SPELLINGS:
        word = pattern.sub(sound, word)
    return classes(word)


@lru_cache(maxsize=1 << 13)
def _kana(word: str) -> tuple[str, ...]:
    return (classes(INNER_TSU.sub("ス", word).translate(KANA)),)


@lru_cache(maxsize=1 << 13)
def _hangul(word: str) -> tuple[str, ...]:
    codes = [ord(syllable) - 0xAC00 for syllable in PARTICLE.sub("", word)]
    sounds = "".join(f"{HANGUL_INITIALS[code // 588]}{HANGUL_FINALS[code % 28]}" for code in codes)
    # one l between vowels is written at the end of one syllable and the start of the next
    return (classes(sounds.replace("ll", "l")),)


@lru_cache(maxsize=1 << 13)
def _chinese(run: str) -> tuple[str, ...]:
    return (classes("".join(map(CHINESE.__getitem__, run))),)


# How a script is known, what in it may be a foreign name, and how that is read. Kana first: the characters of a Japanese text are words.
# Chinese names are runs of characters that are used for their sound, Korean ones have a syllable that foreign names bring.
READERS: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[str], tuple[str, ...]]], ...] = (
    (re.compile("[ぁ-ゖ]"), re.compile("[ァ-ヺー]{3,}"), _kana),
    (re.compile("[가-힣]"), re.compile(f"[가-힣]{{0,9}}[{FOREIGN}][가-힣]{{0,9}}"), _hangul),
    (re.compile("[一-鿿]"), re.compile(f"[{''.join(CHINESE)}]{{3,}}"), _chinese),
    *ALPHABETS,
)
