"""Names that an archive has and nobody tracks yet: those that raise money, and those that often stand beside tracked ones.

Works on rows of text, from wherever they come, and touches neither network nor database.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from racewire.entities.cues import cues
from racewire.entities.gazetteer import Gazetteer
from racewire.entities.lab import Article
from racewire.text.fold import folded_text

_EVIDENCE = 20  # articles named for a candidate

_NAME = re.compile(
    r"(?:[A-Z][\w&'’-]*|[a-z]{1,3}[A-Z][\w&-]*|\d{1,2}[A-Z][\w-]*)(?:[ ](?:[A-Z][\w&'’-]*|AI|of|de))*(?:\.(?:ai|io|com|AI))?"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that is not tracked, with the evidence for it.

    `articles` counts those that name it, `article_ids` are the newest of them, at most 20. `raises`: sums that it receives, `usd`: the
    largest. `beside`: the tracked entities that stand in the same articles most often, with the number of articles.
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
        tracked = {m.entity for m in mentions if m.certain}
        names = Counter(_untracked(text, [(m.start, m.end) for m in mentions], gazetteer) if tracked else ())
        for recipient, entity, amount in article.figures:
            if recipient and entity is None and gazetteer.resolve(recipient) is None:
                name = " ".join(recipient.split())
                names[name] += 1
                _note_raise(found[folded_text(name)], amount)
        for name, count in names.items():
            evidence = found[folded_text(name)]
            evidence.spelt[name] += count
            if article.id not in evidence.articles:
                evidence.articles.add(article.id)
                evidence.beside.update(tracked)
    candidates = [_candidate(evidence) for evidence in found.values() if evidence.raises or len(evidence.articles) >= least]
    candidates.sort(key=lambda c: (-c.raises, -c.articles, -(c.usd or 0), c.name))
    return candidates[:most]


def _note_raise(evidence: _Evidence, amount: float | None) -> None:
    evidence.raises += 1
    if amount is not None:
        evidence.usd = max(evidence.usd or 0.0, amount)


def _candidate(evidence: _Evidence) -> Candidate:
    newest = sorted(evidence.articles, reverse=True)[:_EVIDENCE]
    beside = tuple(evidence.beside.most_common(5))
    name = evidence.spelt.most_common(1)[0][0]
    return Candidate(name, len(evidence.articles), evidence.raises, evidence.usd, beside, tuple(newest))


def _untracked(text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[str]:
    """Names of Latin script in the text that no tracked name covers; a lone word counts only if it looks coined or comes mid-sentence."""
    found = []
    for match in _NAME.finditer(text):
        name = match[0].rstrip("'’-&")
        name = re.sub(r"['’]s$", "", name)
        at, to = match.start(), match.start() + len(name)
        if len(name) < 3 or any(at < b and a < to for a, b in spans):
            continue
        if " " not in name and not re.search(r"[a-z][A-Z]|\d|\.(?:ai|io|com)$", name):
            continue
        words = name.lower().split()
        if words[0] in cues("given") or words[0] in cues("leading") or words[-1] in cues("leading"):
            continue
        if gazetteer.resolve(name) is None:
            found.append(name)
    return found
