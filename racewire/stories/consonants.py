"""Sounds as the classes of consonants that every script tells apart. Pure functions.

`b` is b and v, `p` is p and f, `s` every hiss (s z j ch sh and the soft c and g), `l` is l and r. Vowels, h, w and y are dropped.
"""

from __future__ import annotations

import re
from functools import partial

CLASSES = str.maketrans("vfzjrcq", "bpsslkk", "aeiouyhw'")
NOT_A_CLASS = re.compile("[^bpdtgksmnl]")
DOUBLE = re.compile(r"(.)\1+")
NASAL = re.compile("m(?=[pb])")  # Chinese and Japanese have one sound there: Trump, トランプ, 特朗普

# The word with one letter for each run of the same. Not a function of Python, for it is asked for every name.
undoubled = partial(DOUBLE.sub, r"\1")


def classes(sounds: str) -> str:
    """The classes of the consonants of a word that is written in small Latin letters by its sound."""
    return NASAL.sub("n", NOT_A_CLASS.sub("", sounds.translate(CLASSES)))
