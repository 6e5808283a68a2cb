"""Whose report an article repeats ("according to Bloomberg"), so that echoes are not counted as confirmations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

FAR = 60  # characters between the cue and the name
HEAD = 3000  # an echo names its origin early


@lru_cache(maxsize=1)
def _outlets() -> dict[str, str]:
    """Name as written (small letters) -> outlet."""
    known = {}
    for line in (files("racewire.stories") / "outlets.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            outlet, _, names = line.partition(":")
            for name in (outlet, *names.split(",")):
                if name.strip():
                    known[name.strip().casefold()] = outlet.strip()
    return known


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = sorted(_outlets(), key=len, reverse=True)
    spaced = "|".join(re.escape(name) for name in names if name.isascii() or not _ideographic(name))
    solid = "|".join(re.escape(name) for name in names if _ideographic(name))
    before = (
        r"according to|as reported by|reported by|first reported by|reports from|told|citing|cited by|quoting|per|"
        r"theo|dẫn (?:lời|nguồn|tin)|trích (?:lời|nguồn)|nguồn tin (?:của|từ)|tờ|hãng tin|trao đổi với|"
        r"selon|d['’]après|cité par|laut|nach angaben von|berichtet|gegenüber|según|de acuerdo con|citando a|"
        r"segundo|de acordo com|secondo|по данным|сообщает|сообщил[аио]?|пишет|со ссылкой на|volgens|menurut|według|podle|enligt"
    )
    after = (
        r"report(?:s|ed)|said|says|first reported|wrote|writes|revealed|"
        r"đưa tin|cho (?:biết|hay)|tiết lộ|rapporte|a rapporté|a révélé|berichtet(?:e)?|informó|reportó|informa|сообщил[аио]?|пишет"
    )
    western = (
        rf"(?:\b(?:{before})\b[^.!?\n]{{0,{FAR}}}?\b(?P<a>{spaced})\b)|(?:\b(?P<b>{spaced})\b(?:\s+\w+){{0,2}}\s+(?:{after})\b)"
    )
    eastern = (
        rf"(?:(?:据|據|引述|援引|综合|綜合|来自|來自)[《「『]?[^。！？\n]{{0,12}}?(?P<a>{solid}|{spaced}))"
        rf"|(?:(?P<b>{solid}|{spaced})[》」』]?(?:网|社|报)?[^。！？\n]{{0,16}}?(?:报道|報導|報道|消息|爆料|披露|によると|によれば|が報じ|が伝え|"
        r"에 따르면|가 보도|는 보도|이 보도))"
    )
    return re.compile(western, re.I), re.compile(eastern, re.I)


def _ideographic(name: str) -> bool:
    return any("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in name)


def attributed_to(text: str, *, domain: str = "", site_name: str | None = None) -> str | None:
    """The outlet whose report the text says it repeats, the first one named; None where it names none but itself."""
    head = text[:HEAD]
    own = f"{domain} {site_name or ''}".casefold().replace(" ", "")
    for outlet in _named(head):
        if outlet.casefold().replace(" ", "") not in own:
            return outlet
    return None


def _named(head: str) -> Iterator[str]:
    found = []
    for pattern in _patterns():
        for match in pattern.finditer(head):
            found.append((match.start(), (match["a"] or match["b"]).casefold()))
    for _, name in sorted(found):
        yield _outlets()[name]
