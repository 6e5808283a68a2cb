"""Where sentences begin and end, as offsets into the text itself.

Rules, not a model: a newline always ends a sentence; a full stop of a script that has one of its own (。 । ؟ …)
ends it at once; a Latin full stop ends it when blank space follows, the next letter is not small and the
word before is no abbreviation, initial or ordinal. Where a rule is in doubt two sentences stay together, because
readers of a sentence (figures, evidence in alerts) lose more by a cut than by a neighbour.
"""

from __future__ import annotations

import re

_CLOSERS = "\"'”’»›）)】］]」』〉》"
_OWN_STOPS = "。！？．｡।॥؟۔։"  # of scripts that write no blank behind
_LINES = "\n\r\u2028\u2029"
# Any mark first, what it was later: a search then skips everything else at once.
_STOP = re.compile(
    rf"[.!?…{_OWN_STOPS}{_LINES}]"
    rf"(?:(?:(?<=[.!?…])[.!?…]*|(?<=[{_OWN_STOPS}])[{_OWN_STOPS}]*)[{re.escape(_CLOSERS)}]*|(?<=[{_LINES}])[{_LINES}]*)"
)
_WORD_BEFORE = re.compile(r"[\w.’'-]{1,16}\Z")
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[]*(\w*)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Written with a full stop in the middle of a sentence, in small letters and without the last stop.
_ABBREVIATIONS = _words(
    """
    mr mrs ms dr prof rev hon gen sen rep gov lt col sgt capt cmdr st mt ft vs v approx est al fig no nos vol pp ed eds etc cf
    e.g i.e a.k.a dept univ assn bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri rs dlrs mln bln
    ca bzw nr str mio mrd tsd bio z.b d.h u.a usw geb abs ggf inkl zzgl evtl vgl sog
    m mm mme mlle mgr env p.ex
    sra srta dña d ud uds ee.uu eeuu núm pág aprox mill
    sig dott ing avv on es ecc
    exmo dra eng av séc
    руб долл млн млрд трлн тыс им ул г гг т.е т.к т.д т.п т.ч см рис стр тел коп обл грн тис
    tp ths ts gs pgs kts q p
    tzv tj např např mj tys zł godz ul im np tzn
    bl.a d.v.s t.ex ca s.k kl dvs osv mfl bl nr jf pga
    dhr mevr drs ir jl t.o.v o.a m.n bijv
    """
)
# Abbreviations that also end sentences: they do when a word follows that usually opens one.
_PERHAPS_LAST = _words("inc corp co ltd llc plc u.s u.k u.n e.u d.c a.m p.m jr sr etc руб долл млн млрд грн mrd mio")
_OPENERS = _words(
    """
    the it he she they we you i in on at but and a an this that these those its his her their there for as after when while
    if no not so according meanwhile however last since with what who
    der die das ein eine er sie es wir im in am auf für nach das damit laut
    он она оно они это в на по с для как что но и также при если
    """
)
# Languages that write ordinals as a number and a full stop ("am 3. Oktober").
_ORDINAL_DOT = _words("de da no nb nn fi cs sk sl hr bs sr hu et lv is tr pl")


def _is_end(text: str, match: re.Match[str], lang: str | None) -> bool:
    mark, start, end = match.group(), match.start(), match.end()
    first = mark[0]
    if first in _LINES:
        return True
    if end >= len(text):
        return True
    following = text[end]
    if first == "．":  # a full-width stop also stands in numbers
        return not (start and text[start - 1].isdigit() and following.isdigit())
    if first in _OWN_STOPS:
        return True
    if not following.isspace():
        return first in "!?" and ord(following) >= 0x2E80  # ASCII marks in CJK text, where no blank follows
    after = _NEXT_WORD.match(text, end, end + 40)
    word = after.group(1) if after else ""
    if word and word[0].islower():
        return False
    if first != "." or mark.startswith(".."):
        return True
    return not _stop_belongs_to_word(text, start, word, lang)


def _stop_belongs_to_word(text: str, dot: int, next_word: str, lang: str | None) -> bool:
    before = _WORD_BEFORE.search(text, max(0, dot - 16), dot)
    if before is None:
        return False
    last = before.group().lower().lstrip(".'’-")
    if last.isdigit():
        line_start = before.start() == 0 or text[before.start() - 1] in "\n\r"
        return line_start or (len(last) <= 2 and lang in _ORDINAL_DOT)
    opens = next_word.lower() in _OPENERS
    if last in _PERHAPS_LAST:
        return not opens
    if last in _ABBREVIATIONS:
        return True
    letters = last.split(".")
    if all(len(part) == 1 and part.isalpha() for part in letters):  # an initial, or U.S.
        return len(letters) == 1 or not opens
    return False


def boundaries(text: str, lang: str | None = None) -> list[int]:
    """The offsets just behind each sentence's last mark, ascending; the text's own end is not among them."""
    return [m.end() for m in _STOP.finditer(text) if _is_end(text, m, lang)]


def sentences(text: str, lang: str | None = None) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end) offsets, without the blank space around them; none is empty."""
    spans = []
    start = 0
    for end in [*boundaries(text, lang), len(text)]:
        span = _trim(text, start, end)
        if span is not None:
            spans.append(span)
        start = end
    return spans


def sentence_at(text: str, start: int, end: int, lang: str | None = None, *, reach: int = 1_000_000) -> tuple[int, int]:
    """The offsets of the sentence that holds `text[start:end]`; from its first to its last where it spans several.

    Offsets outside the text are moved to its nearest end. The answer always covers the span asked for, and goes
    at most `reach` characters beyond it on either side.
    """
    start = max(0, min(start, len(text)))
    end = max(start, min(end, len(text)))
    left = _last_boundary(text, start, lang, max(0, start - reach))
    right = min(len(text), end + reach)
    for match in _STOP.finditer(text, max(end - 64, start), right):
        if match.end() >= end and _is_end(text, match, lang):
            right = match.end()
            break
    span = _trim(text, left, right)
    if span is None:
        return start, end
    return min(span[0], start), max(span[1], end)


def _last_boundary(text: str, start: int, lang: str | None, floor: int) -> int:
    """The last boundary between `floor` and `start`, looking back in growing windows so that long texts cost little."""
    window = 200
    while True:
        # A window may begin inside a row of marks, so its first hundred characters only warm up.
        begin = max(floor, start - window)
        marks = list(_STOP.finditer(text, begin, min(len(text), start + 1)))
        last = next((m.end() for m in reversed(marks) if m.end() <= start and _is_end(text, m, lang)), None)
        if last is not None and (begin == floor or last > begin + 100):
            return last
        if begin == floor:
            return floor
        window *= 4


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
