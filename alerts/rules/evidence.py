"""Why a rule holds for an article, with the sentences that prove it: the `data` of an alert."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from alerts.rules import tree
from alerts.rules.clauses import Clause
from alerts.rules.compile import CompiledRule
from alerts.story import describe, rows
from racewire.entities import Gazetteer

MOST_FIGURES = 6
MOST_ENTITIES = 12
MOST_EVIDENCE = 4
LONGEST_EVIDENCE = 420  # characters of one quoted sentence

_FIGURE_KEYS = (
    "surface", "low", "high", "currency", "usd_low", "usd_high", "role", "certainty", "rate_on", "rate_source", "round", "per",
    "bound", "recipient", "payer", "recipient_name", "payer_name",
)  # fmt: skip


@dataclass
class Match:
    """The rows that make a rule hold for one article, and its clauses in words."""

    article: sqlite3.Row
    figures: list[sqlite3.Row] = field(default_factory=list)
    mentions: list[sqlite3.Row] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    @property
    def entities(self) -> list[str]:
        """Ids, the one that the news is about first."""
        parties = [party for figure in self.figures for party in (figure["recipient"], figure["payer"]) if party]
        return list(dict.fromkeys([*parties, *(mention["entity_id"] for mention in self.mentions)]))


def find_match(connection: sqlite3.Connection, rule: CompiledRule, article_id: int) -> Match:
    """The witnesses of a rule that holds for the article."""
    match = Match(rows(connection, "select * from articles where id = ?", (article_id,))[0])
    for clause in _holding(connection, rule, rule.when, article_id):
        found = witnesses(connection, rule, clause, article_id)
        if clause.kind in ("figure", "conflict"):
            match.figures += [row for row in found if row["id"] not in {known["id"] for known in match.figures}]
        else:
            match.mentions += found
        match.why.append(_why(clause, found))
    if not match.figures and not match.mentions:
        _lead(connection, match)
    return match


def witnesses(connection: sqlite3.Connection, rule: CompiledRule, clause: Clause, article_id: int) -> list[sqlite3.Row]:
    if not clause.witness:
        return []
    return rows(connection, clause.witness, {**rule.parameters, "article": article_id})


def holds(connection: sqlite3.Connection, rule: CompiledRule, node: tree.Node, article_id: int) -> bool:
    query = f"select 1 from articles a where a.id = :article and {tree.sql(node)}"  # noqa: S608 (values are parameters)
    return connection.execute(query, {**rule.parameters, "article": article_id}).fetchone() is not None


def _holding(connection: sqlite3.Connection, rule: CompiledRule, node: tree.Node, article_id: int) -> Iterator[Clause]:
    """The clauses by which the tree holds; of alternatives only those that do."""
    if isinstance(node, Clause):
        yield node
        return
    for child in node.of:
        if isinstance(node, tree.All) or holds(connection, rule, child, article_id):
            yield from _holding(connection, rule, child, article_id)


def _why(clause: Clause, found: list[sqlite3.Row]) -> str:
    if not found:
        return clause.words
    surfaces = list(dict.fromkeys(row["surface"] for row in found))[:3]
    words = f"{clause.words}: {', '.join(surfaces)}"
    if clause.kind == "figure" and " USD " in clause.words:
        lost = [row for row in found if row["usd_low"] is None and row["usd_high"] is None]
        if lost:
            words += f" ({lost[0]['surface']} could not be converted to USD, so it is told whatever its size)"
    return words


def _lead(connection: sqlite3.Connection, match: Match) -> None:
    """Something to show for a rule without witnesses of its own: the first figure of somebody tracked, else the first names."""
    article = (match.article["id"],)
    match.figures = rows(
        connection,
        "select * from figures where article_id = ? and recipient is not null and certainty <> 'denied' order by position limit 1",
        article,
    )
    if not match.figures:
        match.mentions = rows(
            connection, "select * from mentions where article_id = ? and certain = 1 order by start limit 5", article
        )


def alert_data(connection: sqlite3.Connection, rule: CompiledRule, match: Match, gazetteer: Gazetteer) -> dict[str, Any]:
    """What the alert says, all but its id."""
    figures = match.figures[:MOST_FIGURES]
    first = figures[0] if figures else None
    story = describe(
        connection, match.article["story_id"], first["role"] if first else None, first["recipient"] if first else None
    )
    return {
        "rule": {"id": rule.id, "title": rule.title, "severity": rule.rule.severity} | _digest(rule),
        "story": {key: value for key, value in story.items() if key != "disagreement"},
        "disagreement": story["disagreement"],
        "entities": [_entity(connection, id, match.article, gazetteer) for id in match.entities[:MOST_ENTITIES]],
        "figures": [{key: figure[key] for key in _FIGURE_KEYS} | {"approx": bool(figure["approx"])} for figure in figures],
        "evidence": list(_evidence(connection, match)),
        "why": match.why,
        "updated": False,
    }


def _digest(rule: CompiledRule) -> dict[str, bool]:
    """What the maker of the digest must know of the rule."""
    return {"unless_sent": True} if rule.rule.send.leave_out else {}


def _entity(connection: sqlite3.Connection, id: str, article: sqlite3.Row, gazetteer: Gazetteer) -> dict[str, Any]:
    """`short` is the name as the article writes it, where that is the beginning of the usual name, for subjects."""
    entity = gazetteer.get(id)
    name = entity.name if entity else id
    query = "select surface from mentions where article_id = ? and entity_id = ? and certain = 1 order by length(surface) limit 1"
    row = connection.execute(query, (article["id"], id)).fetchone()
    short = row[0] if row and name.lower().startswith(f"{row[0].lower()} ") else name
    return {
        "id": id,
        "name": name,
        "short": short,
        "native": entity.native if entity else None,
        "country": entity.country if entity else None,
    }


def _evidence(connection: sqlite3.Connection, match: Match) -> Iterator[dict[str, Any]]:
    """The sentences in question, each once: those of figures, then those of names."""
    article = match.article
    names = rows(
        connection,
        'select start, "end", in_title from mentions where article_id = ? and certain = 1 order by start',
        (article["id"],),
    )
    base = {
        "url": article["url"],
        "lang": article["lang"],
        "source": article["site_name"] or article["domain"] or article["source_id"],
    }
    shown: set[tuple[int, int]] = set()
    named: set[str] = set()
    for row in [*match.figures, *match.mentions]:
        entity = row["entity_id"] if "entity_id" in row.keys() else None  # noqa: SIM118 (a Row iterates over its values)
        sentence = row["in_title"], row["sentence_start"]
        if sentence in shown or (entity and entity in named) or len(shown) == MOST_EVIDENCE:
            continue
        shown.add(sentence)
        named.update(m["entity_id"] for m in match.mentions if (m["in_title"], m["sentence_start"]) == sentence)
        text = article["title"] if row["in_title"] else article["text"] or article["title"]
        paragraph = 0 if row["in_title"] else text.count("\n", 0, row["start"]) + 1
        yield quote(text, row, [n for n in names if n["in_title"] == row["in_title"]]) | base | {"paragraph": paragraph}
    if not shown:
        title = article["title"] or article["url"]
        yield (
            {"text": title[:LONGEST_EVIDENCE], "start": 0, "end": min(len(title), LONGEST_EVIDENCE), "names": []}
            | base
            | {"paragraph": 0}
        )


def quote(text: str, row: Any, names: Iterable[Any]) -> dict[str, Any]:
    """The sentence of a figure or mention, cut round it where it is long; `start` and `end` mark the match, `names` the entities."""
    low, high = row["sentence_start"], row["sentence_end"]
    start, end = row["start"], row["end"]
    if high - low > LONGEST_EVIDENCE:
        spare = max(0, LONGEST_EVIDENCE - (end - start))
        low = max(low, start - spare // 2)
        high = min(high, low + LONGEST_EVIDENCE)
        low = max(row["sentence_start"], high - LONGEST_EVIDENCE)
    while low < start and text[low].isspace():
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    before = "…" if low > row["sentence_start"] and text[row["sentence_start"] : low].strip() else ""
    after = "…" if text[high : row["sentence_end"]].strip() else ""
    move = len(before) - low
    inside = [[n["start"] + move, n["end"] + move] for n in names if low <= n["start"] and n["end"] <= high]
    return {"text": before + text[low:high] + after, "start": start + move, "end": min(end, high) + move, "names": inside}
