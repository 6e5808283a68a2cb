"""What the grammar of business news says of a hit: the subject of a deed, an apposition, a backer, a verb."""

from __future__ import annotations

import re
from functools import cache

from racewire.entities.cues import cues
from racewire.entities.hit import Hit

_NEXT = re.compile(r"(?:,[^.;]{0,140}?,)? ([^\W\d_]+)")
_RAISES = re.compile(
    r" (?:raises|raised|secures|secured|lands|landed|nabs|closes|bags|snags|hits|nears)\b[^.;:]{0,30}?[$€£¥]\s?\d[\d.,]* ?(?:m|b|bn|mn|million|billion)\b"
)
_RAISES_ELSEWHERE = re.compile(  # Chinese, Japanese, Korean, Vietnamese
    r" ?(?:已|宣布|正|正在|正式)?(?:完成|获得?|再获|獲|融资|融資|筹集|籌集|募集|拟融资)[^。,;]{0,14}?\d[\d.,]* ?[万萬亿億]"
    r"|が[^。]{0,16}?\d[\d.,]*[万億兆](?:ドル|円|ユーロ)[^。]{0,6}調達"
    r"|[,가이은는]{1,2} ?[^.]{0,12}?\d[\d.,]*[만억조] ?(?:달러|원|유로)[^.]{0,10}?(?:투자|유치|조달)"
    r"|[^.;]{0,20}? (?:gọi vốn|huy động)[^.;]{0,24}?\d[\d.,]* (?:triệu|tỷ|tỉ)\b"
)
_TALKS = re.compile(
    r" (?:is |are )?(?:in talks|in discussions|in negotiations|seeking|seeks|looking|nearing|close to|set to|said to)\b"
    r"[^.;:]{0,40}?\b(?:rais(?:e|ing)|round|valuation|acquire|buy|funding|invest)"
)
_ROLE = re.compile(
    r"(?:['’]s)? (?:ceo|cto|cfo|coo|founder|co-founder|cofounder|chief executive|chief scientist|investors?|valuation|shares|stock)\b"
)
_VERSION = re.compile(r"[ -]v?\d{1,2}(?:\.\d{1,2})?(?:[a-z]{1,2})?\b(?! ?(?:%|percent|million|billion))")
_ARTICLES = (" the ", " el ", " la ", " le ", " der ", " die ", " das ", " dem ", " den ", " il ", " o ")
_NOUN = re.compile(r"(?:-[a-z]+)? [^\W\d_]{4,}|['’]s |-")
_DEAL = re.compile(
    r"rais|fund|invest|round|series [a-f]\b|seed|backed|valuation|stake|lead|led by|[$€£¥]|gọi vốn|融资|融資|轮|估值"
)
_LEADS = re.compile("[^。,;.]{0,24}?(?:领投|跟投|领头|牵头|参投|投资|領投|주도|참여|が主導|が出資|dẫn dắt|rót vốn)")


def grammar(hit: Hit, folded: str) -> float:
    """Log-odds that the words right before and after the hit add or take."""
    kind, value, talks = hit.entity.type, 0.0, None
    left = folded[max(0, hit.start - 60) : hit.start]
    after = _NEXT.match(folded, hit.end, hit.end + 170)
    backs = kind in ("fund", "company") and _backs(hit, folded, left)
    if kind not in ("person", "law"):
        talks = _TALKS.match(folded, hit.end)
        if talks or _RAISES.match(folded, hit.end) or _RAISES_ELSEWHERE.match(folded, hit.end):
            value += 2.5
        elif after and after[1] in cues("deeds"):
            value += 1.0
        words = left.split()
        if words and words[-1] in cues("apposition"):
            value += 1.5
        if kind in ("company", "fund", "lab") and _ROLE.match(folded, hit.end):
            value += 1.5
    if kind == "model" and _VERSION.match(folded, hit.end):
        value += 1.5
    if _is_ticker(hit, folded):
        value += 3.0
    if backs:
        value += 1.8 if kind == "fund" else 0.3
    if folded.startswith(("-backed", "-led", "-owned"), hit.end):
        value += 1.5
    if kind in ("company", "fund") and left.endswith(_ARTICLES) and not _NOUN.match(folded, hit.end):
        value -= 1.5  # firms take no article but before a noun: "the Amazon", "the Amazon founder"
    if hit.alias.trust < 0.5 and not backs and not talks and after and after.start() == hit.end and after[1] in cues("function"):
        value -= 2.0
    return value


@cache
def _backing() -> tuple[str, ...]:
    return tuple(" " + cue for cue in sorted(cues("backing")))


def _is_ticker(hit: Hit, folded: str) -> bool:
    """Whether the alias stands as the entity's stock symbol: "(META)", "$META", "NASDAQ: META"."""
    if not hit.entity.ticker or hit.entity.ticker.rpartition(":")[2] != hit.alias.text:
        return False
    before = folded[max(0, hit.start - 8) : hit.start]
    return before.endswith(("$", ": ", ":")) or (before.endswith("(") and folded.startswith(")", hit.end))


def _backs(hit: Hit, folded: str, left: str) -> bool:
    """Whether the hit stands where the news puts investors: "raised a seed led by X", "由 X 领投"."""
    if left.rstrip().endswith(_backing()):
        return bool(_DEAL.search(folded, max(0, hit.start - 160), min(len(folded), hit.end + 60)))
    return bool(_LEADS.match(folded, hit.end))
