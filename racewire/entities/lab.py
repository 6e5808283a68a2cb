"""The alias lab: what a name would match before it is tracked, and which names the archive has that are not tracked yet.

Both work on rows of text, from wherever they come, and touch neither network nor database.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from racewire.entities.boundaries import ends_word, starts_word
from racewire.entities.cues import cues
from racewire.entities.gazetteer import Gazetteer
from racewire.text.fold import fold

_SAMPLES = 5
_AROUND = 60  # characters on either side of a sample
_TOPIC_REACH = 200  # characters

_NAME = re.compile(
    r"(?:[A-Z][\w&'’-]*|[a-z]{1,3}[A-Z][\w&-]*|\d{1,2}[A-Z][\w-]*)(?:[ ](?:[A-Z][\w&'’-]*|AI|of|de))*(?:\.(?:ai|io|com|AI))?"
)


@dataclass(frozen=True, slots=True)
class Article:
    """What the lab needs of an article. `figures`: (recipient's name as written or None, its entity id or None, amount in US dollars or None)."""

    id: int
    title: str
    text: str
    lang: str | None = None
    figures: tuple[tuple[str | None, str | None, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One place where a name stands, with its surroundings."""

    article_id: int
    before: str
    surface: str
    after: str
    field: bool  # whether words of the field stand near


@dataclass(frozen=True, slots=True)
class Trial:
    """What a name would match. `hits` counts whole words in any spelling, `cased` those written as given, `inside` places inside other words."""

    name: str
    articles: int
    hits: int
    cased: int
    inside: int
    near_field: int
    taken_by: tuple[str, ...]
    longer: tuple[tuple[str, int], ...]
    samples: tuple[Sample, ...]
    advice: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that is not tracked, with the evidence for it: articles that name it, rounds it raised, tracked names beside it."""

    name: str
    articles: int
    raises: int
    usd: float | None
    beside: tuple[tuple[str, int], ...]
    article_ids: tuple[int, ...]


def try_name(name: str, articles: Iterable[Article], gazetteer: Gazetteer | None = None) -> Trial:
    """What tracking `name` would match in `articles`, with samples and advice on how to mark it. One pass over the articles."""
    pattern = fold(name.strip()).text
    gazetteer = gazetteer or Gazetteer.shipped()
    hits = cased = inside = near = found_in = 0
    longer: Counter[str] = Counter()
    taken: set[str] = set()
    samples: list[Sample] = []
    for article in articles:
        text = f"{article.title}\n\n{article.text}"
        folded = fold(text)
        before = hits
        mentions = None
        start = folded.text.find(pattern) if pattern else -1
        while start >= 0:
            end = start + len(pattern)
            if starts_word(folded.text, start) and ends_word(folded.text, end, article.lang):
                at, to = folded.start(start), folded.end(end)
                mentions = gazetteer.find(text, article.lang) if mentions is None else mentions
                taken.update(m.entity for m in mentions if m.start < to and at < m.end)
                hits += 1
                cased += text[at:to] == name.strip()
                topic = _near_topic(folded.text, start, end)
                near += topic
                neighbour = _longer_name(text, at, to)
                if neighbour:
                    longer[neighbour] += 1
                if sum(sample.field == topic for sample in samples) < _SAMPLES:
                    samples.append(
                        Sample(
                            article.id,
                            _one_line(text[max(0, at - _AROUND) : at]),
                            text[at:to],
                            _one_line(text[to : to + _AROUND]),
                            topic,
                        )
                    )
            else:
                inside += 1
            start = folded.text.find(pattern, end)
        found_in += hits > before
    trial = Trial(name, found_in, hits, cased, inside, near, tuple(sorted(taken)), tuple(longer.most_common(5)), tuple(samples))
    return replace(trial, advice=tuple(_advice(trial)))


def discover(
    articles: Iterable[Article], gazetteer: Gazetteer | None = None, *, least: int = 2, most: int = 50
) -> list[Candidate]:
    """Names that raise money or often stand beside tracked ones, and are not tracked themselves; the best evidence first.

    `least`: articles that must name one that raised nothing. Names of Latin script only where no figure names a recipient.
    """
    gazetteer = gazetteer or Gazetteer.shipped()
    where: dict[str, set[int]] = defaultdict(set)
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    raises: Counter[str] = Counter()
    usd: dict[str, float] = {}
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        text = f"{article.title}\n\n{article.text}"
        mentions = gazetteer.find(text, article.lang)
        tracked = {m.entity for m in mentions if m.certain}
        spans = [(m.start, m.end) for m in mentions]
        names = Counter(_untracked(text, spans, gazetteer)) if tracked else Counter()
        for recipient, entity, amount in article.figures:
            if recipient and entity is None and gazetteer.resolve(recipient) is None:
                name = " ".join(recipient.split())
                names[name] += 1
                raises[fold(name).text] += 1
                if amount is not None:
                    usd[fold(name).text] = max(usd.get(fold(name).text, 0.0), amount)
        for name in names:
            key = fold(name).text
            where[key].add(article.id)
            spelt[key][name] += names[name]
            beside[key].update(tracked)
    candidates = [
        Candidate(
            spelt[key].most_common(1)[0][0],
            len(ids),
            raises[key],
            usd.get(key),
            tuple(beside[key].most_common(5)),
            tuple(sorted(ids)[:20]),
        )
        for key, ids in where.items()
        if raises[key] or len(ids) >= least
    ]
    candidates.sort(key=lambda c: (-c.raises, -c.articles, -(c.usd or 0), c.name))
    return candidates[:most]


def _near_topic(folded: str, start: int, end: int) -> bool:
    around = folded[max(0, start - _TOPIC_REACH) : end + _TOPIC_REACH]
    for word in cues("topic"):
        place = around.find(word)
        while place >= 0:
            if starts_word(around, place) and ends_word(around, place + len(word)):
                return True
            place = around.find(word, place + 1)
    return False


def _longer_name(text: str, at: int, to: int) -> str | None:
    """The name that the hit is a part of, where a capitalised word stands right beside it."""
    before = re.search(r"([A-Z][\w'’-]+) $", text[max(0, at - 30) : at])
    after = re.match(r" ([A-Z][\w'’-]+)", text[to : to + 30])
    if not before and not after:
        return None
    return " ".join(part for part in (before and before[1], text[at:to], after and after[1]) if part)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _advice(trial: Trial) -> list[str]:
    if not trial.hits:
        return ["no hit: nothing can be said of it"]
    advice = []
    if trial.taken_by:
        advice.append(f"it stands inside what is tracked already: {', '.join(trial.taken_by[:5])}")
    if trial.cased < trial.hits * 0.9:
        advice.append(
            f"{trial.hits - trial.cased} of {trial.hits} hits have other capitals: put it under 'ambiguous', which keeps the capitals"
        )
    if sum(count for _, count in trial.longer) > trial.hits * 0.2:
        names = ", ".join(f"'{name}'" for name, _ in trial.longer[:3])
        advice.append(f"it is often part of a longer name, such as {names}: list those under 'within'")
    if trial.near_field < trial.hits * 0.5:
        advice.append("most hits have no word of the field near: put it under 'ambiguous' and give it a 'context'")
    return advice or ["it looks safe as an alias"]


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
