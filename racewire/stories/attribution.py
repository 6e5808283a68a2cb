"""Whose report an article repeats ("according to Bloomberg"), so that echoes are not counted as confirmations."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

HEAD = 3000  # characters; an echo names its origin early
BEFORE, AFTER = 60, 40  # characters around the name in which the cue stands

CUE_BEFORE = re.compile(
    r"(?:\b(?:according to|(?:first |as )?reported by|reports? (?:from|by|in)|told|citing|cited by|quoting|interview with|per|"
    r"theo|dẫn (?:lời|nguồn|tin)|trích (?:lời|nguồn)|nguồn tin (?:của|từ)|tờ|hãng tin|trao đổi với|nói với|"
    r"selon|d['’]après|cité par|laut|nach angaben von|gegenüber|según|de acuerdo con|citando a|"
    r"segundo|de acordo com|secondo|по данным|сообщает|сообщил[аио]?|пишет|со ссылкой на|volgens|menurut|według|podle|enligt)\b"
    r"|据|據|引述|援引|来自|來自|综合|綜合)[^.!?。！？\n]*\Z",
    re.I,
)
CUE_AFTER = re.compile(
    r"[》」』\"”’]?(?:[ \w'’]{0,24}\b(?:report(?:s|ed)|said|says|first reported|wrote|writes|revealed|"
    r"đưa tin|cho (?:biết|hay)|tiết lộ|rapporte|a rapporté|a révélé|berichtete?|informó|reportó|informa|сообщил[аио]?|пишет)\b"
    r"|[^。！？\n]{0,12}?(?:报道|報導|報道|消息|爆料|披露|によると|によれば|が報じ|が伝え|에 따르면|가 보도|는 보도|이 보도))",
    re.I,
)


@lru_cache(maxsize=1)
def _outlets() -> tuple[AhoCorasick, list[str]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    names, outlets = [], []
    for line in (files("racewire.stories") / "data" / "outlets.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            outlet, _, spellings = line.partition(":")
            for name in dict.fromkeys([outlet, *spellings.split(",")]):
                if name.strip():
                    names.append(name.strip())
                    outlets.append(outlet)
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), outlets


def attributed_to(text: str, *, domain: str = "", site_name: str | None = None) -> str | None:
    """The outlet whose report the text says it repeats, the first one named; None where it names none but itself."""
    head = text[:HEAD]
    own = f"{domain} {site_name or ''}".casefold().replace(" ", "")
    automaton, outlets = _outlets()
    for which, start, end in automaton.find_matches_as_indexes(head):
        outlet = outlets[which]
        if outlet.casefold().replace(" ", "").removeprefix("the") in own or not _whole(head, start, end):
            continue
        if CUE_BEFORE.search(head[max(0, start - BEFORE) : start]) or CUE_AFTER.match(head[end : end + AFTER]):
            return outlet
    return None


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a name in letters with capitals is no part of a longer word."""
    if text[start] >= "\u0e00":
        return True
    return not (text[start - 1 : start].isalnum() and text[start - 1] < "\u0e00") and not (
        text[end : end + 1].isalnum() and text[end] < "\u0e00"
    )
