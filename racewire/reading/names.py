"""What the class and id names of an element hint at: sixteen kinds, one bit each."""

from __future__ import annotations

import re
from functools import lru_cache

# Words of names in the markup of news sites, by what the element usually holds: `ab` stands for any word that has these letters
# within, `=ab` for the word itself, `^ab` for its beginning, `a-b` for two words in a row.
_HINTS = {
    "comment": "comment disqus ^respond ^reply ^replies discussion kommentar",
    "related": "relat recommend similar =also more-news more-stories more-story more-articles more-from more-on =morenews read-more readmore read-next next-post"
    " next-article next-story ^prev latest popul trend most-read mostread most-viewed ranking recent may-like =further paginat pager",
    "teaser": "teaser =card =cards feature promo carousel swiper slide thumb",
    "social": "=share =shares sharing social follow bookmark ^print email facebook twitter whatsapp telegram",
    "signup": "newsletter subscri sign-up signup sign-in signin regist log-in login paywall premium member ^donat =piano regwall",
    "legal": "cookie =cli consent gdpr privacy copyright disclaimer =legal =terms colophon",
    "ads": "advert =ad =ads sponsor banner affiliat taboola outbrain =cta marketing",
    "person": "author byline =bio contribut writer profile reporter journalist autor",
    "time": "^date ^time publish posted updated",
    "media": "caption =credit =credits =legend figure photo image ^img gallery media video player picture =bild bildunterschrift",
    "tags": "=tag =tags topic categor keyword breadcrumb kicker label ^meta",
    "chrome": "foot header ^nav menu sidebar toolbar widget popup popover modal overlay dialog drawer dropdown search masthead ^rail aside tooltip alert notice"
    " message button ^btn",
    "hidden": "hidden ^hide sr-only sronly visually screen-reader invisible d-none display-none only-print print-only",
    "body": "article-body article-text article-content article-copy article-main article-paragraph article-detail articlebody articletext articlecontent entry-content"
    " entry-body entry-text post-content post-body post-text story-content story-body story-text content-body content-text content-copy news-content news-body"
    " news-text main-content main-text paragraph body-text body-copy bodytext rich-text richtext prose speakable storybody",
    "lead": "intro =lead lede standfirst summary sub-title subtitle ^dek excerpt abstract description perex sub-head subhead vorspann sapo sumario",
    "article": "article story ^post entry content",
}
KINDS = tuple(_HINTS)
BITS = {kind: 1 << index for index, kind in enumerate(KINDS)}
# A name of the first group takes the sense from one of the second: `comment-content` is no content.
_STRONG = sum(BITS[kind] for kind in ("comment", "related", "teaser", "social", "signup", "legal", "ads", "person", "media"))
_PLAIN = BITS["body"] | BITS["article"] | BITS["lead"]
_WITHIN: list[tuple[str, int]] = []
_BEGIN: list[tuple[str, int]] = []
_WHOLE: dict[str, int] = {}
_PAIRS: dict[tuple[str, str], int] = {}
for _kind, _entries in _HINTS.items():
    for _entry in _entries.split():
        if "-" in _entry:
            _first, _, _second = _entry.partition("-")
            _PAIRS[_first, _second] = _PAIRS.get((_first, _second), 0) | BITS[_kind]
        elif _entry[0] == "=":
            _WHOLE[_entry[1:]] = _WHOLE.get(_entry[1:], 0) | BITS[_kind]
        else:
            (_BEGIN if _entry[0] == "^" else _WITHIN).append((_entry.lstrip("^"), BITS[_kind]))
# Classes that WordPress gives to every post: they name its category and state, not what the element holds.
_STATES = (
    "tag-",
    "category-",
    "format-",
    "status-",
    "type-",
    "has-",
    "is-",
    "no-",
    "wp-block-",
    "post-",
    "page-",
    "postid-",
    "single-",
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=16384)
def hints_of(names: str) -> int:
    """The kinds that the names of an element hint at, as bits of `BITS`; the first 200 characters count."""
    names = names[:200]
    if " " in names and "-" in names:
        names = " ".join([word for word in names.split() if not word.startswith(_STATES)])
    if not names.islower():
        names = _HUMP.sub("-", names).lower()
    words = _WORD.findall(names)
    found = 0
    last = ""
    for word in words:
        found |= _hints_of_word(word)
        if (last, word) in _PAIRS:
            found |= _PAIRS[last, word]
        last = word
    return found & ~_PLAIN if found & _STRONG else found


@lru_cache(maxsize=32768)
def _hints_of_word(word: str) -> int:
    found = _WHOLE.get(word, 0)
    if len(word) < 3 or not word.isalpha():
        return found  # a measure or a generated name
    for part, bit in _WITHIN:
        if part in word:
            found |= bit
    for part, bit in _BEGIN:
        if word.startswith(part):
            found |= bit
    return found
