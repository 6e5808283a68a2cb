"""Bytes to characters: byte order mark, declared labels, and what the bytes themselves say."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# What browsers take these labels for (WHATWG Encoding, section 4.2): old names stand for their supersets.
ALIASES = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "korean": "cp949",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "unicode": "utf-16-le",
    "utf-16": "utf-16-le",
    "x-euc-jp": "euc-jp",
    "iso-8859-8-i": "iso-8859-8",
    "x-cp1251": "cp1251",
    "utf8": "utf-8",
}
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-z0-9_:.-]{2,40})""", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """`page` is the page in UTF-8, `encoding` the codec it was read with, `notes` what was odd (`charset-mislabelled`, …)."""

    page: bytes
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, label: str | None = None) -> Decoded:
    """A page as UTF-8; `label` is the charset of the HTTP header. Any bytes give an answer."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return Decoded(_recoded(data[len(mark) :], codec), codec)
    declared = [codec for codec in (known_codec(label), known_codec(_declared(data))) if codec]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        codec = next((codec for codec in declared if codec != "utf-8"), "utf-8")
        return Decoded(_recoded(data, codec), codec)
    return Decoded(data, "utf-8", ("charset-mislabelled",) if declared and declared[0] != "utf-8" else ())


def _recoded(data: bytes, codec: str) -> bytes:
    return data.decode(codec, "replace").encode("utf-8", "ignore")


def known_codec(label: str | None) -> str | None:
    """The Python codec that a charset label stands for, None for labels nobody knows."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    try:
        return codecs.lookup(ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return None


def _declared(data: bytes) -> str | None:
    found = _META.search(data, 0, 4096) or _XML.search(data, 0, 200)
    return found[1].decode("ascii", "replace") if found else None
