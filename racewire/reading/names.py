"""What the class and id names of an element hint at: seventeen kinds, one bit each."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    # What the codes to embed a post of X, Instagram, TikTok, Bluesky, Threads, Facebook, Reddit and Mastodon are called there.
    "quoted": "twitter-tweet twitter-video instagram-media tiktok-embed bluesky-embed text-post-media fb-post reddit-embed reddit-card mastodon-embed",
}
KINDS = tuple(_HINTS)
BITS = {kind: 1 << index for index, kind in enumerate(KINDS)}
# A name of the first group takes the sense from one of the second: `comment-content` is no content.
_STRONG = sum(BITS[kind] for kind in ("comment", "related", "teaser", "social", "signup", "legal", "ads", "person", "media"))
_PLAIN = BITS["body"] | BITS["article"] | BITS["lead"]
_QUOTED = BITS["quoted"]  # says what the element is, whatever else its name says
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
# Letters made small, all else but digits and line ends a hyphen.
_PLAIN_SIGNS = bytes(
    ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else code if code == 10 else ord("-") for code in range(256)
)


_LENGTH = 200
_MOST = 16_384  # names remembered from page to page
_KNOWN: dict[str, int] = {}


def hints_of(names: Iterable[str]) -> dict[str, int]:
    """For each of the names of elements (class and id, words apart) the kinds that it hints at, as bits of `BITS`.

    The first 200 characters of a name count. All that were not met before are looked up in one search.
    """
    found: dict[str, int] = {}
    several: list[str] = []
    single: list[str] = []
    for name in names:
        if name not in found:
            known = _KNOWN.get(name)
            if known is None:
                found[name] = 0
                (several if " " in name and "-" in name else single).append(name)
            else:
                found[name] = known
    fresh = [*several, *single]
    if fresh:
        if len(_KNOWN) + len(fresh) > _MOST:
            _KNOWN.clear()
        parts = [_STATES.sub("", _lines(several))] if several else []
        kinds = _looked_up("\n".join([*parts, _lines(single)] if single else parts))
        for name, bits in zip(fresh, kinds, strict=True):
            found[name] = _QUOTED if bits & _QUOTED else bits & ~_PLAIN if bits & _STRONG else bits
            if len(name) <= 2 * _LENGTH:
                _KNOWN[name] = found[name]
    return found


def _lines(names: list[str]) -> str:
    """The names, cut, one a line."""
    return "\n".join([" ".join(name[:_LENGTH].split()) for name in names])


def _looked_up(lines: str) -> list[int]:
    """The kinds of the entries found in each line."""
    words = f"-{_HUMP.sub('-', lines)}-".encode("ascii", "replace").translate(_PLAIN_SIGNS).replace(b"\n", b"-\n-")
    while b"--" in words:
        words = words.replace(b"--", b"-")
    kinds: list[int] = []
    bits, line_end = 0, words.find(b"\n")
    for index, start, end in _SEARCH.find_matches_as_indexes(words, overlapping=True):
        while 0 <= line_end < start:
            kinds.append(bits)
            bits, line_end = 0, words.find(b"\n", line_end + 1)
        meaning, part = _MEANINGS[index]
        if not part or words[words.rfind(b"-", 0, start + 1) + 1 : words.find(b"-", end)].isalpha():
            bits |= meaning
    kinds.append(bits)
    return kinds + [0] * (words.count(b"\n") + 1 - len(kinds))
