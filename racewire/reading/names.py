"""What the class and id names of an element hint at: sixteen kinds, one bit each."""

from __future__ import annotations

import re
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick

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
# The entries as they stand in names whose words are written `-in-a-row-`, and the kinds of each.
_FORMS: dict[str, int] = {}
for _kind, _entries in _HINTS.items():
    for _entry in _entries.split():
        _form = f"-{_entry}-" if "-" in _entry else f"-{_entry[1:]}-" if _entry[0] == "=" else _entry.replace("^", "-")
        _FORMS[_form] = _FORMS.get(_form, 0) | BITS[_kind]
_SEARCH = BytesAhoCorasick([form.encode() for form in _FORMS])
# Of each entry its kinds, and whether it may be a part of a word: then only of one without digits, since others are measures or generated.
_MEANINGS = [(bits, not form.endswith("-")) for form, bits in _FORMS.items()]
# Classes that WordPress gives to every post: they name its category and state, not what the element holds.
_STATES = re.compile(r"(?<!\S)(?:tag|category|format|status|type|has|is|no|wp-block|post|page|postid|single)-\S*")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Letters made small, all else but digits a hyphen.
_PLAIN_SIGNS = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else ord("-") for code in range(256))


@lru_cache(maxsize=16384)
def hints_of(names: str) -> int:
    """The kinds that the names of an element hint at, as bits of `BITS`; the first 200 characters count."""
    names = names[:200]
    if " " in names and "-" in names:
        names = _STATES.sub("", names)
    if not names.islower():
        names = _HUMP.sub("-", names)
    words = f"-{names}-".encode("ascii", "replace").translate(_PLAIN_SIGNS)
    while b"--" in words:
        words = words.replace(b"--", b"-")
    found = 0
    for index, start, end in _SEARCH.find_matches_as_indexes(words, overlapping=True):
        bits, part = _MEANINGS[index]
        if not part or words[words.rfind(b"-", 0, start + 1) + 1 : words.find(b"-", end)].isalpha():
            found |= bits
    return found & ~_PLAIN if found & _STRONG else found
