"""Names that an archive has and nobody tracks yet: those that raise money, and those that often stand beside tracked ones.

Works on rows of text, from wherever they come, and touches neither network nor database.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from racewire.entities.cues import cues
from racewire.entities.gazetteer import Gazetteer
from racewire.entities.lab import Article
from racewire.entities.meaning import EVERYWHERE, FIELD
from racewire.model import Mention
from racewire.text.fold import folded_text

_EVIDENCE, _BESIDE = 20, 5  # articles and tracked entities named for a candidate
_REACH = 200  # characters on either side of a name in which a tracked one stands beside it
_AMOUNT = re.compile(r"\d+[A-Z]{1,3}")
_COINED = re.compile(r"[a-z][A-Z]|\d|\.(?:ai|io|com)$")

_NAME = re.compile(
    r"(?:[A-Z][\w&'’-]*|[a-z]{1,3}[A-Z][\w&-]*|(?<![\w.,])\d{1,2}[A-Z][\w-]*)(?:[ ](?:[A-Z][\w&'’-]*|AI|of|de))*(?:\.(?:ai|io|com|AI))?"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that is not tracked, with the evidence for it.

    `articles` counts those that name it, `article_ids` are the newest of them, at most 20. `raises`: sums that it receives, `usd`: the
    largest. `beside`: the tracked entities that stand near it most often (for one that receives a sum, anywhere in the
    article), with the number of articles.
    """

    name: str
    articles: int
    raises: int
    usd: float | None
    beside: tuple[tuple[str, int], ...]
    article_ids: tuple[int, ...]


@dataclass(slots=True)
class _Evidence:
    articles: set[int] = field(default_factory=set)
    spelt: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)
    raises: int = 0
    usd: float | None = None

    def note_article(self, id: int, beside: Iterable[str]) -> None:
        if id not in self.articles:
            self.articles.add(id)
            self.beside.update(beside)

    def note_raise(self, name: str, amount: float | None) -> None:
        self.spelt[name] += 1
        self.raises += 1
        if amount is not None:
            self.usd = max(self.usd or 0.0, amount)


def discover(
    articles: Iterable[Article], gazetteer: Gazetteer | None = None, *, least: int = 2, most: int = 50
) -> list[Candidate]:
    """Names that raise money or often stand beside tracked ones, and are not tracked themselves; the best evidence first.

    `least`: articles that must name one that raised nothing. Names of Latin script only where no figure names a recipient.
    """
    gazetteer = Gazetteer.shipped() if gazetteer is None else gazetteer
    found: defaultdict[str, _Evidence] = defaultdict(_Evidence)
    for article in articles:
        text = f"{article.title}\n\n{article.text}"
        mentions = gazetteer.find(text, article.lang)
        names: dict[str, set[str]] = {}
        for name, beside in _untracked(text, mentions, gazetteer):
            names.setdefault(name, set()).update(beside)
            found[folded_text(name)].spelt[name] += 1
        for recipient, entity, amount in article.figures:
            name = _bare(" ".join((recipient or "").split()))
            if name and entity is None and name.lower() not in cues("leading") and gazetteer.resolve(name) is None:
                names.setdefault(name, set()).update(m.entity for m in mentions if m.certain)
                found[folded_text(name)].note_raise(name, amount)
        for name, beside in names.items():
            found[folded_text(name)].note_article(article.id, beside)
    candidates = [_candidate(evidence) for evidence in found.values() if evidence.raises or len(evidence.articles) >= least]
    candidates.sort(key=lambda c: (-c.raises, -c.articles, -(c.usd or 0), c.name))
    return candidates[:most]


def _candidate(evidence: _Evidence) -> Candidate:
    newest = sorted(evidence.articles, reverse=True)[:_EVIDENCE]
    beside = tuple(sorted(evidence.beside.items(), key=lambda pair: (-pair[1], pair[0]))[:_BESIDE])
    name = evidence.spelt.most_common(1)[0][0]
    return Candidate(name, len(evidence.articles), evidence.raises, evidence.usd, beside, tuple(newest))


def _untracked(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[tuple[str, set[str]]]:
    """Names of Latin script that no tracked name covers and that stand beside tracked names of the field, with the ids of these.

    A lone word counts only if it looks coined.
    """
    speaking = [m for m in mentions if m.certain and m.entity not in EVERYWHERE and _kind(m, gazetteer) in FIELD]
    if not speaking:
        return
    starts = [m.start for m in speaking]
    spans = sorted((m.start, m.end) for m in mentions)
    for match in _NAME.finditer(text):
        whole = re.sub(r"['’]s$", "", match[0].rstrip("'’-&"))
        name = _bare(whole)
        to = match.start() + len(whole)
        at = to - len(name)
        near = speaking[bisect_left(starts, at - _REACH) : bisect_right(starts, to + _REACH)]
        counted = at > 1 and text[at - 1].isspace() and text[at - 2].isdigit()  # 50 Millionen Dollar
        if not near or counted or not _may_be_a_name(name) or _overlaps(spans, at, to):
            continue
        if gazetteer.resolve(name) is None:
            yield name, {m.entity for m in near}


def _kind(mention: Mention, gazetteer: Gazetteer) -> str:
    entity = gazetteer.get(mention.entity)
    return entity.type if entity else ""


def _may_be_a_name(name: str) -> bool:
    words = name.lower().split()
    if len(name) < 3 or _AMOUNT.fullmatch(name) or (len(words) == 1 and not _COINED.search(name)):
        return False
    return not (words[0] in cues("given") or words[0] in cues("leading") or words[-1] in cues("leading"))


def _bare(name: str) -> str:
    """A name without its owner: "Rapidata" of "Zurich's Rapidata"."""
    return re.split(r"['’]s ", name)[-1]


def _overlaps(spans: list[tuple[int, int]], at: int, to: int) -> bool:
    """Whether one of the spans, which are in order and do not overlap, shares a character with [at, to)."""
    k = bisect_left(spans, (to,))
    return k > 0 and spans[k - 1][1] > at
