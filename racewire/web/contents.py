"""The pages by address."""

from __future__ import annotations

from racewire.web.look import Maker
from racewire.web.pages.alerts import alerts
from racewire.web.pages.money import money
from racewire.web.pages.name import name
from racewire.web.pages.names import names
from racewire.web.pages.rules import rules
from racewire.web.pages.searching import search
from racewire.web.pages.sources import sources
from racewire.web.pages.stories import stories
from racewire.web.pages.story import story

PAGES: dict[str, Maker] = {
    "/": stories,
    "/story/{id}": story,
    "/names": names,
    "/name/{id}": name,
    "/money": money,
    "/rules": rules,
    "/sources": sources,
    "/alerts": alerts,
    "/search": search,
}
