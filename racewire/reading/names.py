"""What the class and id names of an element hint at: sixteen kinds, one bit each."""

from __future__ import annotations

import re
from functools import lru_cache

# Words of names in the markup of news sites, by what the element usually holds: `ab` stands for any word that has these letters
# within, `=ab` for the word itself, `^ab` for its beginning, `a-b` for two words in a row.
_KINDS = {
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
KINDS = {
    "comment": "comment disqus respond reply discussion kommentar",
    "related": "relat recommend similar also more-news morenews more-stor more-articles more-from more-on read-more readmore read-next next-post next-article"
    " next-story prev latest popul trend most-read mostread most-view ranking recent may-like further pagination pager",
    "teaser": "teaser card feature promo carousel swiper slide thumb",
    "social": "share- sharing social follow bookmark print email facebook twitter whatsapp telegram",
    "signup": "newsletter subscri sign-up signup sign-in signin regist log-in login paywall premium member donat piano regwall",
    "legal": "cookie -cli- consent gdpr privacy copyright disclaimer legal terms colophon",
    "ads": "advert -ad- -ads- sponsor banner affiliat taboola outbrain -cta- marketing",
    "person": "author byline -bio- contribut writer profile reporter journalist autor",
    "time": "-date -time publish posted updated",
    "media": "caption credit legend figure photo image -img gallery media video player picture bild",
    "tags": "-tag- -tags- topic categor keyword breadcrumb kicker label -meta",
    "chrome": "foot header -nav menu sidebar toolbar widget popup popover modal overlay dialog drawer dropdown search masthead -rail aside tooltip alert notice"
    " message button -btn",
    "hidden": "hidden -hide sr-only sronly visually screen-reader invisible -d-none display-none only-print print-only",
    "body": "article-body article-text article-content article-copy article-main article-paragraph article-detail articlebody articletext entry-content entry-body"
    " entry-text post-content post-body post-text story-content story-body story-text content-body content-text content-copy news-content news-body news-text"
    " main-content main-text paragraph body-text body-copy bodytext rich-text richtext prose speakable",
    "lead": "intro -lead- lede standfirst summary sub-title subtitle -dek excerpt abstract description perex sub-head subhead vorspann sapo sumario",
    "article": "article story post entry content",
}
KINDS = {
    "comment": r"comment|disqus|respond|reply|discussion|kommentar",
    "related": r"relat|recommend|similar|also|more-?(?:news|stor|articles|from|on)|read-?(?:more|next)|next-?(?:post|article|story)|prev|latest|popul|trend"
    r"|most-?(?:read|view)|ranking|recent|may-?like|further|pagination|pager",
    "teaser": r"teaser|card|feature|promo|carousel|swiper|slide|thumb",
    "social": r"shar(?:e|ing)|social|follow|bookmark|print|email|facebook|twitter|whatsapp|telegram",
    "signup": r"newsletter|subscri|sign-?up|sign-?in|regist|log-?in|paywall|premium|member|donat|piano|regwall",
    "legal": r"cookie|(?<![a-z])cli-|consent|gdpr|privacy|copyright|disclaimer|legal|terms|colophon",
    "ads": r"advert|(?<![a-z])ads?(?![a-z])|sponsor|banner|affiliat|taboola|outbrain|(?<![a-z])cta(?![a-z])|marketing",
    "person": r"author|byline|(?<![a-z])bio(?![a-z])|contribut|writer|profile|reporter|journalist|autor",
    "time": r"(?<![a-z])date|(?<!senti)(?<![a-z])time|publish|posted|updated",
    "media": r"caption|credit|legend|figure|photo|image|(?<![a-z])img|gallery|media|video|player|picture|bild",
    "tags": r"(?<![a-z])tags?(?![a-z])|topic|categor|keyword|breadcrumb|kicker|label|(?<![a-z])meta",
    "chrome": r"foot|header|(?<![a-z])nav|menu|sidebar|toolbar|widget|popup|popover|modal|overlay|dialog|drawer|dropdown|search|masthead|(?<![a-z])rail"
    r"|aside|tooltip|alert|notice|message|button|(?<![a-z])btn",
    "hidden": r"hidden|(?<![a-z])hide|sr-?only|visually|screen-reader|invisible|(?<![a-z])d-none|display-none|only-?print",
    "body": r"article-?(?:body|text|content|copy|main|paragraph|detail)|(?:entry|post|story|content|news|main)-?(?:content|body|text|copy)|paragraph|body-?(?:text|copy)"
    r"|rich-?text|prose|speakable|bodytext",
    "lead": r"intro|(?<![a-z])lead(?!ing|er)|lede|standfirst|summary|sub-?title|(?<![a-z])dek|excerpt|abstract|description|perex|sub-?head|vorspann|sapo|sumario",
    "article": r"article|story|post|entry|content",
}
KINDS = tuple(_KINDS)
BITS = {kind: 1 << index for index, kind in enumerate(KINDS)}
# A name of the first group takes the sense from one of the second: `comment-content` is no content.
_STRONG = sum(BITS[kind] for kind in ("comment", "related", "teaser", "social", "signup", "legal", "ads", "person", "media"))
_PLAIN = BITS["body"] | BITS["article"] | BITS["lead"]
_WITHIN: list[tuple[str, int]] = []
_BEGIN: list[tuple[str, int]] = []
_WHOLE: dict[str, int] = {}
_PAIRS: dict[tuple[str, str], int] = {}
for _kind, _entries in _KINDS.items():
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
    for part, bit in _WITHIN:
        if part in word:
            found |= bit
    for part, bit in _BEGIN:
        if word.startswith(part):
            found |= bit
    return found
