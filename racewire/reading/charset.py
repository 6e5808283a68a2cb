"""Bytes to characters: byte order mark, what the bytes themselves say, and last the labels, which lie often."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from racewire.reading.sniffing import best_codec

# What browsers take these labels for (WHATWG Encoding Standard, section 4.2): old names stand for their supersets.
ALIASES = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "chinese": "gb18030", "ascii": "cp1252",
    "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "l1": "cp1252", "iso-8859-9": "cp1254",
    "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "ms_kanji": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "korean": "cp949", "uhc": "cp949",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cp950": "big5hkscs", "unicode": "utf-16-le", "utf-16": "utf-16-le",
    "x-euc-jp": "euc-jp", "eucjp": "euc-jp", "iso-8859-8-i": "iso-8859-8", "x-cp1251": "cp1251", "win-1251": "cp1251", "utf8": "utf-8", "x-user-defined": "cp1252",
}  # fmt: skip
# Codecs of Python that no page is in, and that may fail whatever is asked of them.
_NO_CHARSETS = frozenset(
    ("idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape", "undefined", "utf-7")
)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-z0-9_:.-]{2,40})""", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 8_192


@dataclass(frozen=True, slots=True)
class Decoded:
    """`page` is the page in UTF-8, `encoding` the codec it was read with, `notes` what was odd (`charset-mislabelled`, …)."""

    page: bytes
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, label: str | None = None) -> Decoded:
    """A page as UTF-8; `label` is the charset of the HTTP header. Any bytes give an answer.

    A byte order mark decides, then valid UTF-8, whatever the labels say (legacy text is valid UTF-8 by chance only where it is
    plain ASCII); else the bytes are tried under the labels and the usual legacy encodings.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _recoded(data[len(mark) :], codec, ())
    declared = [codec for codec in (known_codec(label), known_codec(_declared(data))) if codec]
    if (wide := _wide(data)) is not None:
        return _recoded(data, wide, declared)
    if data.isascii() and b"\x1b$" in data:
        return _recoded(data, "iso2022_jp_ext", declared)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _recoded(data, best_codec(data, declared), declared)
    return Decoded(data, "utf-8", _notes("utf-8", declared))


@lru_cache(maxsize=256)
def known_codec(label: str | None) -> str | None:
    """The Python codec that a charset label stands for, None for labels nobody knows and for codecs that are no charset."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    try:
        info = codecs.lookup(ALIASES.get(name, name))
        b" ".decode(info.name)
    except (LookupError, ValueError, TypeError):
        return None
    return None if info.name in _NO_CHARSETS else info.name


def _declared(data: bytes) -> str | None:
    head = data[:_HEAD]
    if b"charset" not in head.lower() and not head.lstrip().startswith(b"<?xml"):
        return None
    found = _META.search(head) or _XML.search(head)
    return found[1].decode("ascii", "replace") if found else None


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark: markup is ASCII, so every other byte (or three of four) is zero."""
    head = data[:2_000]
    zeros = head.count(0)
    if zeros * 4 < len(head) or len(head) < 8:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if zeros * 10 > len(head) * 6:
        return "utf-32-le" if head[0] else "utf-32-be"
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _recoded(data: bytes, codec: str, declared: list[str] | tuple[()]) -> Decoded:
    text = data.decode(codec, "replace")
    if codec == "cp1258":
        text = unicodedata.normalize("NFC", text)
    return Decoded(text.encode("utf-8", "ignore"), codec, _notes(codec, declared))


def _notes(codec: str, declared: list[str] | tuple[()]) -> tuple[str, ...]:
    return ("charset-mislabelled",) if declared and declared[0] != codec else ()
