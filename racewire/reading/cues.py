"""Words and signs in a block that tell whether it is an article's text or something about it: one bit for each kind."""

from __future__ import annotations

import re

from ahocorasick_rs import BytesAhoCorasick

CONTACT = 1 << 18  # the bits from 13 to 17 are those of `features.page_bits`
_ENDS = frozenset(".!?。！？…:：;\"”»’'“)）】」』｣؟।")
# Words of short texts that are seldom an article's, lower case; the bit that each group sets.
_OPENERS = (
    "read also", "read more", "read next", "read the full", "also read", "related", "see also", "more on", "more from", "more stories", "recommended", "watch:",
    "watch ", "listen", "don't miss", "don’t miss", "lesen sie", "auch interessant", "mehr zum", "lire aussi", "à lire", "voir aussi", "lee también", "lee además",
    "te puede", "ver también", "leggi anche", "leia também", "leia mais", "veja também", "veja mais", "lees ook", "les også", "læs også", "läs mer", "läs också",
    "czytaj też", "czytaj także", "czytaj również", "zobacz też", "zobacz także", "čtěte", "přečtěte", "читайте", "смотрите", "xem thêm", "đọc thêm", "baca juga",
    "simak", "ayrıca", "also:", "also see", "more:", "get the ", "you may", "you might", "you also", "related", "more ", "latest", "popular", "trending", "most read", "most popular", "top stories",
    "das könnte", "mehr", "weitere", "vous aimerez", "sur le même", "potrebbe", "você pode", "mais ", "más ", "puede", "lo más", "altri", "comments", "kommentare",
    "leave a", "about the author", "share this", "share", "tags", "topics", "themen", "continue reading", "click here", "follow ", "like this", "if you enjoyed", "関連", "あわせて読みたい", "관련", "相关", "相關", "延伸閱讀", ">>", "►", "▶", "→",
)  # fmt: skip
_PICTURES = (
    "photo:", "photo by", "image:", "picture:", "foto:", "fotos:", "bild:", "quelle:", "pic:", "credit:", "source:", "fuente:", "crédit", "getty", "ảnh:", "写真",
    "사진", "図", "photo (", "abb.", "video:", "photo/",
)  # fmt: skip
_NAMES = (
    "by ", "von ", "par ", "por ", "text:", "words ", "story by", "reporting by", "with reporting", "additional reporting", "associated press writers", "writing by", "editing by", "author", "autor", "redaktion", "記者", "记者", "編集",
    "edited ", "written ", "reported ", "tekst:", "texte:",
)  # fmt: skip
_CONTACTS = (
    "follow ", "email ", "e-mail", "write to ", "contact ", "contact:", "reach ", "tweet ", "find us", "find me", "join us", "join the", "like us", "connect with",
    "get in touch", "have a tip", "got a tip", "send ", "you can reach", "you can follow", "you can find", "folgen sie", "folge uns", "schreiben sie", "kontakt",
    "suivez", "retrouvez", "contactez", "écrivez", "síguenos", "sigue ", "síganos", "escríbenos", "contacto", "siga ", "acompanhe", "fale com", "seguici", "segui ",
    "scrivi a", "volg ", "mail ", "følg ", "följ ", "śledź", "obserwuj", "napisz", "sledujte", "подписывайтесь", "пишите", "следите", "theo dõi", "liên hệ", "ikuti",
    "hubungi", "takip", "bize ulaş", "フォロー", "お問い合わせ", "문의", "팔로우", "关注", "關注", "联系", "聯絡",
)  # fmt: skip
_MENTIONS = (
    (32, ("©", "all rights reserved", "alle rechte", "tous droits", "todos los derechos", "todos os direitos", "tutti i diritti", "無断", "无断", "版权", "版權", "무단",
          "copyright", "bản quyền", "terms of", "privacy policy")),
    (64, ("getty images", "shutterstock", "afp/", "(photo", "(image", "(foto", "(bild", "(ap photo", "ap photo/")),
    (128, ("newsletter", "subscrib", "sign up", "log in", "login", "abonn", "inscri", "suscr", "iscriviti", "click here", "hier klicken", "donat", "support us",
           "your e-mail", "your email", "inbox", "free trial", "会員", "登録", "구독", "订阅", "訂閱", "đăng ký", "register")),
    (2048, ("cookie", "javascript", "adblock", "ad block", "ad-block", "your browser", "consent", "personal data", "datenschutz", "privacidad")),
    (4096, ("follow us", "join our", "download the", "download our", "whatsapp", "telegram", "facebook", "twitter", "instagram", "@")),
    (512, ("contributed to this", "contributed reporting", "helped with this", "mit material von", "hat an diesem", "a contribué à", "contribuyó a", "colaboró",
           "colaborou", "ha collaborato", "werkte mee")),
)  # fmt: skip
# The openings by their first sign, and the mentions in one search, with the bit that each sets.
_STARTS: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
for _bit, _group in ((16, _OPENERS), (64, _PICTURES), (512, _NAMES), (CONTACT, _CONTACTS)):
    for _sign in {opening[0] for opening in _group}:
        _STARTS.setdefault(_sign, []).append((_bit, tuple(opening for opening in _group if opening[0] == _sign)))
_MENTION_BITS = [bit for bit, mentions in _MENTIONS for _ in mentions]
_MENTION_SEARCH = BytesAhoCorasick([mention.encode() for _, mentions in _MENTIONS for mention in mentions])
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b.{0,20}?\d\d?[:.h]\d\d|\d\d?[./-]\d\d?[./-](?:20)?\d\d|\d{1,2},? 20\d\d|20\d\d[年년.-]|\d{1,2}\.? [^\W\d]+ 20\d\d|\d [a-z]+ ago$|^vor \d|^il y a"
)
_ADDRESS = re.compile(r"[\w.]@\w[\w-]*\.\w")
_DIGIT = re.compile(r"\d")


def text_bits(text: str) -> int:
    """How the text ends and begins, and which cues it has (short texts only)."""
    bits = 0
    last = text[-1]
    if last in _ENDS:
        bits = 1 if last not in ":：" else 4
    if "," in text or "、" in text or "，" in text or "،" in text:
        bits |= 2
    if text.isupper():
        bits |= 8
    if last == "…" or text.endswith("..."):
        bits |= 1024
    if len(text) < 400:
        low = text.lower().lstrip("[(*-–—•>»›| ")
        for bit, openings in _STARTS.get(low[:1], ()):
            if low.startswith(openings):
                bits |= bit
        for index, _, _ in _MENTION_SEARCH.find_matches_as_indexes(low.encode("utf-8", "replace"), overlapping=True):
            bits |= _MENTION_BITS[index]
        if "@" in low and _ADDRESS.search(low):
            bits |= CONTACT
        if len(text) < 120 and _DIGIT.search(text) and _DATE.search(low):
            bits |= 256
    return bits
