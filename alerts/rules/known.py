"""The names that a rules file may use, known while it is validated: entities, lists, channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from racewire.config.document import Mistake, Mistakes
from racewire.config.suggest import closest, did_you_mean
from racewire.entities import Gazetteer

EVERYTHING = "@everything"


@dataclass(frozen=True)
class Known:
    """Passed to pydantic as its context."""

    gazetteer: Gazetteer
    lists: frozenset[str]
    channels: frozenset[str]

    def entity(self, name: str) -> Mistake | None:
        """What is wrong with an id, `@list` or `@everything`."""
        if name == EVERYTHING:
            return None
        if name.startswith("@"):
            known = [*(f"@{known}" for known in self.lists), EVERYTHING]
            return None if name in known else Mistake(f"unknown list '{name[:60]}'", did_you_mean(name, known))
        if self.gazetteer.get(name) is not None:
            return None
        return Mistake(f"unknown entity '{name[:60]}'", self._meant(name))

    def _meant(self, name: str) -> str:
        if name in self.lists:
            return f"did you mean '@{name}'?"
        meant = self.gazetteer.resolve(name) or closest(name, [entity.id for entity in self.gazetteer])
        return f"did you mean '{meant}'?" if meant else "`racewire entity list` shows the ids"

    def list(self, name: str) -> Mistake | None:
        plain = name.removeprefix("@")
        return None if plain in self.lists else Mistake(f"unknown list '{name[:60]}'", did_you_mean(plain, self.lists))

    def channel(self, name: str) -> Mistake | None:
        if name in self.channels:
            return None
        if not self.channels:
            help: str | None = "no channel is configured; add '[channel.NAME]' to racewire.toml"
        elif closest(name, self.channels):
            help = did_you_mean(name, self.channels)
        else:
            help = f"channels in racewire.toml: {', '.join(sorted(self.channels)[:12])}"
        return Mistake(f"unknown channel '{name[:60]}'", help)


def check_names(value: Any, context: object, kind: str) -> None:
    """Raises Mistakes with one for each wrong name of a raw value: one text or a list of them."""
    if not isinstance(context, Known):
        return
    look = {"entity": context.entity, "list": context.list, "channel": context.channel}[kind]
    if isinstance(value, str) and (mistake := look(value)):
        raise mistake
    found = []
    for place, name in enumerate(value if isinstance(value, list) else ()):
        if isinstance(name, str) and (mistake := look(name)):
            mistake.at = (place,)
            found.append(mistake)
    if found:
        raise Mistakes(found)
