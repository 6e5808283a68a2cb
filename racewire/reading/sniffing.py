"""Which legacy encoding bytes are in, judged by the text that each gives."""

from __future__ import annotations

import re
import unicodedata

# The commonest signs of running text and the share of it that they make up, by encoding (our counts on news pages).
_WIDE = {
    "gb18030": (
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经",
        0.30,
    ),
    "big5hkscs": (
        "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經",
        0.30,
    ),
    "cp949": ("이다는에의가을를고하지은로도한사자기인있대어정부시리해들일서", 0.40),
    "cp932": ("のはをにがたでとしてるいなもれかさっらりこすよまそうくあ", 0.40),
    "euc_jp": ("のはをにがたでとしてるいなもれかさっらりこすよまそうくあ", 0.40),
}
_SINGLE = (
    "cp1252",
    "cp1251",
    "koi8-r",
    "cp1250",
    "iso8859-2",
    "cp1254",
    "cp1253",
    "cp1256",
    "cp1255",
    "cp874",
    "cp1257",
    "cp1258",
    "iso8859-5",
)
# The ten or so commonest letters of alphabets other than the Latin, and the share of running text that they make up.
_COMMON = {
    "cp1251": ("оеаинтсрвл", 0.6), "koi8-r": ("оеаинтсрвл", 0.6), "iso8859-5": ("оеаинтсрвл", 0.6), "cp866": ("оеаинтсрвл", 0.6), "koi8-u": ("оеаинтсрвл", 0.6),
    "cp1253": ("αοιτεσνηυρ", 0.6), "iso8859-7": ("αοιτεσνηυρ", 0.6), "cp1256": ("الينمورتبه", 0.55), "iso8859-6": ("الينمورتبه", 0.55),
    "cp1255": ("יוהלאמתרבש", 0.6), "iso8859-8": ("יוהלאמתרבש", 0.6), "cp874": ("านรอกเงคมยลวดทส่", 0.6),
}  # fmt: skip
_WORD = re.compile(rb"[A-Za-z]{0,6}[\x80-\xff][A-Za-z\x80-\xff]{0,30}")  # bounded: a run of letters may be megabytes long
_BEYOND = re.compile("[^\x00-\x7f]+")
_NO = -3.0
_SAMPLE = 8_000
# Letters that mark a language whose alphabet a code page was made for.
_LETTERS = {
    "cp1250": "ąćęłńśźżáčďéěíňóřšťúůýžőűăâîşţđ",
    "iso8859-2": "ąćęłńśźżáčďéěíňóřšťúůýžőűăâîşţđ",
    "cp1252": "äöüßéèêëàâçîïôûùñáíóúåøæãõœ",
    "cp1254": "ığşçöüâîİ",
    "cp1257": "ąčęėįšųūžāēģīķļņ",
    "cp1258": "ăâđêôơư",
}
_PUNCTUATION = frozenset("\xa0×½¼²³µ±¶†‡‰¢¥ªº‘’“”„‚«»–—…•·©®°€£§№ ´`¡¿")
# Code pages by the language that a page declares.
_OF_LANGUAGE = {
    lang: codecs.split()
    for langs, codecs in (
        ("cs pl hu sk sl hr ro sq bs", "cp1250 iso8859-2"), ("ru uk bg be mk sr kk", "cp1251 koi8-r iso8859-5"), ("tr az", "cp1254"), ("vi", "cp1258"),
        ("lt lv et", "cp1257"), ("el", "cp1253"), ("he", "cp1255"), ("ar fa ur", "cp1256"), ("th", "cp874"), ("ja", "cp932 euc_jp"), ("ko", "cp949"), ("zh", "gb18030 big5hkscs"),
        ("en de fr es it pt nl sv da no nb nn fi is ca", "cp1252"),
    )
    for lang in langs.split()
}  # fmt: skip
_HTML_LANG = re.compile(rb"""<html[^>]{0,400}?\slang\s*=\s*["']?([a-z]{2})""", re.I)
_VNI = re.compile(r"(?:ñöôïc|cuûa|laø|vaø|khoâng|ngöôøi|nhöõng|moät|ñeå|naøy|ñaõ|coù)\b")
_TCVN = re.compile(r"(?:®\xad?îc|cña|lµ\b|vµ\b|kh«ng|ng\xad?êi|nh÷ng|mét\b|®Ó|nµy|®·|®Õn)")
_LEGACY_WORDS = 8


