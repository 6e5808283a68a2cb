"""What a list of stories says of each: whom it names, the first sum raised in it, and how many alerts it set off."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from racewire.web.look import Look

MOST = 2000
MOST_NAMES = 4
NAMES = """
select distinct s.id as story_id, m.entity_id as entity_id
from stories s join mentions m on m.article_id = s.first_article_id
where s.id in (select value from json_each(:ids)) and m.certain order by m.id
"""
RAISES = """
select r.story_id as story_id, r.surface as surface, r.low as low, r.high as high, r.currency as currency, r.usd_low as usd_low,
  r.usd_high as usd_high, r.certainty as certainty, r.conflicts as conflicts
from rounds r where r.story_id in (select value from json_each(:ids)) and r.attribution is null
order by r.certainty in ('planned', 'denied'), r.reported_at, r.id
"""
ALERTS = "select story_id, count(*) as alerts from alerts where story_id in (select value from json_each(:ids)) group by story_id"


def details(look: Look, stories: Iterable[object]) -> dict[object, dict[str, object]]:
    """By story: `names` (id and name), `raise` (a figure, or None), `alerts` (how many)."""
    given = {"ids": json.dumps(list(stories))}
    names: dict[object, list[dict[str, str]]] = defaultdict(list)
    for story, entity in look.select(NAMES, given, limit=MOST).rows:
        if len(names[story]) < MOST_NAMES:
            names[story].append({"id": str(entity), "name": name_of(look, str(entity))})
    raises: dict[object, dict[str, object]] = {}
    for row in look.select(RAISES, given, limit=MOST).as_dicts():
        raises.setdefault(row["story_id"], row)
    alerts = {row[0]: row[1] for row in look.select(ALERTS, given, limit=MOST).rows}
    return {
        story: {"names": names[story], "raise": raises.get(story), "alerts": alerts.get(story, 0)}
        for story in json.loads(given["ids"])
    }


def name_of(look: Look, entity: str) -> str:
    """The name of an entity; its id where it is tracked no more."""
    known = look.site.gazetteer.get(entity)
    return known.name if known else entity
