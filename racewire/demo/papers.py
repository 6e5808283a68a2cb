"""The papers of the demo newsroom and what they print.

Everything here is invented: the papers, the events and the sums. Some real companies are named, so that the names
can be found; every page says that it is made up. The texts lie in `articles/PAPER/NAME.txt`: a few `key: value` lines,
an empty line, then the paragraphs with an empty line between two. Keys:

    path, published, title       the address on the paper's host, local ISO time, headline
    section, byline, lang        lang where it is not the paper's own
    story                        which event it tells; None where it stands alone
    copy-of, drop                PAPER/NAME whose text this one reprints, and the numbers of the paragraphs it leaves out
    step, modified               a version that comes out only when that step is published
    dated                        "printed": the page tells its date in its byline only, nothing else does
    moved-from                   an old address that redirects here and that the feeds still give
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

Kind = Literal["feed", "sitemap", "listing", "auto"]

STEPS = ("later", "correction")
"""What `Newsroom.publish` lets out, in this order: one more funding round, then a correction."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One invented paper. `printed` is the strftime pattern of the dates on its pages, `start` where its source begins."""

    id: str
    name: str
    lang: str
    country: str
    timezone: str
    kind: Kind
    start: str
    printed: str
    made_up: str
    charset: str = "utf-8"
    links: str | None = None
    tracked_feeds: bool = False

    @property
    def host(self) -> str:
        return f"{self.id}.example"

    @property
    def root(self) -> str:
        return f"http://{self.host}"


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article. `published` and `modified` are aware; `step` is "" for what is out from the start."""

    paper: Paper
    name: str
    path: str
    title: str
    paragraphs: tuple[str, ...]
    lang: str
    published: datetime
    section: str = ""
    byline: str = ""
    story: str | None = None
    copy_of: str | None = None
    step: str = ""
    modified: datetime | None = None
    printed_date_only: bool = False
    moved_from: str | None = None

    @property
    def id(self) -> str:
        """PAPER/NAME, the same for all versions."""
        return f"{self.paper.id}/{self.name}"

    @property
    def url(self) -> str:
        return self.paper.root + self.path

    @property
    def changed(self) -> datetime:
        """When this version came out."""
        return self.modified or self.published


PAPERS = (
    Paper(
        "nhip-so", "Nhịp Số", "vi", "VN", "Asia/Ho_Chi_Minh", "feed", "/rss.xml", "%H:%M %d/%m/%Y",
        "Trang này được viết ra cho bản trình diễn; mọi sự kiện và con số đều là hư cấu.",
    ),
    Paper(
        "meridian-wire", "Meridian Wire", "en", "GB", "Europe/London", "feed", "/atom.xml", "%d %B %Y, %H:%M",
        "This page was made up for a demonstration; no event or figure on it is real.", tracked_feeds=True,
    ),
    Paper(
        "chaoxi-keji", "潮汐科技", "zh", "CN", "Asia/Shanghai", "listing", "/", "%Y年%m月%d日 %H:%M",
        "本页为演示而编写，所述事件与数字均属虚构。", charset="gbk", links="ul.list a",
    ),
    Paper(
        "denshi-shimpo", "電子新報", "ja", "JP", "Asia/Tokyo", "feed", "/feed.json", "%Y年%m月%d日 %H:%M",
        "このページは実演のために書かれたもので、出来事も数字もすべて架空です。",
    ),
    Paper(
        "hangang-tech", "한강테크", "ko", "KR", "Asia/Seoul", "sitemap", "/news-sitemap.xml", "%Y.%m.%d %H:%M",
        "이 페이지는 시연용으로 지어낸 것이며 실제 사건이나 수치가 아닙니다.",
    ),
    Paper(
        "rheinkurier", "Rheinkurier", "de", "DE", "Europe/Berlin", "auto", "/", "%d.%m.%Y, %H:%M Uhr",
        "Diese Seite wurde für eine Vorführung erfunden; kein Ereignis und keine Zahl darauf ist echt.",
    ),
    Paper(
        "le-fil", "Le Fil", "fr", "FR", "Europe/Paris", "feed", "/rss.xml", "%d/%m/%Y à %Hh%M",
        "Cette page a été inventée pour une démonstration ; aucun fait ni aucun chiffre n'y est réel.",
    ),
)  # fmt: skip
"""Six papers in six languages, and a seventh that is down when the newsroom opens."""

LIAR = "denshi-shimpo"
"""Tells another sum for the round that all others tell alike."""

BREAKS = "le-fil"
"""Answers 500, then hangs, until `Newsroom.heal`."""


@cache
def articles() -> tuple[Article, ...]:
    """All versions of all articles, by paper, oldest first.

    Raises ValueError with the file's name where a file is not as the module's text says.
    """
    texts = {
        f"{paper.id}/{file.name.removesuffix('.txt')}": file.read_text("utf-8") for paper in PAPERS for file in _files(paper)
    }
    found = []
    for paper in PAPERS:
        for key, text in texts.items():
            if key.startswith(paper.id + "/"):
                found.append(_article(paper, key, text, texts))
    order = {paper.id: at for at, paper in enumerate(PAPERS)}
    return tuple(sorted(found, key=lambda article: (order[article.paper.id], article.changed, article.name)))


def _files(paper: Paper) -> Iterator[Traversable]:
    folder = files(__package__) / "articles" / paper.id
    return (file for file in folder.iterdir() if file.name.endswith(".txt"))


def _split(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    head, _, body = text.strip().partition("\n\n")
    keys = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
    return keys, tuple(" ".join(part.split("\n")) for part in body.split("\n\n") if part.strip())


def _article(paper: Paper, key: str, text: str, texts: dict[str, str]) -> Article:
    keys, paragraphs = _split(text)
    source = keys.get("copy-of")
    try:
        if source is not None:
            dropped = {int(number) for number in keys.get("drop", "").split()}
            paragraphs = tuple(part for at, part in enumerate(_split(texts[source])[1], 1) if at not in dropped)
        if not paragraphs or keys.get("step", "") not in ("", *STEPS):
            raise ValueError("no text, or no such step")
        return Article(
            paper=paper,
            name=key.partition("/")[2].partition(".")[0],
            path=keys["path"],
            title=keys["title"],
            paragraphs=paragraphs,
            lang=keys.get("lang", paper.lang),
            published=datetime.fromisoformat(keys["published"]),
            section=keys.get("section", ""),
            byline=keys.get("byline", ""),
            story=keys.get("story"),
            copy_of=source,
            step=keys.get("step", ""),
            modified=datetime.fromisoformat(keys["modified"]) if "modified" in keys else None,
            printed_date_only=keys.get("dated") == "printed",
            moved_from=keys.get("moved-from"),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"articles/{key}.txt: {error!r}") from error