def best_codec(data: bytes, declared: list[str]) -> str:
    """The codec that makes most sense of bytes that are not valid UTF-8; labels break ties."""
    if _is_damaged_utf8(data):
        return "utf-8"
    scores = {codec: _wide_score(data, codec) for codec in _WIDE}
    words = b" ".join(_WORD.findall(data[:400_000])[:2_000])[:_SAMPLE]
    for codec in dict.fromkeys([*_SINGLE, *(codec for codec in declared if codec not in scores and not codec.startswith("utf"))]):
        scores[codec] = _narrow_score(words, codec)
    if found := _HTML_LANG.search(data[:8_192]):
        for codec in _OF_LANGUAGE.get(found[1].decode().lower(), ()):
            scores[codec] += 0.25
    for rank, codec in enumerate(declared):
        if codec in scores:
            scores[codec] += 0.2 - 0.05 * rank
    return max(scores, key=lambda codec: scores[codec])


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is well-formed all the same: UTF-8 that was cut or had bits flipped."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    good = sum(map(len, re.findall("[\x80-\ufffc\U00010000-\U0010ffff]+", text)))
    return good >= 2 * bad or (bad <= 2 and good == 0 and data[-4:] != data[-4:].decode("ascii", "ignore").encode())


def _wide_score(data: bytes, codec: str) -> float:
    text = data[:400_000].decode(codec, "replace")
    bad = text.count("\ufffd")
    common, share = _WIDE[codec]
    wide = re.findall("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]", text)
    beyond = sum(map(len, _BEYOND.findall(text)))
    if len(wide) < 40 or len(wide) * 3 < beyond:
        return _NO
    frequent = sum(map("".join(wide).count, common)) / len(wide)
    if codec in ("cp932", "euc_jp"):
        frequent = max(frequent, sum("\u3040" <= sign <= "\u30ff" for sign in wide) / len(wide))
    if frequent < 0.4 * share:
        return _NO
    score = min(1.2, 0.2 + frequent / share) - 20 * bad / len(wide)
    if codec == "gb18030":
        kana = sum("\u3040" <= sign <= "\u30ff" for sign in wide) / len(wide)
        score -= 3 * kana
    return score


def _narrow_score(words: bytes, codec: str) -> float:
    """How well words with letters beyond ASCII read: letters of one script in a word, small after small, marks of the language."""
    if not words:
        return 0.0
    text = words.decode(codec, "replace")
    if codec == "cp1258":
        text = unicodedata.normalize("NFC", text)
    good = bad = 0.0
    marks = frozenset(_LETTERS.get(codec, ""))
    last = " "
    for sign in text:
        if sign > "\x7f":
            if sign.isalpha():
                kind, before = _script(sign), _script(last)
                if before and kind != before:
                    bad += 1.5
                elif before and kind == "latin" and last > "\x7f":
                    bad += 0.8
                elif sign.isupper() and last.islower():
                    bad += 1
                elif marks:
                    good += 1 if sign.lower() in marks else 0.2
                else:
                    good += 0.9 if sign.islower() or not sign.isupper() else 0.5
            elif sign in _PUNCTUATION:
                good += 0.6
            elif unicodedata.combining(sign):
                good += 0.3
            else:
                bad += 1.5
        elif sign.isalpha() and last > "\x7f" and last.isalpha() and _script(last) != "latin":
            bad += 1.5
        last = sign
    beyond = [sign for sign in text if sign > "\x7f"]
    score = (good - bad) / (len(beyond) + 10)  # little evidence leaves the decision to label and language
    if codec in _COMMON:
        common, share = _COMMON[codec]
        letters = [sign for sign in beyond if sign.isalpha()]
        found = sum(map("".join(letters).lower().count, common)) / max(1, len(letters))
        return score * min(1.0, found / share) if len(letters) > 12 else score - 1
    return score + (0.2 if codec == "cp1252" else 0.0)


def _script(sign: str) -> str:
    if not sign.isalpha():
        return ""
    code = ord(sign)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return "latin"
    if code < 0x400:
        return "greek"
    if code < 0x530:
        return "cyrillic"
    return "hebrew" if 0x590 <= code < 0x600 else "arabic" if code < 0x780 else "other"


def legacy_vietnamese(text: str) -> tuple[str, ...]:
    """The note `vni-font` or `tcvn3-font` where a text is written for the fonts of before Unicode, whose letters stand for others."""
    notes = []
    for name, pattern, sign in (("vni-font", _VNI, "ø"), ("tcvn3-font", _TCVN, "µ")):
        if sign in text and len(pattern.findall(text, 0, 20_000)) >= _LEGACY_WORDS:
            notes.append(name)
    return tuple(notes)
